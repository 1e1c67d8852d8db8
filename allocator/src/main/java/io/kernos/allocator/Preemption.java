package io.kernos.allocator;

/**
 * Policy: where nothing fits any more, demands that may preempt make places, the highest priority first. Each step is
 * a claim of one task, or claims of all tasks of a gang, one after the other: each on the agent where the highest
 * priority of those that must leave is lowest, then on the one where fewest must, then on the lowest.
 */
final class Preemption {
    private static final int NONE = -1;

    private final AllocationHandler handler;
    private final FrameworkTable frameworks;
    private final AgentTable agents;
    private final DemandTable demands;
    private final RunTable runs;
    private final ClaimTable table;
    private final Claims claims;
    private final QuotaGate quotaGate;
    private final PreemptionBudget budget;
    private final VictimChoice victims;
    private final long holdMs;
    private int bestPriority;
    private int bestCount;
    private int told;

    Preemption(AllocatorContext context, Parts parts) {
        handler = context.handler();
        frameworks = parts.frameworks;
        agents = parts.agents;
        demands = parts.demands;
        runs = parts.runs;
        table = parts.claims;
        quotaGate = parts.quotaGate;
        budget = parts.preemptionBudget;
        victims = new VictimChoice(parts, budget);
        claims = parts.claimBook;
        holdMs = context.preemptionHoldMs();
    }

    /** Ends claims whose time is over, and the window of the budget; returns how many. */
    int advance(long nowMs) {
        return claims.lapse(nowMs) + (budget.advance(nowMs) ? 1 : 0);
    }

    long nextDeadlineMs() {
        return Math.min(table.earliestMs(), budget.windowEndMs());
    }

    /** Places what was claimed and is all there, in the order of the claims; returns how many tasks. */
    int settle() {
        int told = 0;
        int claim = 0;
        while (claim < table.size()) {
            if (claims.isComplete(claim)) {
                told += claims.comeTrue(claim, handler);
            } else {
                claim += table.tasksOfStep(claim);
            }
        }
        return told;
    }

    /** Makes all claims that can be made; returns how many. */
    int decide(long nowMs) {
        int made = 0;
        boolean mayGoOn = !runs.agents().isEmpty();
        while (mayGoOn) {
            int sweep = sweep(nowMs);
            made += sweep;
            mayGoOn = sweep > 0;
        }
        return made;
    }

    /** How often the handler was called since this was last asked. */
    int takeTold() {
        int calls = told;
        told = 0;
        return calls;
    }

    private int sweep(long nowMs) {
        int made = 0;
        for (int at = 0; at < demands.preemptors().size(); at++) {
            int demand = demands.preemptors().at(at);
            while (mayClaim(demand) && claim(demand, nowMs)) {
                made++;
            }
        }
        return made;
    }

    private boolean mayClaim(int demand) {
        int framework = demands.framework(demand);
        return demands.suffice(demand, demands.open(demand))
                && frameworks.isActive(framework)
                && quotaGate.allows(frameworks.role(framework), demands.perTask(demand), tasksOfStep(demand));
    }

    private int tasksOfStep(int demand) {
        return demands.shapes().gang(demands.shape(demand));
    }

    private boolean claim(int demand, long nowMs) {
        int tasks = tasksOfStep(demand);
        victims.begin(demand);
        for (int i = 0; i < tasks; i++) {
            int agent = bestAgent(tasks > 1);
            if (agent == NONE) {
                victims.undoAll();
                return false;
            }
            victims.choose(agent);
            victims.keep(agent);
        }
        for (int i = 0; i < tasks; i++) {
            int agent = victims.agentOf(i);
            tell(demand, agent, i);
            claims.make(demand, agent, nowMs + Math.min(holdMs, Allocator.NO_DEADLINE - nowMs));
        }
        return true;
    }

    /** The best agent for the next task of a step; a gang may have tasks for which nobody needs to leave. */
    private int bestAgent(boolean isGang) {
        int best = NONE;
        IndexSet running = runs.agents();
        int agent = isGang ? nextOfAll(0) : running.next(0);
        while (agent >= 0 && (best == NONE || bestCount > 0)) {
            if (victims.choose(agent)) {
                int priority = victims.highestPriority();
                int count = victims.count();
                if (best == NONE || priority < bestPriority || (priority == bestPriority && count < bestCount)) {
                    best = agent;
                    bestPriority = priority;
                    bestCount = count;
                }
                victims.undo();
            }
            agent = isGang ? nextOfAll(agent + 1) : running.next(agent + 1);
        }
        return best;
    }

    private int nextOfAll(int from) {
        int agent = from;
        while (agent < agents.bound() && !agents.isKnown(agent)) {
            agent++;
        }
        return agent < agents.bound() ? agent : NONE;
    }

    /** Tells who must leave for a task of a step, once a demand. */
    private void tell(int forDemand, int agent, int task) {
        int end = victims.end(task);
        for (int at = victims.start(task); at < end; at++) {
            int row = victims.row(at);
            if (victims.countOf(row, victims.start(task), at) == 0) {
                told++;
                int tasks = victims.countOf(row, at, end);
                handler.onPreempted(runs.demand(row), agent, tasks, forDemand, demands.priority(forDemand));
            }
        }
    }
}

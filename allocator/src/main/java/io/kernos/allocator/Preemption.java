package io.kernos.allocator;

/**
 * Policy: where nothing fits any more, demands that may preempt make places, the highest priority first. Each step is
 * one claim of one task: on the agent where the highest priority of those that must leave is lowest, then on the one
 * where fewest must, then on the one with the lowest index.
 */
final class Preemption {
    private static final int NONE = -1;

    private final AllocationHandler handler;
    private final FrameworkTable frameworks;
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
                claims.comeTrue(claim, handler);
                told++;
            } else {
                claim++;
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
                && quotaGate.allows(frameworks.role(framework), demands.perTask(demand), 1);
    }

    private boolean claim(int demand, long nowMs) {
        int agent = bestAgent(demand);
        if (agent == NONE) {
            return false;
        }
        victims.choose(demand, agent);
        tell(demand, agent);
        claims.make(demand, agent, nowMs + Math.min(holdMs, Allocator.NO_DEADLINE - nowMs));
        return true;
    }

    private int bestAgent(int demand) {
        int best = NONE;
        IndexSet candidates = runs.agents();
        for (int agent = candidates.next(0); agent >= 0; agent = candidates.next(agent + 1)) {
            if (victims.choose(demand, agent)) {
                int priority = victims.highestPriority();
                int count = victims.count();
                if (best == NONE || priority < bestPriority || (priority == bestPriority && count < bestCount)) {
                    best = agent;
                    bestPriority = priority;
                    bestCount = count;
                }
                victims.undo();
            }
        }
        return best;
    }

    /** Tells who must leave, once a demand. */
    private void tell(int demand, int agent) {
        for (int i = 0; i < victims.count(); i++) {
            int row = victims.row(i);
            if (victims.isFirstOf(i)) {
                told++;
                handler.onPreempted(runs.demand(row), agent, victims.countOf(row), demand, demands.priority(demand));
            }
        }
    }
}

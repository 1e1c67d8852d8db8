package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Preemption in obvious code: which task could leave is computed from scratch, every time. */
final class NaivePreemption {
    static final int TASKS_PER_ROLE = 3;
    static final long WINDOW_MS = 16;
    static final long HOLD_MS = 12;

    /** Tasks that leave an agent, each by the demand that it is of. */
    private record Plan(int agent, List<Integer> victims, int highestPriority) {}

    private final NaiveCluster cluster;
    private final NaiveQuotas quotas;
    private final NaivePlacement placement;
    private boolean heedsBudget = true;
    private boolean heedsGuarantees = true;

    NaivePreemption(NaiveCluster cluster, NaiveQuotas quotas, NaivePlacement placement) {
        this.cluster = cluster;
        this.quotas = quotas;
        this.placement = placement;
    }

    /** Places what is all there, in the order of the claims. */
    void settle(List<Decisions.Grant> grants) {
        for (List<NaiveClaim> step : cluster.steps()) {
            int index = step.getFirst().demand();
            NaiveDemand demand = cluster.demands.get(index);
            if (step.stream().allMatch(claim -> isComplete(claim) && hasNumbers(claim, step))) {
                for (NaiveClaim claim : step) {
                    NaiveAgent agent = cluster.agents.get(claim.agent());
                    Resources task = numbersAndScalars(demand, agent, 1);
                    cluster.forget(claim);
                    agent.countGroup(demand.group, 1);
                    cluster.give(agent.usedByFramework, demand.framework, task);
                    demand.waiting--;
                    placement.run(index, claim.agent());
                    grants.add(new Decisions.Grant(false, -1, index, claim.agent(), 1, task));
                }
            }
        }
    }

    /** Whether the numbers are free that all tasks of a step need on the agent of one. */
    private boolean hasNumbers(NaiveClaim claim, List<NaiveClaim> step) {
        int tasks = (int)
                step.stream().filter(other -> other.agent() == claim.agent()).count();
        return numbersAndScalars(cluster.demands.get(claim.demand()), cluster.agents.get(claim.agent()), tasks) != null;
    }

    /** Makes claims until none can be made; returns whether there were any. */
    boolean decide(long nowMs, List<Decisions.Grant> grants) {
        boolean isAny = false;
        while (sweep(nowMs, grants)) {
            isAny = true;
        }
        return isAny;
    }

    /** Agents by whether a place can be made there, or what is against it. */
    Map<PreemptionReason, Integer> explain(int index) {
        NaiveDemand demand = cluster.demands.get(index);
        Map<PreemptionReason, Integer> counts = new TreeMap<>();
        if (demand.preempting) {
            cluster.agents.keySet().forEach(agent -> counts.merge(explain(demand, agent), 1, Integer::sum));
        }
        return counts;
    }

    private PreemptionReason explain(NaiveDemand demand, int agent) {
        if (!takes(demand, cluster.agents.get(agent), 0)) {
            return PreemptionReason.NOT_TAKEN;
        }
        if (cluster.agents.get(agent).runs.isEmpty()) {
            return PreemptionReason.NOTHING_TO_GAIN;
        }
        if (plan(demand, agent, 0) != null) {
            return PreemptionReason.POSSIBLE;
        }
        heedsBudget = false;
        boolean isSpent = plan(demand, agent, 0) != null;
        heedsGuarantees = false;
        boolean isGuaranteed = plan(demand, agent, 0) != null;
        heedsBudget = true;
        heedsGuarantees = true;
        if (isSpent) {
            return PreemptionReason.BUDGET_SPENT;
        }
        return isGuaranteed ? PreemptionReason.GUARANTEED : PreemptionReason.NOTHING_TO_GAIN;
    }

    /** Whether an agent would take a task, after some of the same step, if it had enough of the scalars. */
    private boolean takes(NaiveDemand demand, NaiveAgent agent, int before) {
        return agent.holds.isEmpty()
                && placement.backfill.mayClaim(demand, agent)
                && demand.admits(agent)
                && demand.isNear(agent.tasksByGroup.keySet())
                && demand.isWithinGroupLimit(agent)
                && numbersAndScalars(demand, agent, before + 1) != null;
    }

    private boolean sweep(long nowMs, List<Decisions.Grant> grants) {
        List<Integer> asking = new ArrayList<>(cluster.demands.keySet());
        asking.removeIf(index -> !cluster.demands.get(index).preempting);
        asking.sort(Comparator.comparingInt((Integer index) -> -cluster.demands.get(index).priority)
                .thenComparingLong(index -> cluster.demands.get(index).sequence)
                .thenComparingInt(index -> index));
        boolean isAny = false;
        for (int index : asking) {
            while (claim(index, nowMs, grants)) {
                isAny = true;
            }
        }
        return isAny;
    }

    private boolean claim(int index, long nowMs, List<Decisions.Grant> grants) {
        NaiveDemand demand = cluster.demands.get(index);
        NaiveFramework framework = cluster.frameworks.get(demand.framework);
        boolean may = cluster.open(index) >= demand.gang && framework.active;
        if (!may || !quotas.allows(framework.role, demand.perTask, demand.gang)) {
            return false;
        }
        List<Plan> plans = new ArrayList<>();
        for (int i = 0; i < demand.gang; i++) {
            Plan best = best(demand, plans);
            if (best == null) {
                undo(plans);
                return false;
            }
            plans.add(best);
            best.victims().forEach(victim -> leave(victim, best.agent(), 1));
            cluster.claim(index, best.agent(), nowMs + HOLD_MS);
        }
        for (Plan plan : plans) {
            Map<Integer, Integer> leaving = new LinkedHashMap<>();
            plan.victims().forEach(victim -> leaving.merge(victim, 1, Integer::sum));
            leaving.forEach((victim, tasks) -> {
                cluster.windowEndMs = (nowMs / WINDOW_MS + 1) * WINDOW_MS;
                grants.add(Decisions.Grant.preempted(victim, plan.agent(), tasks, index, demand.priority));
            });
        }
        return true;
    }

    private Plan best(NaiveDemand demand, List<Plan> before) {
        return cluster.agents.keySet().stream()
                .map(agent -> plan(demand, agent, (int)
                        before.stream().filter(plan -> plan.agent() == agent).count()))
                .filter(Objects::nonNull)
                .min(Comparator.comparingInt(Plan::highestPriority)
                        .thenComparingInt(plan -> plan.victims().size())
                        .thenComparingInt(Plan::agent))
                .orElse(null);
    }

    /** Tasks that are told to leave, or to stay after all, where there are fewer than none. */
    private void leave(int victim, int agent, int tasks) {
        cluster.agents.get(agent).runs.get(victim).leaving += tasks;
        cluster.spent.merge(roleOf(victim), tasks, Integer::sum);
        cluster.spent.values().removeIf(spent -> spent == 0);
    }

    private void undo(List<Plan> plans) {
        for (Plan plan : plans) {
            plan.victims().forEach(victim -> leave(victim, plan.agent(), -1));
            cluster.forget(cluster.claims.getLast());
        }
    }

    /** Who must leave an agent for a task, after some of the same step, or null. */
    private Plan plan(NaiveDemand demand, int index, int before) {
        NaiveAgent agent = cluster.agents.get(index);
        long[] expected = expected(agent);
        boolean isCovered = Arrays.stream(expected).allMatch(amount -> amount >= 0);
        boolean mayGain = demand.gang > 1 || !agent.runs.isEmpty();
        boolean may = mayGain && isCovered && takes(demand, agent, before);
        List<Integer> victims = new ArrayList<>();
        while (may && firstLacking(demand, expected, victims) >= 0) {
            Integer victim = next(demand, agent, expected, victims);
            if (victim == null) {
                return null;
            }
            victims.add(victim);
        }
        for (int i = victims.size() - 1; i >= 0; i--) {
            List<Integer> others = without(victims, i);
            if (firstLacking(demand, expected, others) < 0) {
                victims = others;
            }
        }
        int highest = victims.stream()
                .mapToInt(victim -> cluster.demands.get(victim).priority)
                .max()
                .orElse(-1);
        return may ? new Plan(index, victims, highest) : null;
    }

    private static List<Integer> without(List<Integer> victims, int at) {
        List<Integer> others = new ArrayList<>(victims.subList(0, at));
        others.addAll(victims.subList(at + 1, victims.size()));
        return others;
    }

    /** What will be free on an agent when those have left that were told to. */
    private long[] expected(NaiveAgent agent) {
        long[] expected = agent.free().scalars.clone();
        agent.runs.forEach((demand, run) -> add(demand, run.leaving, expected));
        return expected;
    }

    private void add(int demand, int tasks, long[] amounts) {
        for (int kind = 0; kind < amounts.length; kind++) {
            amounts[kind] += tasks * cluster.demands.get(demand).perTask.scalar(kind);
        }
    }

    private int firstLacking(NaiveDemand demand, long[] expected, List<Integer> victims) {
        long[] there = expected.clone();
        victims.forEach(victim -> add(victim, 1, there));
        for (int kind = 0; kind < there.length; kind++) {
            if (there[kind] < demand.perTask.scalar(kind)) {
                return kind;
            }
        }
        return -1;
    }

    /** The task that is to leave next, or null. */
    private Integer next(NaiveDemand demand, NaiveAgent agent, long[] expected, List<Integer> victims) {
        long[] there = expected.clone();
        victims.forEach(victim -> add(victim, 1, there));
        int kind = firstLacking(demand, expected, victims);
        long lacking = demand.perTask.scalar(kind) - there[kind];
        Comparator<Integer> order = Comparator.comparingInt((Integer victim) -> cluster.demands.get(victim).priority)
                .thenComparingLong(victim -> -Math.min(lacking, amount(victim, kind)))
                .thenComparingLong(victim -> amount(victim, kind))
                .thenComparingInt(victim -> victim);
        return agent.runs.keySet().stream()
                .filter(victim -> mayLeave(victim, agent, demand, victims))
                .filter(victim -> gives(victim, demand, there))
                .min(order)
                .orElse(null);
    }

    private long amount(int demand, int kind) {
        return cluster.demands.get(demand).perTask.scalar(kind);
    }

    /** What a task has that counts against quotas. */
    private long charged(int demand, int kind) {
        return quotas.charged(cluster.demands.get(demand).perTask, kind);
    }

    private boolean gives(int victim, NaiveDemand demand, long[] there) {
        for (int kind = 0; kind < there.length; kind++) {
            if (there[kind] < demand.perTask.scalar(kind) && amount(victim, kind) > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean mayLeave(int victim, NaiveAgent agent, NaiveDemand demand, List<Integer> victims) {
        NaiveRun run = agent.runs.get(victim);
        long chosen = victims.stream().filter(other -> other == victim).count();
        long spent = cluster.spent.getOrDefault(roleOf(victim), 0)
                + victims.stream()
                        .filter(other -> roleOf(other) == roleOf(victim))
                        .count();
        return run.tasks - run.leaving - chosen > 0
                && cluster.demands.get(victim).priority < demand.priority
                && (!heedsBudget || spent < TASKS_PER_ROLE)
                && cluster.path(roleOf(victim)).stream().noneMatch(role -> isKept(role, victim, demand, victims));
    }

    /** Whether a guarantee of a role would lack something if one more task left. */
    private boolean isKept(int role, int victim, NaiveDemand demand, List<Integer> victims) {
        if (!heedsGuarantees || cluster.roles.get(role).quota.isNothing()) {
            return false;
        }
        TreeMap<Integer, Integer> leaving = new TreeMap<>();
        cluster.agents
                .values()
                .forEach(agent -> agent.runs.forEach((other, run) -> leaving.merge(other, run.leaving, Integer::sum)));
        victims.forEach(other -> leaving.merge(other, 1, Integer::sum));
        boolean comesBack = cluster.isWithin(cluster.frameworks.get(demand.framework).role, role);
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long guarantee = cluster.roles.get(role).quota.guarantee(kind);
            long stays = cluster.goods.charged(role, kind)
                    - charged(victim, kind)
                    + (comesBack ? demand.perTask.scalar(kind) : 0);
            for (var other : leaving.entrySet()) {
                boolean isOfRole = cluster.isWithin(roleOf(other.getKey()), role);
                stays -= isOfRole ? other.getValue() * charged(other.getKey(), kind) : 0;
            }
            if (guarantee > 0 && charged(victim, kind) > 0 && stays < guarantee) {
                return true;
            }
        }
        return false;
    }

    private int roleOf(int demand) {
        return cluster.frameworks.get(cluster.demands.get(demand).framework).role;
    }

    private boolean isComplete(NaiveClaim claim) {
        NaiveAgent agent = cluster.agents.get(claim.agent());
        NaiveDemand demand = cluster.demands.get(claim.demand());
        long[] free = agent.free().scalars.clone();
        int at = cluster.positionOf(claim);
        for (NaiveClaim later : cluster.claims.subList(at + 1, cluster.claims.size())) {
            if (later.agent() == claim.agent()) {
                add(later.demand(), 1, free);
            }
        }
        boolean isThere = true;
        for (int kind = 0; kind < free.length; kind++) {
            isThere &= demand.perTask.scalar(kind) == 0 || free[kind] >= 0;
        }
        return isThere
                && cluster.frameworks.get(demand.framework).active
                && agent.holds.isEmpty()
                && demand.admits(agent);
    }

    /** What the last of some tasks would get if scalars were enough, or null where numbers are not free. */
    private Resources numbersAndScalars(NaiveDemand demand, NaiveAgent agent, int tasks) {
        if (agent.lacksNumbers()) {
            return null;
        }
        NaiveAmounts free = agent.free();
        for (int kind = 0; kind < free.scalars.length; kind++) {
            free.scalars[kind] = tasks * demand.perTask.scalar(kind);
        }
        Resources last = null;
        for (int i = 0; i < tasks; i++) {
            last = placement.task(demand, free, agent.topology);
        }
        return last;
    }
}

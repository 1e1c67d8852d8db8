package io.kernos.allocator;

/**
 * Policy: which tasks on an agent must leave so that a task of higher priority fits. Of what gives anything that is
 * lacking, the lowest priority first; in it what gives most of the first kind that lacks, and of that the smallest. At
 * the end those are spared, last chosen first, without which it fits too.
 */
final class VictimChoice {
    private static final int NONE = -1;

    private final AgentTable agents;
    private final RunTable runs;
    private final DemandTable demands;
    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final RoleGoods roleGoods;
    private final QuotaTable quotas;
    private final PreemptionBudget budget;
    private final FirstFit firstFit;
    private final ReservedRoom room;
    private final long[] lacking = new long[ResourceKinds.MAX_SCALARS];
    private int[] chosen = new int[0];
    private int count;
    private int forDemand;
    private boolean ignoresBudget;
    private boolean ignoresGuarantees;

    VictimChoice(Parts parts, PreemptionBudget budget) {
        agents = parts.agents;
        runs = parts.runs;
        demands = parts.demands;
        frameworks = parts.frameworks;
        roles = parts.roles;
        roleGoods = parts.roleGoods;
        quotas = parts.quotas;
        firstFit = new FirstFit(parts);
        room = parts.reservedRoom;
        this.budget = budget;
    }

    /** How many tasks are chosen. */
    int count() {
        return count;
    }

    /** The row of a chosen task. */
    int row(int at) {
        return chosen[at];
    }

    /** Whether a task is the first that was chosen of its row. */
    boolean isFirstOf(int at) {
        for (int before = 0; before < at; before++) {
            if (chosen[before] == chosen[at]) {
                return false;
            }
        }
        return true;
    }

    /** How many tasks of a row are chosen. */
    int countOf(int row) {
        int tasks = 0;
        for (int i = 0; i < count; i++) {
            tasks += chosen[i] == row ? 1 : 0;
        }
        return tasks;
    }

    /** The highest priority of a chosen task, or -1 where none need leave. */
    int highestPriority() {
        int highest = NONE;
        for (int i = 0; i < count; i++) {
            highest = Math.max(highest, demands.priority(runs.demand(chosen[i])));
        }
        return highest;
    }

    /** Makes the tasks leave that must; where they are not enough, chooses none and returns false. */
    boolean choose(int demand, int agent) {
        count = 0;
        forDemand = demand;
        if (!mayTake(demand, agent) || !measure(agent)) {
            return false;
        }
        while (firstLacking() != NONE) {
            int row = best(agent);
            if (row == NONE) {
                undo();
                return false;
            }
            take(row);
        }
        spare();
        return true;
    }

    /** What is against a place on an agent, or that one can be made; nobody is told to leave. */
    PreemptionReason explain(int demand, int agent) {
        if (!mayTake(demand, agent)) {
            return PreemptionReason.NOT_TAKEN;
        }
        if (runs.first(agent) == RunTable.NONE) {
            return PreemptionReason.NOTHING_TO_GAIN;
        }
        if (couldChoose(demand, agent, false, false)) {
            return PreemptionReason.POSSIBLE;
        }
        if (couldChoose(demand, agent, true, false)) {
            return PreemptionReason.BUDGET_SPENT;
        }
        return couldChoose(demand, agent, true, true) ? PreemptionReason.GUARANTEED : PreemptionReason.NOTHING_TO_GAIN;
    }

    private boolean mayTake(int demand, int agent) {
        int shape = demands.shape(demand);
        return room.mayClaim(shape, agent) && firstFit.fitsButForAmounts(shape, agent);
    }

    private boolean couldChoose(int demand, int agent, boolean withoutBudget, boolean withoutGuarantees) {
        ignoresBudget = withoutBudget;
        ignoresGuarantees = withoutGuarantees;
        boolean could = choose(demand, agent);
        undo();
        ignoresBudget = false;
        ignoresGuarantees = false;
        return could;
    }

    /** Lets all that were chosen stay. */
    void undo() {
        while (count > 0) {
            release(count - 1);
        }
    }

    /** Finds out what lacks; returns false on an agent that lacks anything else. */
    private boolean measure(int agent) {
        for (int kind = 0; kind < lacking.length; kind++) {
            lacking[kind] = -agents.free(agent, kind);
        }
        for (int row = runs.first(agent); row != RunTable.NONE; row = runs.next(row)) {
            addTask(row, -runs.leaving(row));
        }
        boolean isCovered = true;
        Resources task = demands.perTask(forDemand);
        for (int kind = 0; kind < lacking.length; kind++) {
            isCovered &= lacking[kind] <= 0;
            lacking[kind] += task.scalar(kind);
        }
        return isCovered;
    }

    private int firstLacking() {
        int kind = 0;
        while (kind < lacking.length && lacking[kind] <= 0) {
            kind++;
        }
        return kind < lacking.length ? kind : NONE;
    }

    private int best(int agent) {
        int best = NONE;
        for (int row = runs.first(agent); row != RunTable.NONE; row = runs.next(row)) {
            if (mayLeave(row) && gives(row) && (best == NONE || isBetter(row, best))) {
                best = row;
            }
        }
        return best;
    }

    private boolean isBetter(int row, int other) {
        int priority = demands.priority(runs.demand(row));
        int otherPriority = demands.priority(runs.demand(other));
        if (priority != otherPriority) {
            return priority < otherPriority;
        }
        int kind = firstLacking();
        long amount = demands.perTask(runs.demand(row)).scalar(kind);
        long otherAmount = demands.perTask(runs.demand(other)).scalar(kind);
        long useful = Math.min(amount, lacking[kind]);
        long otherUseful = Math.min(otherAmount, lacking[kind]);
        return useful == otherUseful ? amount < otherAmount : useful > otherUseful;
    }

    private boolean gives(int row) {
        Resources task = demands.perTask(runs.demand(row));
        for (int kind = 0; kind < task.scalarKinds(); kind++) {
            if (lacking[kind] > 0 && task.scalar(kind) > 0) {
                return true;
            }
        }
        return false;
    }

    private boolean mayLeave(int row) {
        int demand = runs.demand(row);
        return runs.tasks(row) > runs.leaving(row)
                && demands.priority(demand) < demands.priority(forDemand)
                && (ignoresBudget || budget.isAnyLeft(roleOf(demand)))
                && (ignoresGuarantees || !isGuaranteed(demand));
    }

    /** Whether a role would lack something of its guarantee without a task, but for what comes in its place. */
    private boolean isGuaranteed(int victim) {
        Resources task = demands.perTask(victim);
        for (int role = roleOf(victim); role != RoleTable.ROOT; role = roles.parent(role)) {
            Quota quota = quotas.of(role);
            boolean comesBack = roleGoods.isWithin(roleOf(forDemand), role);
            for (int kind = 0; quota != null && kind < task.scalarKinds(); kind++) {
                long comes = comesBack ? demands.perTask(forDemand).scalar(kind) : 0;
                long stays = quotas.consumed(role, kind) - runs.leavingOf(role, kind) - task.scalar(kind) + comes;
                if (task.scalar(kind) > 0 && quota.guarantee(kind) > 0 && stays < quota.guarantee(kind)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void spare() {
        for (int at = count - 1; at >= 0; at--) {
            if (isSpare(chosen[at])) {
                release(at);
            }
        }
    }

    private boolean isSpare(int row) {
        Resources task = demands.perTask(runs.demand(row));
        for (int kind = 0; kind < task.scalarKinds(); kind++) {
            if (task.scalar(kind) > 0 && lacking[kind] + task.scalar(kind) > 0) {
                return false;
            }
        }
        return true;
    }

    private void take(int row) {
        chosen = Columns.grow(chosen, count + 1);
        chosen[count++] = row;
        runs.leave(row, 1);
        budget.spend(roleOf(runs.demand(row)), 1);
        addTask(row, -1);
    }

    private void release(int at) {
        int row = chosen[at];
        count--;
        System.arraycopy(chosen, at + 1, chosen, at, count - at);
        runs.leave(row, -1);
        budget.spend(roleOf(runs.demand(row)), -1);
        addTask(row, 1);
    }

    private void addTask(int row, int times) {
        Resources task = demands.perTask(runs.demand(row));
        for (int kind = 0; kind < task.scalarKinds(); kind++) {
            lacking[kind] += task.scalar(kind) * times;
        }
    }

    private int roleOf(int demand) {
        return frameworks.role(demands.framework(demand));
    }
}

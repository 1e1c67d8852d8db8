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
    private final QuotaGate quotaGate;
    private final FirstFit firstFit;
    private final ReservedRoom room;
    private final long[] lacking = new long[ResourceKinds.MAX_SCALARS];
    private int[] chosen = new int[0];
    private int[] agentsOfTasks = new int[0];
    private int[] endsOfTasks = new int[0];
    private int[] tasksOn = new int[0];
    private int size;
    private int kept;
    private int tasks;
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
        quotaGate = parts.quotaGate;
        firstFit = new FirstFit(parts);
        room = parts.reservedRoom;
        this.budget = budget;
    }

    /** Begins to choose for a step of a demand, task by task. */
    void begin(int demand) {
        for (int task = 0; task < tasks; task++) {
            tasksOn[agentsOfTasks[task]] = 0;
        }
        forDemand = demand;
        size = 0;
        kept = 0;
        tasks = 0;
    }

    /** Those that were chosen last make place for the next task of the step, on an agent. */
    void keep(int agent) {
        agentsOfTasks = Columns.grow(agentsOfTasks, tasks + 1);
        endsOfTasks = Columns.grow(endsOfTasks, tasks + 1);
        tasksOn = Columns.grow(tasksOn, agent + 1);
        agentsOfTasks[tasks] = agent;
        endsOfTasks[tasks++] = size;
        tasksOn[agent]++;
        kept = size;
    }

    /** Where a task of the step is to go. */
    int agentOf(int task) {
        return agentsOfTasks[task];
    }

    /** The position of the first that was chosen for a task of the step. */
    int start(int task) {
        return task == 0 ? 0 : endsOfTasks[task - 1];
    }

    /** The position after the last that was chosen for a task of the step. */
    int end(int task) {
        return endsOfTasks[task];
    }

    /** How many tasks were chosen last. */
    int count() {
        return size - kept;
    }

    /** The row of a chosen task. */
    int row(int at) {
        return chosen[at];
    }

    /** How often tasks of a row are chosen, from one position to before another. */
    int countOf(int row, int from, int to) {
        int count = 0;
        for (int at = from; at < to; at++) {
            count += chosen[at] == row ? 1 : 0;
        }
        return count;
    }

    /** The highest priority of those that were chosen last, or -1 where none need leave. */
    int highestPriority() {
        int highest = NONE;
        for (int at = kept; at < size; at++) {
            highest = Math.max(highest, demands.priority(runs.demand(chosen[at])));
        }
        return highest;
    }

    /** Makes the tasks leave that must for the next task; where they are not enough, chooses none and returns false. */
    boolean choose(int agent) {
        if (!mayTake(agent) || !measure(agent)) {
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

    /** Lets all stay that were chosen for the step. */
    void undoAll() {
        kept = 0;
        undo();
    }

    /** What is against a place on an agent, or that one can be made; nobody is told to leave. */
    PreemptionReason explain(int demand, int agent) {
        begin(demand);
        if (!mayTake(agent)) {
            return PreemptionReason.NOT_TAKEN;
        }
        if (runs.first(agent) == RunTable.NONE) {
            return PreemptionReason.NOTHING_TO_GAIN;
        }
        if (couldChoose(agent, false, false)) {
            return PreemptionReason.POSSIBLE;
        }
        if (couldChoose(agent, true, false)) {
            return PreemptionReason.BUDGET_SPENT;
        }
        return couldChoose(agent, true, true) ? PreemptionReason.GUARANTEED : PreemptionReason.NOTHING_TO_GAIN;
    }

    private boolean mayTake(int agent) {
        int shape = demands.shape(forDemand);
        return room.mayClaim(shape, agent) && firstFit.fitsOneMore(shape, agent, tasksOn(agent));
    }

    /** How many tasks of the step are to go to an agent already. */
    private int tasksOn(int agent) {
        return agent < tasksOn.length ? tasksOn[agent] : 0;
    }

    private boolean couldChoose(int agent, boolean withoutBudget, boolean withoutGuarantees) {
        ignoresBudget = withoutBudget;
        ignoresGuarantees = withoutGuarantees;
        boolean could = choose(agent);
        undo();
        ignoresBudget = false;
        ignoresGuarantees = false;
        return could;
    }

    /** Lets all that were chosen last stay. */
    void undo() {
        while (size > kept) {
            release(size - 1);
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
            lacking[kind] += task.scalar(kind) * (1 + tasksOn(agent));
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
            for (int kind = 0; quota != null && kind < ResourceKinds.MAX_SCALARS; kind++) {
                long comes = comesBack ? demands.perTask(forDemand).scalar(kind) * (1 + tasks) : 0;
                long goes = quotaGate.charged(task, kind);
                long stays = quotas.consumed(role, kind) - runs.leavingOf(role, kind) - goes + comes;
                if (goes > 0 && quota.guarantee(kind) > 0 && stays < quota.guarantee(kind)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void spare() {
        for (int at = size - 1; at >= kept; at--) {
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
        chosen = Columns.grow(chosen, size + 1);
        chosen[size++] = row;
        runs.leave(row, 1);
        budget.spend(roleOf(runs.demand(row)), 1);
        addTask(row, -1);
    }

    private void release(int at) {
        int row = chosen[at];
        size--;
        System.arraycopy(chosen, at + 1, chosen, at, size - at);
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

package io.kernos.allocator;

/**
 * The events of preemption: which tasks run that may be told to make place, what places are being made, and what was
 * spent for that. Tasks that the allocator places are counted by itself. Errors of the caller are refused and change
 * nothing.
 */
public final class PreemptionEvents {
    private final DemandTable demands;
    private final AgentTable agents;
    private final RoleTable roles;
    private final RunTable runs;
    private final ClaimTable table;
    private final Claims claims;
    private final PreemptionBudget budget;

    PreemptionEvents(Parts parts) {
        demands = parts.demands;
        agents = parts.agents;
        roles = parts.roles;
        runs = parts.runs;
        table = parts.claims;
        claims = parts.claimBook;
        budget = parts.preemptionBudget;
    }

    /** Takes the tasks that run and may be told to make place. */
    public interface RunHandler {
        /**
         * Tasks of one demand on one agent.
         *
         * @param demandIndex of which they are.
         * @param agentIndex  where they run.
         * @param tasks       how many, at least 1.
         * @param leaving     how many of them were told to end, from 0.
         */
        void onRun(int demandIndex, int agentIndex, int tasks, int leaving);
    }

    /** Takes the places that are being made. */
    public interface ClaimHandler {
        /**
         * A place for one task.
         *
         * @param demandIndex of which it is.
         * @param agentIndex  where it is.
         * @param untilMs     until when it is kept.
         */
        void onClaim(int demandIndex, int agentIndex, long untilMs);
    }

    /** Takes what was spent of the budget. */
    public interface SpentHandler {
        /**
         * Tasks of one role were told to make place.
         *
         * @param roleIndex   the role.
         * @param tasks       how many, at least 1.
         * @param windowEndMs when that is forgotten.
         */
        void onSpent(int roleIndex, int tasks, long windowEndMs);
    }

    /**
     * Counts tasks of a preemptible demand that run already, as after a snapshot was loaded.
     *
     * @param demandIndex a preemptible demand.
     * @param agentIndex  where they run.
     * @param tasks       how many, from 1.
     * @param leaving     how many of them were told to end, from 0 to all of them.
     */
    public void ran(int demandIndex, int agentIndex, int tasks, int leaving) {
        demands.require(demandIndex);
        agents.require(agentIndex);
        Checks.state(demands.isPreemptible(demandIndex), "demandIndex", demandIndex, "be preemptible");
        Checks.range("tasks", tasks, 1, Integer.MAX_VALUE - runs.tasksOf(demandIndex));
        Checks.range("leaving", leaving, 0, tasks);
        runs.add(demandIndex, agentIndex, tasks);
        runs.leave(runs.find(demandIndex, agentIndex), leaving);
    }

    /**
     * Says that tasks of a preemptible demand have ended; of those first that were told to.
     *
     * @param demandIndex of which they were.
     * @param agentIndex  where they ran.
     * @param tasks       how many, from 1 to those that run there.
     */
    public void ended(int demandIndex, int agentIndex, int tasks) {
        demands.require(demandIndex);
        agents.require(agentIndex);
        int row = runs.find(demandIndex, agentIndex);
        Checks.range("tasks", tasks, 1, row == RunTable.NONE ? 0 : runs.tasks(row));
        runs.end(demandIndex, agentIndex, tasks);
    }

    /**
     * Keeps a place that was being made already, as after a snapshot was loaded. Places are to be added in the order of
     * {@link #forEachClaim}, after what is used and offered.
     *
     * @param demandIndex a demand with a task that waits, for which no place is being made.
     * @param agentIndex  where it is.
     * @param untilMs     until when it is kept.
     */
    public void claimed(int demandIndex, int agentIndex, long untilMs) {
        demands.require(demandIndex);
        agents.require(agentIndex);
        Checks.state(demands.mayPreempt(demandIndex), "demandIndex", demandIndex, "be preempting");
        Checks.state(demands.open(demandIndex) > 0, "demandIndex", demandIndex, "have a task that waits");
        claims.make(demandIndex, agentIndex, untilMs);
    }

    /**
     * Counts what was spent already, as after a snapshot was loaded.
     *
     * @param roleIndex   a role.
     * @param tasks       how many of its tasks were told to make place, from 1.
     * @param windowEndMs when that is forgotten; the same for all roles.
     */
    public void spent(int roleIndex, int tasks, long windowEndMs) {
        roles.require(roleIndex);
        Checks.range("tasks", tasks, 1, Integer.MAX_VALUE - budget.spent(roleIndex));
        budget.restore(roleIndex, tasks, windowEndMs);
    }

    /**
     * Visits all tasks that run and may be told to make place.
     *
     * @param handler who takes them.
     */
    public void forEachRun(RunHandler handler) {
        IndexSet where = runs.agents();
        for (int agent = where.next(0); agent >= 0; agent = where.next(agent + 1)) {
            for (int row = runs.first(agent); row != RunTable.NONE; row = runs.next(row)) {
                handler.onRun(runs.demand(row), agent, runs.tasks(row), runs.leaving(row));
            }
        }
    }

    /**
     * Visits all places that are being made, in the order in which that was decided.
     *
     * @param handler who takes them.
     */
    public void forEachClaim(ClaimHandler handler) {
        for (int claim = 0; claim < table.size(); claim++) {
            handler.onClaim(table.demand(claim), table.agent(claim), table.untilMs(claim));
        }
    }

    /**
     * Visits all roles of which tasks were told to make place in the present window.
     *
     * @param handler who takes them.
     */
    public void forEachSpent(SpentHandler handler) {
        for (int role = 0; role < budget.bound(); role++) {
            if (budget.spent(role) > 0) {
                handler.onSpent(role, budget.spent(role), budget.windowEndMs());
            }
        }
    }

    /**
     * For how many tasks of a demand places are being made; they count as waiting.
     *
     * @param demandIndex a demand.
     * @return the number of tasks.
     */
    public int claimedTasks(int demandIndex) {
        demands.require(demandIndex);
        return demands.claimed(demandIndex);
    }
}

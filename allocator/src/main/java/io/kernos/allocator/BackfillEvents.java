package io.kernos.allocator;

/**
 * The events of tasks that are expected to end, and what room is reserved by that. Tasks that the allocator places are
 * counted by itself. Errors of the caller are refused and change nothing.
 */
public final class BackfillEvents {
    /** Instead of a demandIndex: no room is reserved. */
    public static final int NO_DEMAND = ReservedRoom.NONE;

    private final DemandTable demands;
    private final AgentTable agents;
    private final RunEnds ends;
    private final ReservedRoom room;

    BackfillEvents(Parts parts) {
        demands = parts.demands;
        agents = parts.agents;
        ends = parts.runEnds;
        room = parts.reservedRoom;
    }

    /** Takes the tasks that run and are expected to end. */
    public interface EndHandler {
        /**
         * Tasks of one demand on one agent.
         *
         * @param demandIndex of which they are.
         * @param agentIndex  where they run.
         * @param tasks       how many, at least 1.
         * @param endMs       when they are expected to end: the time at which they were placed and the duration of
         *                    the demand.
         */
        void onEnd(int demandIndex, int agentIndex, int tasks, long endMs);
    }

    /** Takes the agents on which room is reserved. */
    public interface RoomHandler {
        /**
         * Room on one agent.
         *
         * @param agentIndex the agent.
         * @param tasks      for how many tasks of the demand, at least 1.
         */
        void onRoom(int agentIndex, int tasks);
    }

    /**
     * Counts tasks that run already, as after a snapshot was loaded.
     *
     * @param demandIndex a demand whose tasks have a duration.
     * @param agentIndex  where they run.
     * @param tasks       how many, from 1.
     * @param endMs       when they are expected to end, from 0.
     */
    public void ran(int demandIndex, int agentIndex, int tasks, long endMs) {
        demands.require(demandIndex);
        agents.require(agentIndex);
        Checks.state(demands.durationMs(demandIndex) > 0, "demandIndex", demandIndex, "have a duration");
        Checks.range("tasks", tasks, 1, Integer.MAX_VALUE - ends.tasksOf(demandIndex));
        Checks.range("endMs", endMs, 0, Long.MAX_VALUE - DemandSpec.MAX_DURATION_MS);
        ends.add(demandIndex, agentIndex, endMs, tasks);
        agents.markChanged(agentIndex);
    }

    /**
     * Says that tasks of a demand whose tasks have a duration have ended, sooner or later than was expected.
     *
     * @param demandIndex of which they were.
     * @param agentIndex  where they ran.
     * @param tasks       how many, from 1 to those that ran there and were expected to end then.
     * @param endMs       when they were expected to end: the time at which they were placed and the duration of the
     *                    demand.
     */
    public void ended(int demandIndex, int agentIndex, int tasks, long endMs) {
        demands.require(demandIndex);
        agents.require(agentIndex);
        int row = ends.find(demandIndex, agentIndex, endMs);
        Checks.range("tasks", tasks, 1, row == RunEnds.NONE ? 0 : ends.tasks(row));
        ends.end(row, tasks);
    }

    /**
     * Visits all tasks that run and are expected to end, by agent, then by end.
     *
     * @param handler who takes them.
     */
    public void forEachRun(EndHandler handler) {
        for (int agent = 0; agent < agents.bound(); agent++) {
            for (int row = ends.first(agent); row != RunEnds.NONE; row = ends.next(row)) {
                handler.onEnd(ends.demand(row), agent, ends.tasks(row), ends.endMs(row));
            }
        }
    }

    /**
     * The demand for which room is reserved, as {@link Allocator#allocate} last decided.
     *
     * @return its index, or {@link #NO_DEMAND}.
     */
    public int head() {
        return room.head();
    }

    /**
     * When the next step of that demand is expected to begin.
     *
     * @return in milliseconds, not after now where it fits already; {@link Allocator#NO_DEADLINE} where no room is
     *     reserved.
     */
    public long headStartMs() {
        return room.isAny() ? room.startMs() : Allocator.NO_DEADLINE;
    }

    /**
     * Visits the agents on which room is reserved for that demand, ascending.
     *
     * @param handler who takes them.
     */
    public void forEachRoom(RoomHandler handler) {
        for (int at = 0; at < room.size(); at++) {
            handler.onRoom(room.agent(at), room.tasksOn(room.agent(at)));
        }
    }
}

package io.kernos.allocator;

/**
 * Takes what {@link Allocator#allocate} decides, in the order in which it was decided.
 *
 * <p>The methods are called with the decision already accounted. They must not call the allocator's events; the
 * resources they are given are the allocator's own scratch, valid until they return.
 */
public interface AllocationHandler {
    /**
     * All that was free on an agent is offered to a framework, and counts as offered from now on.
     *
     * @param frameworkIndex who is offered it.
     * @param agentIndex     where it is.
     * @param granted        what is offered.
     */
    void onOffer(int frameworkIndex, int agentIndex, Resources granted);

    /**
     * Tasks of a demand are placed on an agent, and what they need counts as used from now on.
     *
     * @param demandIndex the demand, which has that many tasks fewer to place.
     * @param agentIndex  where they are to run.
     * @param tasks       how many, at least 1; exactly 1 where the demand asks for numbers of a range kind.
     * @param perTask     what each of them has, ports that the allocator chose included.
     */
    void onPlacement(int demandIndex, int agentIndex, int tasks, Resources perTask);

    /**
     * Tasks are to end so that one of a demand of higher priority gets their place. They use what they have until
     * {@link GrantEvents#recoverUsed} and {@link PreemptionEvents#ended} tell that they have ended; what comes free is
     * kept for that task, and told as a placement when it is all there.
     *
     * @param demandIndex   the demand whose tasks are to end.
     * @param agentIndex    where they run; which of them end the caller chooses.
     * @param tasks         how many, at least 1.
     * @param forDemand     the demand for which they make place.
     * @param forPriority   its priority, higher than that of the tasks.
     */
    default void onPreempted(int demandIndex, int agentIndex, int tasks, int forDemand, int forPriority) {}

    /**
     * The deadline of a demand has come, and the tasks that waited are given up. Also called by
     * {@link Allocator#advanceTime}.
     *
     * @param demandIndex the demand, which has no more tasks to place.
     * @param tasks       how many waited, at least 1.
     */
    default void onExpired(int demandIndex, int tasks) {}

    /**
     * A framework that has something on an agent is asked to leave it before it becomes unavailable. Nothing is
     * accounted: the framework is to answer, and is asked again until it has nothing there. Never called where
     * {@link MaintenanceEvents} schedules no windows.
     *
     * @param frameworkIndex who is asked.
     * @param agentIndex     the agent.
     * @param startMs        when it becomes unavailable.
     * @param durationMs     for how long, or {@link MaintenanceEvents#FOREVER_MS}.
     */
    default void onInverseOffer(int frameworkIndex, int agentIndex, long startMs, long durationMs) {}
}

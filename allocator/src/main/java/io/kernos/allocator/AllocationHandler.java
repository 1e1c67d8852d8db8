package io.kernos.allocator;

/**
 * Takes what {@link Allocator#allocate} decides, in the order in which it was decided.
 *
 * <p>Both methods are called with the decision already accounted. They must not call the allocator's events; the
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
     * The deadline of a demand has come, and the tasks that waited are given up. Also called by
     * {@link Allocator#advanceTime}.
     *
     * @param demandIndex the demand, which has no more tasks to place.
     * @param tasks       how many waited, at least 1.
     */
    default void onExpired(int demandIndex, int tasks) {}
}

package io.kernos.allocator;

/** Takes what is known between frameworks and agents that go into maintenance, one call each. */
@FunctionalInterface
public interface InverseOfferHandler {
    /**
     * A framework was asked to leave an agent, or does not want to be asked.
     *
     * @param frameworkIndex the framework.
     * @param agentIndex     the agent.
     * @param isOutstanding  whether it was asked and has to answer yet.
     * @param answer         what it last answered.
     * @param filteredToMs   until when it is not asked, or 0.
     */
    void onInverseOffer(
            int frameworkIndex, int agentIndex, boolean isOutstanding, InverseAnswer answer, long filteredToMs);
}

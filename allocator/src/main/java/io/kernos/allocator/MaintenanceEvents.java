package io.kernos.allocator;

/**
 * The events of maintenance: when agents are to be unavailable, and what those say who have something there. An agent
 * is offered all the same: who takes the offer knows the window.
 * Errors of the caller are refused and change nothing.
 */
public final class MaintenanceEvents {
    /** The duration of a window that has no end. */
    public static final long FOREVER_MS = Long.MAX_VALUE;

    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final Maintenance maintenance;

    MaintenanceEvents(Parts parts) {
        this.agents = parts.agents;
        this.frameworks = parts.frameworks;
        this.maintenance = parts.maintenance;
    }

    /**
     * Sets the window in which an agent is to be unavailable. All who have something there are asked to leave, whatever
     * they answered to another window. The window stays until it is taken away, though it may have passed.
     *
     * @param agentIndex an agent, without a window when added.
     * @param startMs    when it begins, from 0.
     * @param durationMs how long it lasts, from 0, or {@link #FOREVER_MS}.
     */
    public void schedule(int agentIndex, long startMs, long durationMs) {
        agents.require(agentIndex);
        Checks.range("startMs", startMs, 0, Long.MAX_VALUE);
        Checks.range("durationMs", durationMs, 0, Long.MAX_VALUE);
        maintenance.schedule(agentIndex, startMs, durationMs);
    }

    /**
     * Takes the window of an agent away, with all that was asked and answered about it.
     *
     * @param agentIndex an agent, with a window or not.
     */
    public void unschedule(int agentIndex) {
        agents.require(agentIndex);
        maintenance.unschedule(agentIndex);
    }

    /**
     * Whether an agent has a window.
     *
     * @param agentIndex an agent.
     * @return true if it has.
     */
    public boolean isScheduled(int agentIndex) {
        agents.require(agentIndex);
        return maintenance.isScheduled(agentIndex);
    }

    /**
     * Takes what a framework answers to an inverse offer; an answer to none that is outstanding is ignored, and only
     * its filter counts. The framework is asked again when the filter has ended, until it has nothing on the agent.
     *
     * @param frameworkIndex a framework.
     * @param agentIndex     an agent with a window.
     * @param answer         accepted or declined; unknown where the inverse offer was rescinded without an answer.
     * @param filterToMs     until when it is not asked again, or 0.
     */
    public void answer(int frameworkIndex, int agentIndex, InverseAnswer answer, long filterToMs) {
        requireScheduled(frameworkIndex, agentIndex);
        Checks.range("filterToMs", filterToMs, 0, Long.MAX_VALUE);
        maintenance.onAnswer(frameworkIndex, agentIndex, answer, filterToMs);
    }

    /**
     * What a framework last answered about an agent.
     *
     * @param frameworkIndex a framework.
     * @param agentIndex     an agent with a window.
     * @return its answer to this window.
     */
    public InverseAnswer answerOf(int frameworkIndex, int agentIndex) {
        requireScheduled(frameworkIndex, agentIndex);
        InverseOffers offers = maintenance.offers();
        int entry = offers.of(frameworkIndex, agentIndex);
        return entry == InverseOffers.NONE ? InverseAnswer.UNKNOWN : offers.answer(entry);
    }

    /**
     * Puts back what {@link #forEach} told of another allocator.
     *
     * @param frameworkIndex a framework.
     * @param agentIndex     an agent with a window.
     * @param isOutstanding  whether it was asked and has to answer yet.
     * @param answer         what it last answered.
     * @param filteredToMs   until when it is not asked, or 0.
     */
    public void restore(
            int frameworkIndex, int agentIndex, boolean isOutstanding, InverseAnswer answer, long filteredToMs) {
        requireScheduled(frameworkIndex, agentIndex);
        InverseOffers offers = maintenance.offers();
        int entry = offers.ensure(frameworkIndex, agentIndex);
        offers.outstanding(entry, isOutstanding);
        offers.answer(entry, answer);
        offers.filter(entry, filteredToMs);
    }

    /**
     * Shows what is between frameworks and agents with a window, in no particular order.
     *
     * @param handler called for each pair of which anything is known; must not call the allocator's events.
     */
    public void forEach(InverseOfferHandler handler) {
        InverseOffers offers = maintenance.offers();
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            int entry = offers.firstOfFramework(framework);
            for (; entry != InverseOffers.NONE; entry = offers.nextOfFramework(entry)) {
                handler.onInverseOffer(
                        framework,
                        offers.agent(entry),
                        offers.isOutstanding(entry),
                        offers.answer(entry),
                        offers.filteredToMs(entry));
            }
        }
    }

    private void requireScheduled(int framework, int agent) {
        frameworks.require(framework);
        agents.require(agent);
        Checks.state(maintenance.isScheduled(agent), "agentIndex", agent, "have a window of maintenance");
    }
}

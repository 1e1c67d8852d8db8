package io.kernos.allocator;

import java.util.Arrays;

/** Why a framework is not offered more: agents counted by reason. Filled by an {@link OfferExplainer}. */
public final class OfferExplanation {
    private final int[] agents = new int[OfferReason.values().length];
    private boolean active;
    private boolean suppressed;
    private final QuotaExplanation quota = new QuotaExplanation();
    private long filterEndMs;
    private int scheduledAgents;

    /** Nothing explained yet. */
    public OfferExplanation() {}

    /**
     * Whether the framework is active; others are offered nothing.
     *
     * @return true if it is.
     */
    public boolean isActive() {
        return active;
    }

    /**
     * Whether the framework is suppressed; it is then offered nothing until it is revived.
     *
     * @return true if it is.
     */
    public boolean isSuppressed() {
        return suppressed;
    }

    /**
     * How many agents there are with a reason.
     *
     * @param reason of which each agent has exactly one.
     * @return the number of agents.
     */
    public int agents(OfferReason reason) {
        return agents[reason.ordinal()];
    }

    /**
     * When the first of the agents that are {@link OfferReason#FILTERED} can be offered again, if nothing changes.
     *
     * @return in milliseconds, or {@link Allocator#NO_DEADLINE} if none is filtered.
     */
    public long filterEndMs() {
        return filterEndMs;
    }

    /**
     * What quotas allow the framework's role: whether it may get any more of each kind.
     *
     * @return always the same object.
     */
    public QuotaExplanation quota() {
        return quota;
    }

    /**
     * How many agents have a window of maintenance, whatever their reason; they are offered with the window told.
     *
     * @return the number of agents.
     */
    public int scheduledAgents() {
        return scheduledAgents;
    }

    void begin(boolean isActive, boolean isSuppressed) {
        active = isActive;
        suppressed = isSuppressed;
        filterEndMs = Allocator.NO_DEADLINE;
        scheduledAgents = 0;
        Arrays.fill(agents, 0);
    }

    void countScheduled() {
        scheduledAgents++;
    }

    void count(OfferReason reason) {
        agents[reason.ordinal()]++;
    }

    void countFilteredTo(long endMs) {
        count(OfferReason.FILTERED);
        filterEndMs = Math.min(filterEndMs, endMs);
    }
}

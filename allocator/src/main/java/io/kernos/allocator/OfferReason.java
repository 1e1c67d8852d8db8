package io.kernos.allocator;

/** Why an agent is not offered to a framework; for each agent the first reason that holds. */
public enum OfferReason {
    /** Nobody can reach the agent at present. */
    AGENT_NOT_ACTIVE,
    /** The operator wants nothing new on the agent. */
    AGENT_DEACTIVATED,
    /** The operator wants the agent empty. */
    AGENT_DRAINING,
    /** Tasks on the agent are to end so that others get their place. */
    AGENT_AWAITS_PREEMPTED,
    /** More is allocated on the agent than it has. */
    AGENT_OVERCOMMITTED,
    /** The agent is in another region, and the framework is not aware of regions. */
    REGION_REMOTE,
    /** The agent does not meet the framework's constraints. */
    CONSTRAINT_UNMET,
    /** The agent has graphics processors, which are kept for those who can use them. */
    GPUS_KEPT,
    /** Too little is free on the agent to be worth an offer, by the framework's own minima where it has any. */
    BELOW_MINIMUM,
    /** Enough is free, but room is reserved for a demand, and what is left beside it is not worth an offer. */
    AGENT_RESERVED,
    /** The role may not get enough of what is free: it is at a limit, or the rest is kept for guarantees of others. */
    KEPT_BY_QUOTA,
    /** The framework refused what is free on the agent, or more. */
    FILTERED,
    /** The agent can be offered: it waits for the framework to be active and not suppressed, or for the next pass. */
    OFFERABLE
}

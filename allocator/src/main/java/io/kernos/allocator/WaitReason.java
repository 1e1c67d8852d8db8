package io.kernos.allocator;

/** Why an agent does not take a task of a waiting demand; for each agent the first reason that holds. */
public enum WaitReason {
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
    /** The agent does not meet the constraints of the demand. */
    AGENT_NOT_SUITABLE,
    /** No task runs on the agent of the group that the demand is to be near to. */
    AGENT_WITHOUT_GROUP,
    /** As many tasks of the demand's group run on the agent as may. */
    AGENT_AT_GROUP_LIMIT,
    /** It asks for special resources that it may not have: they are kept for another role, or it cannot bear them. */
    RESOURCES_NOT_FOR_IT,
    /** The agent has too little even if all of it were free. */
    AGENT_TOO_SMALL,
    /** The agent is large enough, but too little of it is free. */
    AGENT_IN_USE,
    /** Enough is free on the agent, but the numbers that the demand wants of one node are not free on any. */
    AGENT_NOT_ALIGNED,
    /** The task fits, but the room is reserved for another demand, and it would not have ended in time. */
    AGENT_RESERVED,
    /** Some tasks fit, but all agents together have no room for a whole gang. */
    AGENT_FITS_PART_OF_GANG,
    /** The task fits: it waits for the framework to be active, for its quota, or for the next pass. */
    AGENT_FITS
}

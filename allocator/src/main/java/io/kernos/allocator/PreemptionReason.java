package io.kernos.allocator;

/** Whether a place can be made on an agent for a task of a preempting demand, or what is against it. */
public enum PreemptionReason {
    /** It can: it is made after the next pass, where the demand still has a task to place and quotas allow it. */
    POSSIBLE,
    /** It could, if fewer tasks of a role had been told to leave in the present window. */
    BUDGET_SPENT,
    /** It could, if roles were not to keep what is guaranteed to them. */
    GUARANTEED,
    /** All tasks that have a lower priority and may have to leave would not make place enough. */
    NOTHING_TO_GAIN,
    /** The agent would not take the task, whoever left: for what it is, for a group, or for numbers. */
    NOT_TAKEN
}

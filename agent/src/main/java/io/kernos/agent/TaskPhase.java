package io.kernos.agent;

/**
 * Where a task is in its life on this agent. Forward only, but for {@link #ORDERED} to {@link #ACCEPTED} when a
 * supervisor turns out never to have had the order.
 */
public enum TaskPhase {
    /** In the journal; not yet ordered of the supervisor. */
    ACCEPTED,
    /** Ordered of the supervisor; not known to have started. */
    ORDERED,
    /** The command was executed. */
    RUNNING,
    /** Asked to end by a signal; inside its grace period. */
    KILLING,
    /** Its grace is over and it is killed whole; its exit is awaited. */
    DESTROYING,
    /** Ended, or refused; kept until the master has acknowledged its last status. */
    ENDED;

    /**
     * Whether a task may go from this phase to another.
     *
     * @param next where to.
     * @return true when it may.
     */
    boolean mayBecome(TaskPhase next) {
        return next.ordinal() > ordinal() || this == ORDERED && next == ACCEPTED;
    }
}

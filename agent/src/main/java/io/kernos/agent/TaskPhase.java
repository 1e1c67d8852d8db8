package io.kernos.agent;

import io.kernos.transport.codecs.TaskState;

/**
 * Where a task is in its life on this agent. Forward only, but for {@link #ORDERED} to {@link #ACCEPTED} when a
 * supervisor turns out never to have had the order.
 */
public enum TaskPhase {
    /** In the journal; not yet ordered of the supervisor. */
    ACCEPTED(TaskState.STARTING),
    /** Ordered of the supervisor; not known to have started. */
    ORDERED(TaskState.STARTING),
    /** The command was executed. */
    RUNNING(TaskState.RUNNING),
    /** Asked to end by a signal; inside its grace period. */
    KILLING(TaskState.KILLING),
    /** Its grace is over and it is killed whole; its exit is awaited. */
    DESTROYING(TaskState.KILLING),
    /** Ended, or refused; kept until the master has acknowledged its last status. */
    ENDED(TaskState.UNKNOWN);

    private final TaskState state;

    TaskPhase(TaskState state) {
        this.state = state;
    }

    /**
     * What the master is told of a task in this phase.
     *
     * @return the state; {@link TaskState#UNKNOWN} for {@link #ENDED}, which has many.
     */
    public TaskState state() {
        return state;
    }

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

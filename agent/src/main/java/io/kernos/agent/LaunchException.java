package io.kernos.agent;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/**
 * A task that cannot be started as it is described, or not on this machine.
 */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final TaskState state;
    private final TaskReason reason;

    private LaunchException(TaskState state, TaskReason reason, String message) {
        super(message, null, false, false);
        this.state = state;
        this.reason = reason;
    }

    /**
     * Its description is wrong.
     *
     * @param message names the field, the value and the remedy.
     * @return the exception.
     */
    static LaunchException invalid(String message) {
        return new LaunchException(TaskState.ERROR, TaskReason.TASK_INVALID, message);
    }

    /**
     * This machine could not do it.
     *
     * @param message names what was attempted, on what, and why it failed.
     * @return the exception.
     */
    static LaunchException failed(String message) {
        return new LaunchException(TaskState.FAILED, TaskReason.CONTAINER_LAUNCH_FAILED, message);
    }

    /**
     * What the task ends as.
     *
     * @return a final state.
     */
    public TaskState state() {
        return state;
    }

    /**
     * Why.
     *
     * @return the reason.
     */
    public TaskReason reason() {
        return reason;
    }
}

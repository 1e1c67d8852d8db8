package io.kernos.client;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskUpdateDecoder;
import org.agrona.DirectBuffer;

/**
 * The state of a task as the master's log has it. Reused by the session: valid during the listener's call, and
 * {@link #copy()} keeps one. Reading it allocates nothing but the message's text, once asked for.
 */
public final class TaskUpdate {
    private final TaskUpdateDecoder decoder;
    private long frameworkId;
    private long taskId;
    private long agentId;
    private long relayedNs;
    private long receivedNs;
    private long startedNs;
    private long endedNs;
    private int sequence;
    private int exitStatus;
    private TaskState state;
    private TaskReason reason;
    private String message;

    TaskUpdate() {
        decoder = new TaskUpdateDecoder();
    }

    private TaskUpdate(TaskUpdate other) {
        decoder = null;
        frameworkId = other.frameworkId;
        taskId = other.taskId;
        agentId = other.agentId;
        relayedNs = other.relayedNs;
        receivedNs = other.receivedNs;
        startedNs = other.startedNs;
        endedNs = other.endedNs;
        sequence = other.sequence;
        exitStatus = other.exitStatus;
        state = other.state;
        reason = other.reason;
        message = other.message();
    }

    void wrap(DirectBuffer buffer, int offset, int blockLength, int version) {
        decoder.wrap(buffer, offset, blockLength, version);
        frameworkId = decoder.frameworkId();
        taskId = decoder.taskId();
        agentId = decoder.agentId();
        relayedNs = decoder.relayedNs();
        receivedNs = decoder.receivedNs();
        startedNs = decoder.startedNs();
        endedNs = decoder.endedNs();
        sequence = decoder.sequence();
        exitStatus = decoder.exitStatus();
        state = decoder.state();
        reason = decoder.reason();
        message = null;
    }

    /**
     * Whose task.
     *
     * @return the framework's id.
     */
    public long frameworkId() {
        return frameworkId;
    }

    /**
     * Which task.
     *
     * @return its id, unique in its framework.
     */
    public long taskId() {
        return taskId;
    }

    /**
     * Where it is.
     *
     * @return the agent's id; 0: on none.
     */
    public long agentId() {
        return agentId;
    }

    /**
     * When the relay passed the launch on.
     *
     * @return nanoseconds since the epoch; 0: not known.
     */
    public long relayedNs() {
        return relayedNs;
    }

    /**
     * When the agent had the launch.
     *
     * @return nanoseconds since the epoch; 0: not known.
     */
    public long receivedNs() {
        return receivedNs;
    }

    /**
     * When the command was executed.
     *
     * @return nanoseconds since the epoch; 0: not known.
     */
    public long startedNs() {
        return startedNs;
    }

    /**
     * When it ended.
     *
     * @return nanoseconds since the epoch; 0: not known.
     */
    public long endedNs() {
        return endedNs;
    }

    /**
     * Which update of the task this is: a repeat has the same number.
     *
     * @return 1 and up; 0 for an answer to a reconciliation, which is not acknowledged.
     */
    public int sequence() {
        return sequence;
    }

    /**
     * How it ended.
     *
     * @return the exit code, or the negative number of the signal that ended it; 0 where it did not end by itself.
     */
    public int exitStatus() {
        return exitStatus;
    }

    /**
     * Where the task is in its life.
     *
     * @return the state.
     */
    public TaskState state() {
        return state;
    }

    /**
     * Why it is there.
     *
     * @return the reason; {@link TaskReason#NONE} where the state says it all.
     */
    public TaskReason reason() {
        return reason;
    }

    /**
     * Whether nothing will follow.
     *
     * @return true when the state is final.
     */
    public boolean isFinal() {
        return isFinal(state);
    }

    /**
     * More about the reason, for people.
     *
     * @return the text; may be empty.
     */
    public String message() {
        if (message == null) {
            message = decoder.message();
        }
        return message;
    }

    /**
     * Keeps it beyond the listener's call.
     *
     * @return a copy that never changes.
     */
    public TaskUpdate copy() {
        return new TaskUpdate(this);
    }

    @Override
    public String toString() {
        return "task " + frameworkId + '.' + taskId + ' ' + state + " (" + reason + ", exit status " + exitStatus + ") "
                + message();
    }

    /**
     * Whether a task in this state will never change again.
     *
     * @param state to judge.
     * @return true for FINISHED to GONE.
     */
    public static boolean isFinal(TaskState state) {
        return state.value() >= TaskState.FINISHED.value() && state.value() <= TaskState.GONE.value();
    }
}

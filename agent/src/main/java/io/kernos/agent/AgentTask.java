package io.kernos.agent;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/**
 * One task that the agent has, from its launch until the master acknowledged its end. Changed by the core alone; others
 * read it on the core's thread.
 */
public final class AgentTask {
    static final int RUNNING_BIT = 1;
    static final int KILLING_BIT = 2;
    static final int END_BIT = 4;

    private static final int[] NO_PORTS = {};

    final long frameworkId;
    final long taskId;
    final int templateId;
    final int taskIndex;
    final long relayedNs;

    /** Null for a task that was refused. */
    TaskTemplate template;
    /** Pairs of first and last. */
    int[] portRanges = NO_PORTS;

    long receivedNs;
    long startedNs;
    long endedNs;
    /** Supervisor of whom it was ordered, or is about to be; 0: of none yet. */
    long supervisorId;

    TaskPhase phase = TaskPhase.ACCEPTED;
    TaskState endState = TaskState.UNKNOWN;
    TaskReason endReason = TaskReason.NONE;
    int exitStatus;
    String message = "";

    boolean killRequested;
    int killGraceMs;
    long destroyAtMs;

    /** Whether its kill is in the journal, so that the master may be told. */
    boolean killDurable;
    /** Whether its end is in the journal, so that the master may be told and the supervisor may forget it. */
    boolean endDurable;
    /** Whether its launch was refused: the journal holds none, so no later life of the agent can tell another end. */
    boolean refused;
    /** Whether it waits for the journal to be written. */
    boolean journalQueued;
    /** Whether the supervisor told of it since the last recovery began. */
    boolean told;

    int unacknowledged;
    int unsent;
    long sentMs;
    long retryPauseMs;
    boolean statusQueued;
    boolean orderQueued;
    /** Whether it is from an earlier life of the agent. */
    boolean restored;

    boolean sandboxMade;

    AgentTask previous;
    AgentTask next;

    AgentTask(long frameworkId, long taskId, int templateId, int taskIndex, long relayedNs, long receivedNs) {
        this.frameworkId = frameworkId;
        this.taskId = taskId;
        this.templateId = templateId;
        this.taskIndex = taskIndex;
        this.relayedNs = relayedNs;
        this.receivedNs = receivedNs;
    }

    /**
     * Whose it is.
     *
     * @return number given by the master.
     */
    public long frameworkId() {
        return frameworkId;
    }

    /**
     * Its number among those of the framework.
     *
     * @return chosen by the framework.
     */
    public long taskId() {
        return taskId;
    }

    /**
     * Which of its submit it is.
     *
     * @return from 0.
     */
    public int taskIndex() {
        return taskIndex;
    }

    /**
     * Where it is in its life here.
     *
     * @return the phase.
     */
    public TaskPhase phase() {
        return phase;
    }

    /**
     * What the master is told of it now: its phase, or the one before that while the journal cannot be written.
     *
     * @return the state.
     */
    public TaskState state() {
        if (endTold()) {
            return endState;
        }
        if (killDurable) {
            return TaskState.KILLING;
        }
        return startedNs == 0 ? TaskState.STARTING : TaskState.RUNNING;
    }

    /**
     * Why it ended as it did.
     *
     * @return the reason, {@link TaskReason#NONE} while it did not.
     */
    public TaskReason endReason() {
        return endReason;
    }

    /**
     * What a person is told of its end.
     *
     * @return words; may be empty.
     */
    public String message() {
        return message;
    }

    /**
     * How it ended.
     *
     * @return exit code, or -signal; 0 where it did not end by itself.
     */
    public int exitStatus() {
        return exitStatus;
    }

    /**
     * When the relay passed its launch on.
     *
     * @return nanoseconds since 1970; 0: not known.
     */
    public long relayedNs() {
        return relayedNs;
    }

    /**
     * When the agent had its launch.
     *
     * @return nanoseconds since 1970.
     */
    public long receivedNs() {
        return receivedNs;
    }

    /**
     * When its command was executed.
     *
     * @return nanoseconds since 1970; 0: not, or not known.
     */
    public long startedNs() {
        return startedNs;
    }

    /**
     * When it ended.
     *
     * @return nanoseconds since 1970; 0: not, or not known.
     */
    public long endedNs() {
        return endedNs;
    }

    /**
     * How many ports it was given.
     *
     * @return count.
     */
    public int portCount() {
        int count = 0;
        for (int i = 0; i < portRanges.length; i += 2) {
            count += portRanges[i + 1] - portRanges[i] + 1;
        }
        return count;
    }

    /**
     * One of its ports.
     *
     * @param index from 0 to less than {@link #portCount()}.
     * @return the port.
     */
    public int port(int index) {
        int left = index;
        for (int i = 0; i < portRanges.length; i += 2) {
            int length = portRanges[i + 1] - portRanges[i] + 1;
            if (left < length) {
                return portRanges[i] + left;
            }
            left -= length;
        }
        throw new IndexOutOfBoundsException(index);
    }

    boolean live() {
        return phase != TaskPhase.ENDED;
    }

    /** Whether it ended and the master may know. */
    boolean endTold() {
        return !live() && (endDurable || refused);
    }

    static int bit(TaskState state) {
        return switch (state) {
            case RUNNING -> RUNNING_BIT;
            case KILLING -> KILLING_BIT;
            case PENDING, STAGING, STARTING, UNREACHABLE, UNKNOWN, NULL_VAL -> 0;
            default -> END_BIT;
        };
    }

    @Override
    public String toString() {
        return "task " + frameworkId + "/" + taskId + " " + phase + (live() ? "" : " " + endState + " " + endReason);
    }
}

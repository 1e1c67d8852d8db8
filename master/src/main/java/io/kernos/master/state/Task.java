package io.kernos.master.state;

import io.kernos.allocator.RangeSet;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** A task that was placed, or ended before it could be. Kept until its last update is acknowledged; used again then. */
final class Task {
    /** Longest message of a task that is kept; a longer one is cut. */
    static final int MAX_MESSAGE_BYTES = 1024;

    private static final int KEPT_MESSAGE_BYTES = 128;
    private static final byte[] NO_MESSAGE = new byte[0];

    final Link<Task> inAll = new Link<>(this);
    final Link<Task> inFramework = new Link<>(this);
    final Link<Task> inAgent = new Link<>(this);
    final Link<Task> inQueue = new Link<>(this);
    final Link<Task> inDirty = new Link<>(this);

    Framework framework;
    /** Null where its framework never registered it. */
    Template template;

    int templateId;
    Agent agent;
    long agentId;
    long taskId;
    int taskIndex;
    TaskState state;
    TaskState progress;
    TaskReason reason;
    int sequence;
    int sentSequence;
    int acknowledgedSequence;
    long queueStamp;
    boolean answerWanted;
    boolean killRequested;
    int killGraceMs;
    boolean listed;
    long relayedNs;
    long receivedNs;
    long startedNs;
    long endedNs;
    long createdMs;
    long updatedMs;
    int exitStatus;
    RangeSet ports;
    byte[] message = NO_MESSAGE;
    int messageLength;

    void clear() {
        framework = null;
        template = null;
        templateId = 0;
        agent = null;
        agentId = 0;
        taskId = 0;
        taskIndex = 0;
        state = TaskState.PENDING;
        progress = TaskState.PENDING;
        reason = TaskReason.NONE;
        sequence = 0;
        sentSequence = 0;
        acknowledgedSequence = 0;
        queueStamp = 0;
        answerWanted = false;
        killRequested = false;
        killGraceMs = -1;
        listed = false;
        relayedNs = 0;
        receivedNs = 0;
        startedNs = 0;
        endedNs = 0;
        createdMs = 0;
        updatedMs = 0;
        exitStatus = 0;
        messageLength = 0;
        if (message.length > KEPT_MESSAGE_BYTES) {
            message = NO_MESSAGE;
        }
        if (ports != null) {
            ports.clear();
        }
    }

    boolean isFinal() {
        return TaskStates.isFinal(state);
    }

    boolean hasPorts() {
        return ports != null && !ports.isEmpty();
    }

    void ports(RangeSet from) {
        if (ports == null) {
            if (from.isEmpty()) {
                return;
            }
            ports = new RangeSet();
        }
        ports.copyFrom(from);
    }

    void message(DirectBuffer buffer, int offset, int length) {
        int kept = Math.min(length, MAX_MESSAGE_BYTES);
        if (kept < length) {
            while (kept > 0 && (buffer.getByte(offset + kept) & 0xC0) == 0x80) {
                kept--;
            }
        }
        if (message.length < kept) {
            message = Arrays.copyOf(message, Math.max(kept, KEPT_MESSAGE_BYTES));
        }
        buffer.getBytes(offset, message, 0, kept);
        messageLength = kept;
    }

    @Override
    public String toString() {
        return "task " + taskId + " of framework " + (framework == null ? 0 : framework.id) + " " + state;
    }
}

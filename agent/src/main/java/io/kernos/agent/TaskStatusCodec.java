package io.kernos.agent;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Writes the status of a task, for the wire and for the journal.
 */
final class TaskStatusCodec {
    /** Longest text of a status, bytes; what is beyond is cut. */
    static final int MAX_MESSAGE_BYTES = 1024;

    private TaskStatusCodec() {}

    static void encode(TaskStatusEncoder status, long connectionId, AgentTask task, TaskState state) {
        boolean end = AgentTask.bit(state) == AgentTask.END_BIT;
        status.connectionId(connectionId)
                .frameworkId(task.frameworkId)
                .taskId(task.taskId)
                .relayedNs(task.relayedNs)
                .receivedNs(task.receivedNs)
                .startedNs(task.startedNs)
                .endedNs(end ? task.endedNs : 0)
                .exitStatus(end ? task.exitStatus : 0)
                .state(state)
                .reason(end ? task.endReason : TaskReason.NONE);
        if (end && !task.message.isEmpty()) {
            byte[] text = task.message.getBytes(StandardCharsets.UTF_8);
            status.putMessage(text, 0, cut(text));
        } else {
            status.putMessage(NO_TEXT, 0, 0);
        }
    }

    private static final byte[] NO_TEXT = {};

    private static int cut(byte[] text) {
        int length = Math.min(text.length, MAX_MESSAGE_BYTES);
        while (length > 0 && length < text.length && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }
}

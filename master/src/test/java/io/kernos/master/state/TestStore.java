package io.kernos.master.state;

import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A read side in a test: keeps the newest record of each object, and the history. */
final class TestStore implements StateFeed {
    private final Map<String, byte[]> live = new TreeMap<>();
    private final List<byte[]> history = new ArrayList<>();
    boolean isFull;

    @Override
    public boolean put(int recordTemplateId, long key1, long key2, DirectBuffer buffer, int offset, int length) {
        if (!isFull) {
            live.put(key(recordTemplateId, key1, key2), bytes(buffer, offset, length));
        }
        return !isFull;
    }

    @Override
    public boolean remove(int recordTemplateId, long key1, long key2) {
        if (!isFull) {
            live.remove(key(recordTemplateId, key1, key2));
        }
        return !isFull;
    }

    @Override
    public boolean retire(long frameworkId, long taskId, DirectBuffer buffer, int offset, int length) {
        if (!isFull) {
            live.remove(key(TaskRecordDecoder.TEMPLATE_ID, frameworkId, taskId));
            history.add(bytes(buffer, offset, length));
        }
        return !isFull;
    }

    /** How many objects of a kind are live. */
    long count(int recordTemplateId) {
        return live.keySet().stream()
                .filter(each -> each.startsWith(recordTemplateId + "/"))
                .count();
    }

    /** The newest record of an object; null if it is not there. */
    DirectBuffer live(int recordTemplateId, long key1, long key2) {
        byte[] record = live.get(key(recordTemplateId, key1, key2));
        return record == null ? null : new UnsafeBuffer(record);
    }

    int historySize() {
        return history.size();
    }

    /** The state in which a task went into the history; null if it did not. */
    TaskState ended(long frameworkId, long taskId) {
        TaskState state = null;
        for (byte[] record : history) {
            TaskRecordDecoder task =
                    new TaskRecordDecoder().wrapAndApplyHeader(new UnsafeBuffer(record), 0, new MessageHeaderDecoder());
            if (task.frameworkId() == frameworkId && task.taskId() == taskId) {
                if (state != null) {
                    throw new AssertionError("task " + taskId + " ended twice");
                }
                state = task.state();
            }
        }
        return state;
    }

    private static String key(int recordTemplateId, long key1, long key2) {
        return recordTemplateId + "/" + key1 + "/" + key2;
    }

    private static byte[] bytes(DirectBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return bytes;
    }
}

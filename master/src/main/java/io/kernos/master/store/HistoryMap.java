package io.kernos.master.store;

import java.io.IOException;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The writing side of the history: a map of the tasks that are done with, and the order in which they came, of which
 * the oldest is dropped when there is no room. Each value begins with its number in that order, for readers. For one
 * thread.
 */
final class HistoryMap {
    private static final int FIRST_ROOM = 1024;

    private final RecordMap map;
    private final int capacity;
    private final HistoryLog log;
    private final StoreMark mark;
    private final RecordKey key = new RecordKey();
    private final RecordValue value = new RecordValue();
    private long[] keys1;
    private long[] keys2;
    private int oldest;
    private int count;
    private long nextNumber = 1;

    HistoryMap(RecordMap map, int capacity, HistoryLog log, StoreMark mark) {
        this.map = map;
        this.capacity = capacity;
        this.log = log;
        this.mark = mark;
        this.keys1 = new long[Math.min(capacity, FIRST_ROOM)];
        this.keys2 = new long[keys1.length];
    }

    /**
     * Adds a task, or puts its newest record in place of the one that is there.
     *
     * @return false if a reader holds a lock; call again with the same task.
     */
    boolean tryAdd(long frameworkId, long taskId, DirectBuffer record, int offset, int length) {
        if (!tryPut(nextNumber, frameworkId, taskId, record, offset, length)) {
            return false;
        }
        log.append(value.number(), frameworkId, taskId, record, offset, length);
        return true;
    }

    /** Takes over what the log has. Only for an empty one that no reader has open. */
    void restore() throws IOException {
        log.load((number, key1, key2, buffer, offset, length) -> {
            if (!tryPut(number, key1, key2, buffer, offset, length)) {
                throw new IllegalStateException("the history is written by another process");
            }
            mark.add(StoreCounter.HISTORY_RESTORES, 1);
        });
    }

    private boolean tryPut(long number, long key1, long key2, DirectBuffer record, int offset, int length) {
        if (map.read(key.of(key1, key2), value)) {
            return map.tryPut(key, value.of(value.number(), record, offset, length));
        }
        if (count == capacity && !tryDropOldest()) {
            return false;
        }
        key.of(key1, key2);
        if (!map.tryPut(key, value.of(number, record, offset, length))) {
            return false;
        }
        remember(key1, key2);
        nextNumber = Math.max(nextNumber, number + 1);
        return true;
    }

    private boolean tryDropOldest() {
        if (!map.tryRemove(key.of(keys1[oldest], keys2[oldest]))) {
            return false;
        }
        oldest = oldest + 1 == keys1.length ? 0 : oldest + 1;
        count--;
        mark.add(StoreCounter.HISTORY_DROPS, 1);
        return true;
    }

    private void remember(long frameworkId, long taskId) {
        if (count == keys1.length) {
            grow();
        }
        int slot = oldest + count;
        slot = slot >= keys1.length ? slot - keys1.length : slot;
        keys1[slot] = frameworkId;
        keys2[slot] = taskId;
        count++;
    }

    /** Nothing was dropped yet where there is room to grow into, so the oldest is the first. */
    private void grow() {
        int room = (int) Math.min(capacity, 2L * keys1.length);
        keys1 = Arrays.copyOf(keys1, room);
        keys2 = Arrays.copyOf(keys2, room);
    }
}

package io.kernos.master.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * The writing side of the history: a map of the tasks that are done with, and the order in which they came, of which
 * the oldest is dropped when there is no room. The order is kept in each value as its number, so that it can be found
 * again in the file. For one thread.
 */
final class HistoryMap implements AutoCloseable {
    private static final int FIRST_ROOM = 1024;

    private final RecordMap map;
    private final int capacity;
    private final StoreMark mark;
    private final RecordKey key = new RecordKey();
    private final RecordValue value = new RecordValue();
    private long[] keys1;
    private long[] keys2;
    private int oldest;
    private int count;
    private long nextNumber = 1;

    HistoryMap(RecordMap map, int capacity, StoreMark mark) {
        this.map = map;
        this.capacity = capacity;
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
        key.of(frameworkId, taskId);
        if (map.read(key, value)) {
            return map.tryPut(key, value.of(value.number(), record, offset, length));
        }
        if (count == capacity && !tryDropOldest()) {
            return false;
        }
        key.of(frameworkId, taskId);
        if (!map.tryPut(key, value.of(nextNumber, record, offset, length))) {
            return false;
        }
        remember(frameworkId, taskId);
        nextNumber++;
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

    /**
     * Takes over what another history has, the newest as far as there is room. Only for an empty one.
     *
     * @return how many were taken over.
     */
    int addAll(RecordMap other) {
        List<Entry> entries = new ArrayList<>();
        other.readAll((otherKey, otherValue) ->
                entries.add(new Entry(otherValue.number(), otherKey.key1(), otherKey.key2())));
        entries.sort(Comparator.comparingLong(Entry::number));
        List<Entry> newest = entries.subList(Math.max(0, entries.size() - capacity), entries.size());
        for (Entry entry : newest) {
            key.of(entry.key1, entry.key2);
            if (!other.read(key, value) || !map.tryPut(key, value)) {
                throw new IllegalStateException("history is written by another process");
            }
            remember(entry.key1, entry.key2);
            nextNumber = entry.number + 1;
        }
        return newest.size();
    }

    @Override
    public void close() {
        map.close();
    }

    private record Entry(long number, long key1, long key2) {}
}

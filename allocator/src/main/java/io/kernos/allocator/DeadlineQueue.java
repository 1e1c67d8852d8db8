package io.kernos.allocator;

import org.agrona.collections.Long2LongHashMap;

/**
 * Entries by the millisecond at which they are due. Entries due at the same time share a bucket, and only buckets are
 * in the heap: most come and go without touching it.
 */
final class DeadlineQueue {
    static final int NONE = -1;

    private static final long MISSING = -1;

    private final Long2LongHashMap bucketByDeadline = new Long2LongHashMap(MISSING);
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private int[] bucketOf = new int[0];
    private long[] deadlines = new long[0];
    private int[] heads = new int[0];
    private int[] positions = new int[0];
    private int[] freeBuckets = new int[0];
    private int freeCount;
    private int bucketCount;
    private int[] heap = new int[0];
    private int heapSize;

    /** When the earliest entry is due, or the largest long. */
    long earliest() {
        return heapSize == 0 ? Long.MAX_VALUE : deadlines[heap[0]];
    }

    /** One of the earliest entries, or NONE. */
    int first() {
        return heapSize == 0 ? NONE : heads[heap[0]];
    }

    void add(int entry, long deadline) {
        next = Columns.grow(next, entry + 1);
        previous = Columns.grow(previous, entry + 1);
        bucketOf = Columns.grow(bucketOf, entry + 1);
        long found = bucketByDeadline.get(deadline);
        int bucket = found == MISSING ? openBucket(deadline) : (int) found;
        int head = heads[bucket];
        bucketOf[entry] = bucket;
        previous[entry] = NONE;
        next[entry] = head;
        heads[bucket] = entry;
        if (head != NONE) {
            previous[head] = entry;
        }
    }

    void remove(int entry) {
        int bucket = bucketOf[entry];
        if (previous[entry] == NONE) {
            heads[bucket] = next[entry];
        } else {
            next[previous[entry]] = next[entry];
        }
        if (next[entry] != NONE) {
            previous[next[entry]] = previous[entry];
        }
        if (heads[bucket] == NONE) {
            closeBucket(bucket);
        }
    }

    long deadline(int entry) {
        return deadlines[bucketOf[entry]];
    }

    private int openBucket(long deadline) {
        int bucket = freeCount > 0 ? freeBuckets[--freeCount] : bucketCount++;
        deadlines = Columns.grow(deadlines, bucket + 1);
        heads = Columns.grow(heads, bucket + 1);
        positions = Columns.grow(positions, bucket + 1);
        heap = Columns.grow(heap, heapSize + 1);
        deadlines[bucket] = deadline;
        heads[bucket] = NONE;
        bucketByDeadline.put(deadline, bucket);
        siftUp(heapSize++, bucket);
        return bucket;
    }

    private void closeBucket(int bucket) {
        bucketByDeadline.remove(deadlines[bucket]);
        int position = positions[bucket];
        int last = heap[--heapSize];
        if (last != bucket) {
            siftUp(position, last);
            siftDown(positions[last], last);
        }
        freeBuckets = Columns.grow(freeBuckets, freeCount + 1);
        freeBuckets[freeCount++] = bucket;
    }

    private void siftUp(int from, int bucket) {
        int position = from;
        while (position > 0) {
            int parent = (position - 1) >> 1;
            if (deadlines[heap[parent]] <= deadlines[bucket]) {
                break;
            }
            place(heap[parent], position);
            position = parent;
        }
        place(bucket, position);
    }

    private void siftDown(int from, int bucket) {
        int position = from;
        while (2 * position + 1 < heapSize) {
            int child = 2 * position + 1;
            if (child + 1 < heapSize && deadlines[heap[child + 1]] < deadlines[heap[child]]) {
                child++;
            }
            if (deadlines[bucket] <= deadlines[heap[child]]) {
                break;
            }
            place(heap[child], position);
            position = child;
        }
        place(bucket, position);
    }

    private void place(int bucket, int position) {
        heap[position] = bucket;
        positions[bucket] = position;
    }
}

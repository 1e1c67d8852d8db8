package io.kernos.client;

/**
 * Updates that were taken and have to be acknowledged, gathered so that many go in one message. Bounded: an owner that
 * must lose none looks for room first.
 */
final class Acknowledgements {
    private final int mask;
    private final long[] taskIds;
    private final int[] sequences;
    private long head;
    private long tail;

    Acknowledgements(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("capacity=" + capacity + " must be a power of two");
        }
        mask = capacity - 1;
        taskIds = new long[capacity];
        sequences = new int[capacity];
    }

    boolean add(long taskId, int sequence) {
        if (isFull()) {
            return false;
        }
        int slot = (int) tail & mask;
        taskIds[slot] = taskId;
        sequences[slot] = sequence;
        tail++;
        return true;
    }

    boolean isFull() {
        return tail - head > mask;
    }

    int size() {
        return (int) (tail - head);
    }

    long taskId(int index) {
        return taskIds[(int) (head + index) & mask];
    }

    int sequence(int index) {
        return sequences[(int) (head + index) & mask];
    }

    void drop(int count) {
        head += count;
    }

    void clear() {
        head = tail;
    }
}

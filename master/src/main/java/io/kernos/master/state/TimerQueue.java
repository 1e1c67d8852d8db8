package io.kernos.master.state;

import java.util.Arrays;

/**
 * Deadlines of numbered objects, at most one for each kind and index. What is due comes out in ascending order of
 * (deadline, kind, index), whatever the order in which it was scheduled.
 */
final class TimerQueue {
    static final long NONE = -1;

    private static final int KIND_SHIFT = 32;
    private static final int ABSENT = -1;

    private final int[][] positions;
    private long[] deadlines = new long[16];
    private long[] timers = new long[16];
    private int size;

    TimerQueue(int kinds) {
        positions = new int[kinds][0];
    }

    static int kind(long timer) {
        return (int) (timer >> KIND_SHIFT);
    }

    static int index(long timer) {
        return (int) timer;
    }

    /** The earliest deadline, or NO_DEADLINE. */
    long nextDeadlineMs() {
        return size == 0 ? MasterStateMachine.NO_DEADLINE : deadlines[0];
    }

    void schedule(int kind, int index, long deadlineMs) {
        cancel(kind, index);
        if (size == timers.length) {
            deadlines = Arrays.copyOf(deadlines, size * 2);
            timers = Arrays.copyOf(timers, size * 2);
        }
        if (index >= positions[kind].length) {
            int length = positions[kind].length;
            positions[kind] = Arrays.copyOf(positions[kind], Math.max(index + 1, Math.max(16, length * 2)));
            Arrays.fill(positions[kind], length, positions[kind].length, ABSENT);
        }
        size++;
        siftUp(size - 1, deadlineMs, ((long) kind << KIND_SHIFT) | index);
    }

    void cancel(int kind, int index) {
        if (index >= positions[kind].length || positions[kind][index] == ABSENT) {
            return;
        }
        removeAt(positions[kind][index]);
    }

    boolean isScheduled(int kind, int index) {
        return index < positions[kind].length && positions[kind][index] != ABSENT;
    }

    /** The deadline of a timer that is scheduled. */
    long deadlineMs(int kind, int index) {
        return deadlines[positions[kind][index]];
    }

    int size() {
        return size;
    }

    /** Takes the next timer that is due; NONE if none is. */
    long poll(long nowMs) {
        if (size == 0 || deadlines[0] > nowMs) {
            return NONE;
        }
        long timer = timers[0];
        removeAt(0);
        return timer;
    }

    private void removeAt(int position) {
        positions[kind(timers[position])][index(timers[position])] = ABSENT;
        size--;
        if (position == size) {
            return;
        }
        long deadlineMs = deadlines[size];
        long timer = timers[size];
        siftUp(position, deadlineMs, timer);
        siftDown(positions[kind(timer)][index(timer)], deadlineMs, timer);
    }

    private void siftUp(int from, long deadlineMs, long timer) {
        int at = from;
        while (at > 0) {
            int parent = (at - 1) >> 1;
            if (!isBefore(deadlineMs, timer, parent)) {
                break;
            }
            place(at, deadlines[parent], timers[parent]);
            at = parent;
        }
        place(at, deadlineMs, timer);
    }

    private void siftDown(int from, long deadlineMs, long timer) {
        int at = from;
        int child = 2 * at + 1;
        while (child < size) {
            if (child + 1 < size && isBefore(deadlines[child + 1], timers[child + 1], child)) {
                child++;
            }
            if (isBefore(deadlineMs, timer, child)) {
                break;
            }
            place(at, deadlines[child], timers[child]);
            at = child;
            child = 2 * at + 1;
        }
        place(at, deadlineMs, timer);
    }

    private boolean isBefore(long deadlineMs, long timer, int position) {
        long other = deadlines[position];
        return deadlineMs < other || (deadlineMs == other && timer < timers[position]);
    }

    private void place(int position, long deadlineMs, long timer) {
        deadlines[position] = deadlineMs;
        timers[position] = timer;
        positions[kind(timer)][index(timer)] = position;
    }
}

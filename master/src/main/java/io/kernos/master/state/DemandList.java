package io.kernos.master.state;

import java.util.Arrays;

/** The demands of one framework in ascending order of their tasks, found by a task's id in logarithmic time. */
final class DemandList {
    private static final int FIRST_CAPACITY = 4;

    private long[] firstIds = new long[FIRST_CAPACITY];
    private Demand[] demands = new Demand[FIRST_CAPACITY];
    private int length;
    private int gone;

    int size() {
        return length - gone;
    }

    /** Adds a demand; where its tasks do not come last, what comes after moves. */
    void add(Demand demand) {
        if (length == demands.length && gone >= length / 4) {
            compact();
        }
        if (length == demands.length) {
            firstIds = Arrays.copyOf(firstIds, length * 2);
            demands = Arrays.copyOf(demands, length * 2);
        }
        int at = length == 0 || firstIds[length - 1] < demand.firstTaskId ? length : slotAfter(demand.firstTaskId);
        System.arraycopy(firstIds, at, firstIds, at + 1, length - at);
        System.arraycopy(demands, at, demands, at + 1, length - at);
        firstIds[at] = demand.firstTaskId;
        demands[at] = demand;
        length++;
    }

    void remove(Demand demand) {
        int at = slotAfter(demand.firstTaskId) - 1;
        if (at < 0 || demands[at] != demand) {
            throw new IllegalStateException("not listed: " + demand);
        }
        demands[at] = null;
        gone++;
        if (gone == length) {
            length = 0;
            gone = 0;
        }
    }

    /** The first demand of which a task with this id or a higher one waits; null if there is none. */
    Demand from(long taskId) {
        int at = Math.max(0, slotAfter(taskId) - 1);
        while (at < length) {
            Demand demand = demands[at];
            if (demand != null && demand.endTaskId() > taskId) {
                return demand;
            }
            at++;
        }
        return null;
    }

    /** The demand in which a task waits; null if it waits in none. */
    Demand of(long taskId) {
        int at = slotAfter(taskId) - 1;
        if (at < 0 || demands[at] == null) {
            return null;
        }
        Demand demand = demands[at];
        return demand.nextTaskId <= taskId && taskId < demand.endTaskId() ? demand : null;
    }

    /** The demand that comes first; null if there is none. */
    Demand first() {
        for (int i = 0; i < length; i++) {
            if (demands[i] != null) {
                return demands[i];
            }
        }
        return null;
    }

    /** The demand that comes after one of these; null if it is the last. */
    Demand after(Demand demand) {
        for (int i = slotAfter(demand.firstTaskId); i < length; i++) {
            if (demands[i] != null) {
                return demands[i];
            }
        }
        return null;
    }

    private int slotAfter(long taskId) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (firstIds[middle] <= taskId) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void compact() {
        int to = 0;
        for (int from = 0; from < length; from++) {
            if (demands[from] != null) {
                demands[to] = demands[from];
                firstIds[to] = firstIds[from];
                to++;
            }
        }
        Arrays.fill(demands, to, length, null);
        length = to;
        gone = 0;
    }
}

package io.kernos.allocator;

import java.util.Arrays;

/**
 * How many tasks of a role may still be told to leave. Time is cut into windows of equal length; at the end of each
 * all that was spent is forgotten.
 */
final class PreemptionBudget {
    private final int tasksPerRole;
    private final long windowMs;
    private int[] spent = new int[0];
    private long spentInAll;
    private long windowEndMs = Allocator.NO_DEADLINE;
    private long nowMs;

    PreemptionBudget(AllocatorContext context) {
        tasksPerRole = context.preemptionTasksPerRole();
        windowMs = context.preemptionWindowMs();
    }

    /** Forgets what was spent if the window is over; returns whether there was anything. */
    boolean advance(long nowMs) {
        this.nowMs = nowMs;
        boolean isOver = windowEndMs <= nowMs;
        if (isOver) {
            Arrays.fill(spent, 0);
            spentInAll = 0;
            windowEndMs = Allocator.NO_DEADLINE;
        }
        return isOver;
    }

    boolean isAnyLeft(int role) {
        return spent(role) < tasksPerRole;
    }

    int spent(int role) {
        return role < spent.length ? spent[role] : 0;
    }

    /** Every role of which anything is spent is below this. */
    int bound() {
        return spent.length;
    }

    /** Spends, or gives back where the change is negative. */
    void spend(int role, int change) {
        spent = Columns.grow(spent, role + 1);
        spent[role] += change;
        spentInAll += change;
        if (spentInAll == 0) {
            windowEndMs = Allocator.NO_DEADLINE;
        } else if (windowEndMs == Allocator.NO_DEADLINE) {
            windowEndMs = nowMs - nowMs % windowMs + windowMs;
        }
    }

    /** What was spent before this allocator existed, in a window that ends then. */
    void restore(int role, int tasks, long windowEndMs) {
        spent = Columns.grow(spent, role + 1);
        spent[role] += tasks;
        spentInAll += tasks;
        this.windowEndMs = windowEndMs;
    }

    /** Forgets what was spent of a role that goes. */
    void forget(int role) {
        if (spent(role) > 0) {
            spentInAll -= spent[role];
            spent[role] = 0;
            windowEndMs = spentInAll == 0 ? Allocator.NO_DEADLINE : windowEndMs;
        }
    }

    /** When what was spent is forgotten, or {@link Allocator#NO_DEADLINE} where nothing is spent. */
    long windowEndMs() {
        return windowEndMs;
    }
}

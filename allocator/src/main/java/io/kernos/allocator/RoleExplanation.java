package io.kernos.allocator;

import java.util.Arrays;

/** Why a role gets no more: what quotas allow it, and who asks in it. Filled by a {@link RoleExplainer}. */
public final class RoleExplanation {
    /** Whether a framework asks for anything. */
    public enum Asking {
        /** It is not active, and gets nothing. */
        INACTIVE,
        /**
         * It wants no offers at present, and has no demand with enough tasks for a step; places that are being made for
         * it count as found.
         */
        SUPPRESSED,
        /** It wants offers, or has a demand with enough tasks for a step: one, or a whole gang. */
        CONTENDING
    }

    private final int[] frameworks = new int[Asking.values().length];
    private final QuotaExplanation quota = new QuotaExplanation();
    private long waitingTasks;

    /** Nothing explained yet. */
    public RoleExplanation() {}

    /**
     * How many frameworks in the role and below it ask for something.
     *
     * @param asking each framework is in exactly one such state.
     * @return the number of frameworks.
     */
    public int frameworks(Asking asking) {
        return frameworks[asking.ordinal()];
    }

    /**
     * How many tasks of demands in the role and below it are not placed.
     *
     * @return the number of tasks.
     */
    public long waitingTasks() {
        return waitingTasks;
    }

    /**
     * What quotas allow the role: whether it may get any more of each kind.
     *
     * @return always the same object.
     */
    public QuotaExplanation quota() {
        return quota;
    }

    void begin() {
        Arrays.fill(frameworks, 0);
        waitingTasks = 0;
    }

    void count(Asking asking) {
        frameworks[asking.ordinal()]++;
    }

    void countWaiting(int tasks) {
        waitingTasks += tasks;
    }
}

package io.kernos.master.state;

import io.kernos.allocator.Allocator;

/** What follows each command: what came due, and all that the command made possible. */
final class Steps {
    private final Tables tables;
    private final Allocator allocator;
    private final Decisions decisions;
    private final Demands demands;
    private final Offers offers;
    private final Frameworks frameworks;
    private final Agents agents;

    Steps(
            Tables tables,
            Allocator allocator,
            Decisions decisions,
            Demands demands,
            Offers offers,
            Frameworks frameworks,
            Agents agents) {
        this.tables = tables;
        this.allocator = allocator;
        this.decisions = decisions;
        this.demands = demands;
        this.offers = offers;
        this.frameworks = frameworks;
        this.agents = agents;
    }

    /** Carries out what is due. */
    void expire(long nowMs) {
        offers.expire(nowMs);
        for (long timer = tables.timers.poll(nowMs); timer != TimerQueue.NONE; timer = tables.timers.poll(nowMs)) {
            int index = TimerQueue.index(timer);
            switch (TimerQueue.kind(timer)) {
                case TimerKinds.FRAMEWORK_REMOVAL -> frameworks.timeOut(tables.frameworks.byIndex(index));
                case TimerKinds.FRAMEWORK_TICK -> tables.attend(tables.frameworks.byIndex(index));
                case TimerKinds.AGENT -> agents.onDeadline(tables.agents.byIndex(index), nowMs);
                default -> throw new IllegalStateException("timer " + timer);
            }
        }
    }

    /**
     * Ends a command: tends to the frameworks concerned, then lets the allocator decide: once more, and only once,
     * where it offered more than may be, so that waiting tasks get what was given back.
     */
    void settle(long nowMs) {
        tend(nowMs);
        demands.release();
        decisions.begin(nowMs);
        allocate(nowMs);
        if (offers.giveBackSurplus(nowMs)) {
            allocate(nowMs);
            offers.giveBackSurplus(nowMs);
        }
        tend(nowMs);
    }

    private void allocate(long nowMs) {
        allocator.allocate(nowMs);
        demands.removeSpent();
    }

    long nextDeadlineMs() {
        long inTables = Math.min(tables.timers.nextDeadlineMs(), offers.nextDeadlineMs());
        return Math.min(inTables, allocator.nextDeadlineMs());
    }

    private void tend(long nowMs) {
        for (Framework each = tables.attention.poll(); each != null; each = tables.attention.poll()) {
            frameworks.tend(each, nowMs);
        }
    }
}

package io.kernos.master.node;

import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;

/**
 * Asks the leader for a snapshot whenever its interval is over and the log went on since the last one. That the log
 * went on by the snapshot itself is no news; what came while it was written is.
 */
final class SnapshotAgent implements Agent {
    private static final long CHECK_INTERVAL_MS = 100;

    private final SnapshotTarget target;
    private final EpochClock clock;
    private final long intervalMs;
    private long checkAtMs;
    private long dueMs;

    SnapshotAgent(SnapshotTarget target, EpochClock clock, long intervalMs) {
        this.target = target;
        this.clock = clock;
        this.intervalMs = intervalMs;
        dueMs = clock.time() + intervalMs;
    }

    @Override
    public int doWork() {
        long nowMs = clock.time();
        if (intervalMs == 0 || nowMs < checkAtMs) {
            return 0;
        }
        checkAtMs = nowMs + CHECK_INTERVAL_MS;
        if (nowMs < dueMs || !target.isLeader() || target.isBusy()) {
            return 0;
        }
        dueMs = nowMs + intervalMs;
        return target.commitPosition() != target.snapshotPosition() && target.request() ? 1 : 0;
    }

    @Override
    public String roleName() {
        return "kernos-snapshots";
    }
}

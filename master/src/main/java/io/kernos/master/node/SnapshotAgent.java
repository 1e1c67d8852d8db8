package io.kernos.master.node;

import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.service.Cluster;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.status.AtomicCounter;

/** Asks the leader for a snapshot whenever its interval is over and the log went on since the last one. */
final class SnapshotAgent implements Agent {
    private static final long CHECK_INTERVAL_MS = 100;
    private static final long NO_POSITION = -1;

    private final ConsensusModule.Context module;
    private final EpochClock clock;
    private final long intervalMs;
    private long checkAtMs;
    private long dueMs;
    private long lastPosition = NO_POSITION;
    private boolean isAsked;

    SnapshotAgent(ConsensusModule.Context module, EpochClock clock, long intervalMs) {
        this.module = module;
        this.clock = clock;
        this.intervalMs = intervalMs;
        dueMs = clock.time() + intervalMs;
    }

    @Override
    public int doWork() {
        long nowMs = clock.time();
        if (nowMs < checkAtMs) {
            return 0;
        }
        checkAtMs = nowMs + CHECK_INTERVAL_MS;
        if (isAsked) {
            return awaitEnd();
        }
        if (intervalMs == 0 || nowMs < dueMs || !isLeader(module)) {
            return 0;
        }
        dueMs = nowMs + intervalMs;
        isAsked = value(module.commitPositionCounter()) != lastPosition && request(module);
        return isAsked ? 1 : 0;
    }

    /** The snapshot itself makes the log go on, which is no news. */
    private int awaitEnd() {
        if (!is(module.controlToggleCounter(), ClusterControl.ToggleState.NEUTRAL.code()) && isLeader(module)) {
            return 0;
        }
        lastPosition = value(module.commitPositionCounter());
        isAsked = false;
        return 1;
    }

    /** Whether this member leads and its election is over. */
    static boolean isLeader(ConsensusModule.Context module) {
        return is(module.electionStateCounter(), ElectionState.CLOSED.code())
                && is(module.clusterNodeRoleCounter(), Cluster.Role.LEADER.code());
    }

    private static boolean is(AtomicCounter counter, long value) {
        return value(counter) == value;
    }

    /** Value of a counter; -1 once its owner ended, when the counter must not be read any more. */
    static long value(AtomicCounter counter) {
        return counter.isClosed() ? NO_POSITION : counter.get();
    }

    /** Ask for a snapshot now; false when something else is being done. */
    static boolean request(ConsensusModule.Context module) {
        AtomicCounter toggle = module.controlToggleCounter();
        return !toggle.isClosed() && ClusterControl.ToggleState.SNAPSHOT.toggle(toggle);
    }

    @Override
    public String roleName() {
        return "kernos-snapshots";
    }
}

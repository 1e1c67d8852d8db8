package io.kernos.master.cluster;

import io.aeron.cluster.service.Cluster;
import io.kernos.master.state.MasterStateMachine;

/**
 * Keeps one timer of the cluster at the state machine's next deadline. It is only ever moved forward in time by firing:
 * a timer that fires too early does no harm, and most deadlines move away before they come.
 */
final class DeadlineTimer {
    private static final long CORRELATION_ID = 1;

    private long scheduledMs = MasterStateMachine.NO_DEADLINE;

    void onFired(long correlationId) {
        if (correlationId == CORRELATION_ID) {
            scheduledMs = MasterStateMachine.NO_DEADLINE;
        }
    }

    void update(Cluster cluster, long deadlineMs) {
        if (deadlineMs >= scheduledMs) {
            return;
        }
        cluster.idleStrategy().reset();
        while (!cluster.scheduleTimer(CORRELATION_ID, deadlineMs)) {
            cluster.idleStrategy().idle();
        }
        scheduledMs = deadlineMs;
    }
}

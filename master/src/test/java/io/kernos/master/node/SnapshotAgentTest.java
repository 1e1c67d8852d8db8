package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SnapshotAgentTest {
    private static final long INTERVAL_MS = 10_000;

    private final Target target = new Target();
    private long nowMs;
    private final SnapshotAgent agent = new SnapshotAgent(target, () -> nowMs, INTERVAL_MS);

    @Test
    void shouldAskWhenItsIntervalIsOver() {
        target.commitPosition = 100;

        pass(INTERVAL_MS - 1);
        assertEquals(0, target.requests);
        pass(INTERVAL_MS);
        assertEquals(1, target.requests);
    }

    @Test
    void shouldTakeTheSnapshotItselfForNoNews() {
        snapshotIsTaken(100);

        pass(5 * INTERVAL_MS);

        assertEquals(1, target.requests);
    }

    @Test
    void shouldTakeForNewsWhatCameWhileTheSnapshotWasWritten() {
        target.commitPosition = 100;
        pass(INTERVAL_MS);
        target.snapshotPosition = 132;
        target.commitPosition = 300;
        pass(1_000);
        target.isBusy = false;

        pass(INTERVAL_MS);

        assertEquals(2, target.requests);
    }

    @Test
    void shouldAskAgainAfterASnapshotThatFailed() {
        target.commitPosition = 100;
        pass(INTERVAL_MS);
        target.commitPosition = 132;
        target.isBusy = false;

        pass(INTERVAL_MS);

        assertEquals(2, target.requests);
    }

    @Test
    void shouldTakeASnapshotThatAnotherAskedForAsItsOwn() {
        target.commitPosition = 132;
        target.snapshotPosition = 132;

        pass(5 * INTERVAL_MS);

        assertEquals(0, target.requests);
    }

    @Test
    void shouldAskOnlyTheLeaderAndOnlyWhenItIsNotBusy() {
        target.commitPosition = 100;
        target.isLeader = false;
        pass(2 * INTERVAL_MS);
        target.isLeader = true;
        target.isBusy = true;
        pass(2 * INTERVAL_MS);
        assertEquals(0, target.requests);

        target.isBusy = false;
        pass(INTERVAL_MS);
        assertEquals(1, target.requests);
    }

    private void snapshotIsTaken(long position) {
        target.commitPosition = position;
        pass(INTERVAL_MS);
        target.snapshotPosition = position + 32;
        target.commitPosition = position + 32;
        target.isBusy = false;
    }

    private void pass(long durationMs) {
        for (long untilMs = nowMs + durationMs; nowMs < untilMs; nowMs = Math.min(untilMs, nowMs + 100)) {
            agent.doWork();
        }
        agent.doWork();
    }

    /** A member whose snapshots take until the test says so. */
    private static final class Target implements SnapshotTarget {
        boolean isLeader = true;
        boolean isBusy;
        long commitPosition;
        long snapshotPosition = -1;
        int requests;

        @Override
        public boolean isLeader() {
            return isLeader;
        }

        @Override
        public boolean isBusy() {
            return isBusy;
        }

        @Override
        public long commitPosition() {
            return commitPosition;
        }

        @Override
        public long snapshotPosition() {
            return snapshotPosition;
        }

        @Override
        public boolean request() {
            requests++;
            isBusy = true;
            return true;
        }
    }
}

package io.kernos.transport;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Spins, then yields, then parks for a fraction of the time that was idle so far: a short silence inside a
 * conversation costs a short park, only a long one leads to long parks.
 */
final class LengtheningIdleStrategy implements IdleStrategy {
    /** A park is at most this fraction (as a shift) of the silence before it. */
    private static final int PARK_SHIFT = 2;

    private final int spins;
    private final int yields;
    private final long minParkNs;
    private final long maxParkNs;
    private int rounds;
    private long idleNs;

    LengtheningIdleStrategy(int spins, int yields, long minParkNs, long maxParkNs) {
        this.spins = spins;
        this.yields = yields;
        this.minParkNs = minParkNs;
        this.maxParkNs = maxParkNs;
    }

    @Override
    public void idle(int workCount) {
        if (workCount > 0) {
            reset();
        } else {
            idle();
        }
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // Yielding is what this class is for.
    public void idle() {
        if (rounds < spins) {
            rounds++;
            Thread.onSpinWait();
        } else if (rounds < spins + yields) {
            rounds++;
            Thread.yield();
        } else {
            long parkNs = nextParkNs();
            idleNs += parkNs;
            LockSupport.parkNanos(parkNs);
        }
    }

    @Override
    public void reset() {
        rounds = 0;
        idleNs = 0;
    }

    @Override
    public String alias() {
        return "lengthening";
    }

    long nextParkNs() {
        return Math.clamp(idleNs >> PARK_SHIFT, minParkNs, maxParkNs);
    }
}

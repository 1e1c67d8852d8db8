package io.kernos.allocator;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** What a thread allocates in steady state. */
final class AllocatedBytes {
    private static final int ROUNDS = 3;

    private AllocatedBytes() {}

    /**
     * Runs something several times over, on this thread.
     *
     * @param round what to run.
     * @return the least that a round allocated: what the JVM itself allocates once, as when the measuring is first
     *     asked for or a method is compiled anew, is not the round's.
     */
    static long leastOfRounds(Runnable round) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            round.run();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}

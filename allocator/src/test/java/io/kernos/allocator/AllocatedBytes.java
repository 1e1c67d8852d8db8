package io.kernos.allocator;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a thread allocates in steady state.
 * <p>
 * The virtual machine allocates on the thread that is measured too: the call that has a method compiled by C2 first
 * makes the string constants of its class, those of error messages for one (a String and its byte[] each, 64 bytes
 * and more). It does so once a class, so rounds without any allocation must follow each other in the end.
 */
final class AllocatedBytes {
    private static final int MAX_ROUNDS = 24;
    private static final int CLEAN_ROUNDS = 3;

    private AllocatedBytes() {}

    /**
     * Runs something on this thread until several rounds in a row allocated nothing, or often enough.
     *
     * @param round what to run.
     * @return 0, or the bytes of the last round that allocated, when there never were so many in a row that did not.
     */
    static long inSteadyState(Runnable round) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long last = 0;
        int clean = 0;
        for (int i = 0; i < MAX_ROUNDS && clean < CLEAN_ROUNDS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            round.run();
            long bytes = threads.getCurrentThreadAllocatedBytes() - before;
            clean = bytes == 0 ? clean + 1 : 0;
            last = bytes == 0 ? last : bytes;
        }
        return clean == CLEAN_ROUNDS ? 0 : last;
    }
}

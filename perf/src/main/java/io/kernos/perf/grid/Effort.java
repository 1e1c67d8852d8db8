package io.kernos.perf.grid;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long things are run: first to be compiled and until columns have grown, then to be measured.
 *
 * @param warmUpMs  before anything counts, and up to ten times as long while it still makes garbage.
 * @param measureMs for what counts.
 */
public record Effort(long warmUpMs, long measureMs) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int LEAST_ROUNDS = 3;
    private static final long LONGEST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;
    private static final int MOST_WARM_UPS = 10;
    private static final int EVENTS_BETWEEN_LOOKS = 2_000;

    /** Something that is done again and again, and may have to be prepared each time. */
    interface Round {
        /** What is not measured. */
        default void prepare() {}

        void run();
    }

    /** Something that is done very often; the number tells one time from another. */
    interface Event {
        /** What is not measured. */
        default void prepare(int number) {}

        void run(int number);
    }

    /** Runs a round as often as there is time for. */
    Timing rounds(Round round) {
        long latest = endOf(MOST_WARM_UPS * warmUpMs);
        Timing warmUp = repeat(round, warmUpMs, 1);
        while (warmUp.bytes() > 0 && System.nanoTime() < latest) {
            warmUp = repeat(round, 0, LEAST_ROUNDS);
        }
        return repeat(round, measureMs, LEAST_ROUNDS);
    }

    private static Timing repeat(Round round, long forMs, int least) {
        Histogram tookNs = new Histogram(LONGEST_NS, DIGITS);
        long end = endOf(forMs);
        long bytes = 0;
        while (tookNs.getTotalCount() < least || System.nanoTime() < end) {
            round.prepare();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            round.run();
            tookNs.recordValue(System.nanoTime() - start);
            bytes += THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return new Timing(tookNs, (double) bytes / tookNs.getTotalCount());
    }

    /** Runs an event as often as there is time for. */
    Timing events(Event event) {
        int number = warmUp(event);
        Histogram tookNs = new Histogram(LONGEST_NS, DIGITS);
        long end = endOf(measureMs);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long now = System.nanoTime();
        while (now < end) {
            event.prepare(number);
            long start = System.nanoTime();
            event.run(number++);
            now = System.nanoTime();
            tookNs.recordValue(now - start);
        }
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        return new Timing(tookNs, (double) bytes / tookNs.getTotalCount());
    }

    private int warmUp(Event event) {
        int number = 0;
        long earliest = endOf(warmUpMs);
        long latest = endOf(MOST_WARM_UPS * warmUpMs);
        long bytes = 1;
        while (System.nanoTime() < earliest || (bytes > 0 && System.nanoTime() < latest)) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < EVENTS_BETWEEN_LOOKS; i++) {
                event.prepare(number);
                event.run(number++);
            }
            bytes = THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return number;
    }

    private static long endOf(long forMs) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(forMs);
    }
}

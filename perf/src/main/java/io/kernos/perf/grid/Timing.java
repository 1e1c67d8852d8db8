package io.kernos.perf.grid;

import org.HdrHistogram.Histogram;

/**
 * How long something took, again and again.
 *
 * @param tookNs each time.
 * @param bytes  of garbage that the thread made each time.
 */
public record Timing(Histogram tookNs, double bytes) {
    private static final double NS_A_US = 1_000;
    private static final double NS_A_MS = 1_000_000;

    /**
     * What a part of all times was at most.
     *
     * @param percentile of all times, from 0 to 100.
     * @return in nanoseconds.
     */
    public double ns(double percentile) {
        return tookNs.getValueAtPercentile(percentile);
    }

    /**
     * What a part of all times was at most.
     *
     * @param percentile of all times, from 0 to 100.
     * @return in microseconds.
     */
    public double us(double percentile) {
        return ns(percentile) / NS_A_US;
    }

    /**
     * What half of all times were at most.
     *
     * @return in milliseconds.
     */
    public double medianMs() {
        return ns(50) / NS_A_MS;
    }
}

package io.kernos.allocator;

/**
 * Draws by lot, from a seed alone. Each who is drawn for arrives again and again, at random times of which the rate is
 * its weight; so the next to arrive is each time one drawn in proportion to weights, whatever was before.
 */
final class Lots {
    private static final double TO_UNIT = 0x1.0p-53;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long seed;

    /** Starts anew; the same numbers give the same draws. */
    void begin(long seed, int pass, int round) {
        this.seed = mix(mix(seed) + 2L * pass + round);
    }

    /**
     * The time at which one arrives next.
     *
     * @param timeBefore  when it arrived last, or 0.
     * @param id          of who is drawn for; different ones are independent.
     * @param weightMilli the rate, in thousandths.
     * @return later than before.
     */
    double next(double timeBefore, long id, long weightMilli) {
        long bits = mix(seed ^ mix(id) ^ Double.doubleToRawLongBits(timeBefore));
        double unit = ((bits >>> 11) + 1) * TO_UNIT;
        return Math.max(Math.nextUp(timeBefore), timeBefore - StrictMath.log(unit) * 1000 / weightMilli);
    }

    private static long mix(long value) {
        long mixed = value + GOLDEN;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

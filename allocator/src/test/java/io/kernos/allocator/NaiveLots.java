package io.kernos.allocator;

import java.util.Map;
import java.util.TreeMap;

/** Lots as plainly as can be: who arrives when, by kind and index; drawn when first asked for. */
final class NaiveLots {
    enum Kind {
        ROLE,
        OWN,
        FRAMEWORK
    }

    private record Who(Kind kind, int index) implements Comparable<Who> {
        @Override
        public int compareTo(Who other) {
            return kind == other.kind ? Integer.compare(index, other.index) : kind.compareTo(other.kind);
        }
    }

    private final Map<Who, Double> times = new TreeMap<>();
    private long seed;

    void begin(long givenSeed, int pass, int round) {
        times.clear();
        seed = scramble(scramble(givenSeed) + pass * 2L + round);
    }

    double time(Kind kind, int index, long weightMilli) {
        return times.computeIfAbsent(new Who(kind, index), who -> later(0, who, weightMilli));
    }

    void step(Kind kind, int index, long weightMilli) {
        time(kind, index, weightMilli);
        times.computeIfPresent(new Who(kind, index), (who, time) -> later(time, who, weightMilli));
    }

    /** An exponential variate at the rate of the weight, after a time. */
    private double later(double time, Who who, long weightMilli) {
        long id = 3L * who.index + who.kind.ordinal();
        long drawn = scramble(seed ^ scramble(id) ^ Double.doubleToLongBits(time)) >>> 11;
        double uniform = Math.scalb((double) (drawn + 1), -53);
        return Math.max(Math.nextUp(time), time - StrictMath.log(uniform) * 1000 / weightMilli);
    }

    /** The finalizer of SplitMix64. */
    private static long scramble(long value) {
        long z = value - 7046029254386353131L;
        z = (z ^ z >>> 30) * -4658895280553007687L;
        z = (z ^ z >>> 27) * -7723592293110705685L;
        return z ^ z >>> 31;
    }
}

package io.kernos.allocator;

import java.util.Arrays;

/**
 * A set of whole numbers, held as sorted, disjoint, inclusive intervals that never touch.
 *
 * <p>The bounds lie inline in one array, begin and end alternating; it grows and is then kept, so that a set in use
 * makes no garbage. Not thread safe.
 */
public final class RangeSet {
    /** The largest member that a set can hold; the smallest is 0. */
    public static final long MAX_VALUE = (1L << 53) - 1;

    private static final long[] NONE = new long[0];
    private static final int FIRST_INTERVALS = 2;

    private long[] bounds = NONE;
    private int size;

    /** An empty set that takes no room until something is added. */
    public RangeSet() {}

    /**
     * An empty set with room.
     *
     * @param intervals how many intervals it can hold before it grows, from 0.
     */
    public RangeSet(int intervals) {
        bounds = new long[2 * intervals];
    }

    /**
     * How many intervals the set has.
     *
     * @return the number of intervals.
     */
    public int intervals() {
        return size >> 1;
    }

    /**
     * The first number of an interval.
     *
     * @param interval from 0, below {@link #intervals()}, in ascending order.
     * @return its first number.
     */
    public long begin(int interval) {
        return bounds[interval << 1];
    }

    /**
     * The last number of an interval.
     *
     * @param interval from 0, below {@link #intervals()}, in ascending order.
     * @return its last number, inclusive.
     */
    public long end(int interval) {
        return bounds[(interval << 1) + 1];
    }

    /**
     * How many numbers the set holds.
     *
     * @return the sum of the lengths of all intervals.
     */
    public long count() {
        long count = 0;
        for (int i = 0; i < size; i += 2) {
            count += bounds[i + 1] - bounds[i] + 1;
        }
        return count;
    }

    /**
     * Whether the set is empty.
     *
     * @return true if it holds nothing.
     */
    public boolean isEmpty() {
        return size == 0;
    }

    /** Empties the set and keeps its room. */
    public void clear() {
        size = 0;
    }

    /**
     * Makes this set equal to another.
     *
     * @param other to copy.
     */
    public void copyFrom(RangeSet other) {
        ensureCapacity(other.size);
        System.arraycopy(other.bounds, 0, bounds, 0, other.size);
        size = other.size;
    }

    /**
     * Adds every number from begin to end, whether or not some are there already.
     *
     * @param begin the first, from 0.
     * @param end   the last, inclusive, from begin to {@link #MAX_VALUE}.
     */
    public void add(long begin, long end) {
        checkInterval(begin, end);
        int from = 0;
        while (from < size && bounds[from + 1] + 1 < begin) {
            from += 2;
        }
        int to = from;
        long first = begin;
        long last = end;
        while (to < size && bounds[to] <= end + 1) {
            first = Math.min(first, bounds[to]);
            last = Math.max(last, bounds[to + 1]);
            to += 2;
        }
        replace(from, to, 2);
        bounds[from] = first;
        bounds[from + 1] = last;
    }

    /**
     * Takes every number from begin to end out, whether or not all are there.
     *
     * @param begin the first, from 0.
     * @param end   the last, inclusive, from begin to {@link #MAX_VALUE}.
     */
    public void remove(long begin, long end) {
        checkInterval(begin, end);
        int from = 0;
        while (from < size && bounds[from + 1] < begin) {
            from += 2;
        }
        int to = from;
        while (to < size && bounds[to] <= end) {
            to += 2;
        }
        if (from == to) {
            return;
        }
        long first = bounds[from];
        long last = bounds[to - 1];
        int at = from;
        replace(from, to, (first < begin ? 2 : 0) + (last > end ? 2 : 0));
        if (first < begin) {
            bounds[at] = first;
            bounds[at + 1] = begin - 1;
            at += 2;
        }
        if (last > end) {
            bounds[at] = end + 1;
            bounds[at + 1] = last;
        }
    }

    /**
     * Adds all numbers of another set.
     *
     * @param other to add.
     */
    public void addAll(RangeSet other) {
        for (int i = 0; i < other.size; i += 2) {
            add(other.bounds[i], other.bounds[i + 1]);
        }
    }

    /**
     * Takes all numbers of another set out of this one.
     *
     * @param other to take out.
     */
    public void removeAll(RangeSet other) {
        for (int i = 0; i < other.size; i += 2) {
            remove(other.bounds[i], other.bounds[i + 1]);
        }
    }

    /** Takes out every number that is not in another set. */
    void retainAll(RangeSet other) {
        long from = 0;
        for (int i = 0; i < other.size; i += 2) {
            if (other.bounds[i] > from) {
                remove(from, other.bounds[i] - 1);
            }
            from = other.bounds[i + 1] + 1;
        }
        if (from <= MAX_VALUE) {
            remove(from, MAX_VALUE);
        }
    }

    /**
     * Whether all numbers of another set are in this one.
     *
     * @param other to look for.
     * @return true if all are here; so it is for an empty set.
     */
    public boolean containsAll(RangeSet other) {
        int mine = 0;
        for (int i = 0; i < other.size; i += 2) {
            while (mine < size && bounds[mine + 1] < other.bounds[i]) {
                mine += 2;
            }
            if (mine == size || bounds[mine] > other.bounds[i] || bounds[mine + 1] < other.bounds[i + 1]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a number is in both sets.
     *
     * @param other to compare with.
     * @return true if the sets share a number.
     */
    public boolean intersects(RangeSet other) {
        int mine = 0;
        int its = 0;
        while (mine < size && its < other.size) {
            if (bounds[mine + 1] < other.bounds[its]) {
                mine += 2;
            } else if (other.bounds[its + 1] < bounds[mine]) {
                its += 2;
            } else {
                return true;
            }
        }
        return false;
    }

    /**
     * Adds to another set the lowest numbers of this one that it does not hold yet.
     *
     * @param wanted how many, from 0; there must be as many.
     * @param into   where they go.
     */
    public void copyLowestMissing(long wanted, RangeSet into) {
        long left = wanted;
        for (int i = 0; i < size && left > 0; i += 2) {
            long number = bounds[i];
            while (number <= bounds[i + 1] && left > 0) {
                int at = into.firstEndingFrom(number);
                boolean held = at < into.size && into.bounds[at] <= number;
                if (held) {
                    number = into.bounds[at + 1] + 1;
                } else {
                    long gapEnd = at < into.size ? into.bounds[at] - 1 : MAX_VALUE;
                    long last = Math.min(Math.min(bounds[i + 1], gapEnd), number + left - 1);
                    into.add(number, last);
                    left -= last - number + 1;
                    number = last + 1;
                }
            }
        }
        if (left > 0) {
            throw new IllegalArgumentException("wanted=" + wanted + " numbers, of which " + left + " are not here");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RangeSet that && Arrays.equals(bounds, 0, size, that.bounds, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * hash + Long.hashCode(bounds[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size; i += 2) {
            text.append(i == 0 ? "" : ",").append(bounds[i]).append('-').append(bounds[i + 1]);
        }
        return text.append(']').toString();
    }

    /** How many bounds there are: two an interval. */
    int bounds() {
        return size;
    }

    /** Makes this set what {@link #writeTo} wrote. */
    void readFrom(long[] column, int at, int length) {
        ensureCapacity(length);
        System.arraycopy(column, at, bounds, 0, length);
        size = length;
    }

    /** Adds what {@link #writeTo} wrote. */
    void addFrom(long[] column, int at, int length) {
        if (size == 0) {
            readFrom(column, at, length);
            return;
        }
        for (int i = at; i < at + length; i += 2) {
            add(column[i], column[i + 1]);
        }
    }

    /** Whether this set is what {@link #writeTo} wrote. */
    boolean isAt(long[] column, int at, int length) {
        if (size != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (bounds[i] != column[at + i]) {
                return false;
            }
        }
        return true;
    }

    /** Writes all bounds side by side. */
    void writeTo(long[] column, int at) {
        System.arraycopy(bounds, 0, column, at, size);
    }

    private int firstEndingFrom(long number) {
        int at = 0;
        while (at < size && bounds[at + 1] < number) {
            at += 2;
        }
        return at;
    }

    private void replace(int from, int to, int length) {
        int newSize = size - (to - from) + length;
        ensureCapacity(newSize);
        System.arraycopy(bounds, to, bounds, from + length, size - to);
        size = newSize;
    }

    private void ensureCapacity(int needed) {
        if (needed > bounds.length) {
            bounds = Arrays.copyOf(bounds, Math.max(2 * FIRST_INTERVALS, Math.max(needed, bounds.length * 2)));
        }
    }

    private static void checkInterval(long begin, long end) {
        if (begin < 0 || end < begin || end > MAX_VALUE) {
            throw new IllegalArgumentException(
                    "interval " + begin + "-" + end + " must be ascending, from 0 to " + MAX_VALUE);
        }
    }
}

package io.kernos.allocator;

import java.util.Arrays;

/**
 * An amount of each kind of resource: scalars by kind, and a set of numbers by range kind.
 *
 * <p>A mutable value that makes no garbage once its range sets have grown. Scalars are whole numbers in the unit of
 * their kind (see {@link ResourceKinds}), from 0 to {@link #MAX_SCALAR}. Not thread safe.
 */
public final class Resources {
    /** The largest amount of one scalar kind. */
    public static final long MAX_SCALAR = (1L << 53) - 1;

    private final long[] scalars = new long[ResourceKinds.MAX_SCALARS];
    private final RangeSet[] ranges = new RangeSet[ResourceKinds.MAX_RANGES];
    private int scalarKinds;

    /** Nothing of any kind. */
    public Resources() {}

    /**
     * The commonest amounts in one call.
     *
     * @param cpusMilli   processors, in thousandths.
     * @param memoryBytes memory.
     * @param diskBytes   disk.
     * @return new resources of that.
     */
    public static Resources of(long cpusMilli, long memoryBytes, long diskBytes) {
        return new Resources()
                .scalar(ResourceKinds.CPUS, cpusMilli)
                .scalar(ResourceKinds.MEMORY, memoryBytes)
                .scalar(ResourceKinds.DISK, diskBytes);
    }

    /**
     * The amount of a scalar kind.
     *
     * @param kind from 0, below {@link ResourceKinds#MAX_SCALARS}.
     * @return the amount, in the unit of the kind.
     */
    public long scalar(int kind) {
        return scalars[kind];
    }

    /**
     * Sets the amount of a scalar kind.
     *
     * @param kind   from 0, below {@link ResourceKinds#MAX_SCALARS}.
     * @param amount from 0 to {@link #MAX_SCALAR}.
     * @return this, for chaining.
     */
    public Resources scalar(int kind, long amount) {
        if (amount < 0 || amount > MAX_SCALAR) {
            throw new IllegalArgumentException(
                    "amount=" + amount + " of scalar kind " + kind + " must be from 0 to " + MAX_SCALAR);
        }
        scalars[kind] = amount;
        if (amount != 0 && kind >= scalarKinds) {
            scalarKinds = kind + 1;
        }
        return this;
    }

    /**
     * A bound on the scalar kinds that there is something of.
     *
     * @return every kind from here on is zero.
     */
    public int scalarKinds() {
        return scalarKinds;
    }

    /**
     * The numbers of a range kind, for reading and for changing.
     *
     * @param kind from 0, below {@link ResourceKinds#MAX_RANGES}.
     * @return the set itself.
     */
    public RangeSet range(int kind) {
        RangeSet range = ranges[kind];
        if (range == null) {
            range = new RangeSet();
            ranges[kind] = range;
        }
        return range;
    }

    /**
     * Adds an interval of numbers of a range kind.
     *
     * @param kind  from 0, below {@link ResourceKinds#MAX_RANGES}.
     * @param begin the first.
     * @param end   the last, inclusive.
     * @return this, for chaining.
     */
    public Resources addRange(int kind, long begin, long end) {
        range(kind).add(begin, end);
        return this;
    }

    /**
     * Whether there is any number of any range kind.
     *
     * @return true if there is one.
     */
    public boolean hasRanges() {
        for (RangeSet range : ranges) {
            if (range != null && !range.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether there is nothing of any kind.
     *
     * @return true if all is empty.
     */
    public boolean isEmpty() {
        for (int kind = 0; kind < scalarKinds; kind++) {
            if (scalars[kind] != 0) {
                return false;
            }
        }
        return !hasRanges();
    }

    /**
     * Adds: scalars are summed, range sets united.
     *
     * @param other to add; each sum must stay within {@link #MAX_SCALAR}.
     */
    public void add(Resources other) {
        for (int kind = 0; kind < other.scalarKinds; kind++) {
            scalar(kind, scalars[kind] + other.scalars[kind]);
        }
        for (int kind = 0; kind < ranges.length; kind++) {
            if (other.hasRange(kind)) {
                range(kind).addAll(other.ranges[kind]);
            }
        }
    }

    /**
     * Subtracts what is contained.
     *
     * @param other to take away; {@link #contains} must hold.
     */
    public void subtract(Resources other) {
        if (!contains(other)) {
            throw new IllegalArgumentException(this + " does not contain " + other);
        }
        for (int kind = 0; kind < other.scalarKinds; kind++) {
            scalars[kind] -= other.scalars[kind];
        }
        for (int kind = 0; kind < ranges.length; kind++) {
            if (other.hasRange(kind)) {
                ranges[kind].removeAll(other.ranges[kind]);
            }
        }
    }

    /**
     * Whether there is at least as much of every kind.
     *
     * @param other to compare with.
     * @return true if other could be subtracted.
     */
    public boolean contains(Resources other) {
        for (int kind = 0; kind < other.scalarKinds; kind++) {
            if (scalars[kind] < other.scalars[kind]) {
                return false;
            }
        }
        for (int kind = 0; kind < ranges.length; kind++) {
            if (other.hasRange(kind) && (ranges[kind] == null || !ranges[kind].containsAll(other.ranges[kind]))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Makes these equal to others.
     *
     * @param other to copy.
     */
    public void copyFrom(Resources other) {
        System.arraycopy(other.scalars, 0, scalars, 0, scalars.length);
        scalarKinds = other.scalarKinds;
        for (int kind = 0; kind < ranges.length; kind++) {
            if (other.hasRange(kind)) {
                range(kind).copyFrom(other.ranges[kind]);
            } else if (ranges[kind] != null) {
                ranges[kind].clear();
            }
        }
    }

    /** Empties everything and keeps the room of the range sets. */
    public void clear() {
        Arrays.fill(scalars, 0);
        scalarKinds = 0;
        for (RangeSet range : ranges) {
            if (range != null) {
                range.clear();
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Resources that) || !Arrays.equals(scalars, that.scalars)) {
            return false;
        }
        for (int kind = 0; kind < ranges.length; kind++) {
            boolean mine = hasRange(kind);
            if (mine != that.hasRange(kind) || (mine && !ranges[kind].equals(that.ranges[kind]))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = Arrays.hashCode(scalars);
        for (int kind = 0; kind < ranges.length; kind++) {
            hash = 31 * hash + (hasRange(kind) ? ranges[kind].hashCode() : 0);
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int kind = 0; kind < scalars.length; kind++) {
            if (scalars[kind] != 0) {
                text.append(text.length() == 1 ? "" : " ")
                        .append('s')
                        .append(kind)
                        .append('=')
                        .append(scalars[kind]);
            }
        }
        for (int kind = 0; kind < ranges.length; kind++) {
            if (hasRange(kind)) {
                text.append(text.length() == 1 ? "" : " ")
                        .append('r')
                        .append(kind)
                        .append('=')
                        .append(ranges[kind]);
            }
        }
        return text.append('}').toString();
    }

    boolean hasRange(int kind) {
        return ranges[kind] != null && !ranges[kind].isEmpty();
    }
}

package io.kernos.allocator;

import java.util.Arrays;

/**
 * An amount of each kind of resource: scalars by kind, and a set of numbers by range kind. These are plain; beside them
 * there may be special ones, amounts by trait (see {@link Traits}).
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
    private SpecialAmounts specials;

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
     * How many traits there is something special of.
     *
     * @return the number of traits.
     */
    public int specials() {
        return specials == null ? 0 : specials.size();
    }

    /**
     * One of the traits, in ascending order of their indices.
     *
     * @param i from 0, below {@link #specials()}.
     * @return the index of the trait.
     */
    public int specialTrait(int i) {
        return specials.trait(i);
    }

    /**
     * What there is of one of the traits.
     *
     * @param i from 0, below {@link #specials()}.
     * @return the amounts, for reading alone.
     */
    public Resources special(int i) {
        return specials.amounts(i);
    }

    /**
     * What there is of a trait.
     *
     * @param traitIndex a trait.
     * @return the amounts, for reading alone, or null if there is nothing.
     */
    public Resources specialOf(int traitIndex) {
        return specials == null ? null : specials.find(traitIndex);
    }

    /**
     * Adds special resources.
     *
     * @param traitIndex their trait; for {@link Traits#PLAIN} they are added to the plain ones.
     * @param amounts    copied; nothing special itself.
     * @return this, for chaining.
     */
    public Resources add(int traitIndex, Resources amounts) {
        if (amounts.hasSpecials()) {
            throw new IllegalArgumentException("amounts=" + amounts + " of a trait must be plain themselves");
        }
        if (traitIndex == Traits.PLAIN) {
            add(amounts);
            return this;
        }
        if (specials == null) {
            specials = new SpecialAmounts();
        }
        specials.add(traitIndex, amounts);
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
        return !hasPlain() && !hasSpecials();
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
        if (other.hasSpecials()) {
            if (specials == null) {
                specials = new SpecialAmounts();
            }
            specials.addAll(other.specials);
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
        if (other.hasSpecials()) {
            specials.subtractAll(other.specials);
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
        return !other.hasSpecials() || (specials != null && specials.containsAll(other.specials));
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
        if (other.hasSpecials()) {
            if (specials == null) {
                specials = new SpecialAmounts();
            }
            specials.copyFrom(other.specials);
        } else if (specials != null) {
            specials.clear();
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
        if (specials != null) {
            specials.clear();
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
        return hasSpecials() == that.hasSpecials() && (!hasSpecials() || specials.equals(that.specials));
    }

    @Override
    public int hashCode() {
        int hash = Arrays.hashCode(scalars);
        for (int kind = 0; kind < ranges.length; kind++) {
            hash = 31 * hash + (hasRange(kind) ? ranges[kind].hashCode() : 0);
        }
        return hasSpecials() ? 31 * hash + specials.hashCode() : hash;
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
        if (hasSpecials()) {
            text.append(text.length() == 1 ? "" : " ").append(specials);
        }
        return text.append('}').toString();
    }

    /** The amounts of all scalar kinds, for reading. */
    long[] scalars() {
        return scalars;
    }

    /** The amount of a scalar kind, what is special of it included. */
    long quantity(int kind) {
        long quantity = scalars[kind];
        for (int i = 0; i < specials(); i++) {
            quantity += special(i).scalars[kind];
        }
        return quantity;
    }

    /** Whether there is any number of any range kind, among what is special too. */
    boolean hasNumbers() {
        boolean hasNumbers = hasRanges();
        for (int i = 0; i < specials() && !hasNumbers; i++) {
            hasNumbers = special(i).hasRanges();
        }
        return hasNumbers;
    }

    boolean hasPlain() {
        for (int kind = 0; kind < scalarKinds; kind++) {
            if (scalars[kind] != 0) {
                return true;
            }
        }
        return hasRanges();
    }

    boolean hasSpecials() {
        return specials != null && specials.size() != 0;
    }

    boolean hasRange(int kind) {
        return ranges[kind] != null && !ranges[kind].isEmpty();
    }
}

package io.kernos.allocator;

import java.util.Arrays;

/**
 * What a role, with all below it, is sure to get, and what it gets at most, of each scalar kind. A plain value; not
 * thread safe.
 */
public final class Quota {
    /** The limit of a kind that has none. */
    public static final long NO_LIMIT = Long.MAX_VALUE;

    /** The highest guarantee or limit of a kind, and the most that all guarantees of a kind may make together. */
    public static final long MAX_AMOUNT = ClusterTotals.MAX_CLUSTER_SCALAR;

    private final long[] guarantees = new long[ResourceKinds.MAX_SCALARS];
    private final long[] limits = new long[ResourceKinds.MAX_SCALARS];

    /** No guarantee and no limit. */
    public Quota() {
        clear();
    }

    /**
     * Sets the guarantee of a kind.
     *
     * @param kind   from 0, below {@link ResourceKinds#MAX_SCALARS}.
     * @param amount from 0, which is none, to {@link #MAX_AMOUNT}.
     * @return this, for chaining.
     */
    public Quota guarantee(int kind, long amount) {
        Checks.range("guarantee", amount, 0, MAX_AMOUNT);
        guarantees[kind] = amount;
        return this;
    }

    /**
     * The guarantee of a kind.
     *
     * @param kind from 0, below {@link ResourceKinds#MAX_SCALARS}.
     * @return the amount, 0 if there is none.
     */
    public long guarantee(int kind) {
        return guarantees[kind];
    }

    /**
     * Sets the limit of a kind.
     *
     * @param kind   from 0, below {@link ResourceKinds#MAX_SCALARS}.
     * @param amount from 0 to {@link #MAX_AMOUNT}, or {@link #NO_LIMIT}.
     * @return this, for chaining.
     */
    public Quota limit(int kind, long amount) {
        if (amount != NO_LIMIT) {
            Checks.range("limit", amount, 0, MAX_AMOUNT);
        }
        limits[kind] = amount;
        return this;
    }

    /**
     * The limit of a kind.
     *
     * @param kind from 0, below {@link ResourceKinds#MAX_SCALARS}.
     * @return the amount, or {@link #NO_LIMIT}.
     */
    public long limit(int kind) {
        return limits[kind];
    }

    /**
     * Whether it neither guarantees nor limits anything.
     *
     * @return true if it says nothing.
     */
    public boolean isNothing() {
        for (int kind = 0; kind < guarantees.length; kind++) {
            if (guarantees[kind] != 0 || limits[kind] != NO_LIMIT) {
                return false;
            }
        }
        return true;
    }

    /** Takes away all guarantees and limits. */
    public void clear() {
        Arrays.fill(guarantees, 0);
        Arrays.fill(limits, NO_LIMIT);
    }

    void copyFrom(Quota other) {
        System.arraycopy(other.guarantees, 0, guarantees, 0, guarantees.length);
        System.arraycopy(other.limits, 0, limits, 0, limits.length);
    }
}

package io.kernos.allocator;

import java.util.Arrays;

/** What quotas allow a role, by scalar kind. Filled by the explainers. */
public final class QuotaExplanation {
    /** Instead of a role: no limit holds. */
    public static final int NO_ROLE = RoleTable.ROOT;

    private final QuotaReason[] reasons = new QuotaReason[ResourceKinds.MAX_SCALARS];
    private final long[] allowed = new long[ResourceKinds.MAX_SCALARS];
    private final int[] limitedBy = new int[ResourceKinds.MAX_SCALARS];
    private long[][] kept = new long[0][];
    private int[] keptRoles = new int[0];
    private int keptCount;

    /** Nothing explained yet. */
    public QuotaExplanation() {
        begin();
    }

    /**
     * Whether quotas keep it from what is asked about.
     *
     * @param kind a scalar kind.
     * @return the reason.
     */
    public QuotaReason reason(int kind) {
        return reasons[kind];
    }

    /**
     * Whether no kind is kept from it.
     *
     * @return true if quotas allow all of what is asked about.
     */
    public boolean isAllowed() {
        boolean isAllowed = true;
        for (QuotaReason reason : reasons) {
            isAllowed &= reason == QuotaReason.ALLOWED;
        }
        return isAllowed;
    }

    /**
     * How much more the role may get now.
     *
     * @param kind a scalar kind.
     * @return the amount, or {@link Long#MAX_VALUE} where no quota is in its way.
     */
    public long allowed(int kind) {
        return allowed[kind];
    }

    /**
     * The role of which the limit leaves least: the role itself or one above it, of several the lowest in the tree.
     *
     * @param kind a scalar kind.
     * @return the role's index, or {@link #NO_ROLE} where there is no limit.
     */
    public int limitedBy(int kind) {
        return limitedBy[kind];
    }

    /**
     * How many roles at the top, others than that which is explained is in, have something kept free for guarantees.
     *
     * @return the number of roles.
     */
    public int keptRoles() {
        return keptCount;
    }

    /**
     * A role for which something is kept free.
     *
     * @param position from 0, below {@link #keptRoles}; in order of indices.
     * @return the role's index.
     */
    public int keptRole(int position) {
        return keptRoles[position];
    }

    /**
     * How much is owed to a role, with all below it, and kept free.
     *
     * @param position from 0, below {@link #keptRoles}.
     * @param kind     a scalar kind.
     * @return the amount, from 0.
     */
    public long kept(int position, int kind) {
        return kept[position][kind];
    }

    void begin() {
        Arrays.fill(reasons, QuotaReason.ALLOWED);
        Arrays.fill(allowed, Long.MAX_VALUE);
        Arrays.fill(limitedBy, NO_ROLE);
        keptCount = 0;
    }

    void explain(int kind, QuotaReason reason, long most, int limitingRole) {
        reasons[kind] = reason;
        allowed[kind] = most;
        limitedBy[kind] = limitingRole;
    }

    /** Begins another role for which something is kept. */
    void addKept(int role) {
        kept = Columns.grow(kept, keptCount + 1);
        keptRoles = Columns.grow(keptRoles, keptCount + 1);
        if (kept[keptCount] == null) {
            kept[keptCount] = new long[ResourceKinds.MAX_SCALARS];
        }
        Arrays.fill(kept[keptCount], 0);
        keptRoles[keptCount++] = role;
    }

    /** Says what is kept for the role added last. */
    void keep(int kind, long amount) {
        kept[keptCount - 1][kind] = amount;
    }
}

package io.kernos.allocator;

/**
 * The quotas of roles, and what is still owed for guarantees.
 *
 * <p>What is owed to a role, of a kind, is the larger of what it lacks of its own guarantee and what is owed to the
 * roles right below it together. What is owed to all roles at the top is the headroom that must be left.
 */
final class QuotaTable {
    private final RoleTable roles;
    private final RoleGoods goods;
    private final Contenders contenders;
    private final Headroom headroom;
    private final ScalarTable owed = new ScalarTable();
    private final ScalarTable owedBelow = new ScalarTable();
    private final long[] required = new long[ResourceKinds.MAX_SCALARS];
    private final long[] guaranteed = new long[ResourceKinds.MAX_SCALARS];
    private Quota[] quotas = new Quota[0];
    private int quotaCount;
    private int kinds;
    private long version;
    private boolean grown;

    QuotaTable(RoleTable roles, RoleGoods goods, Contenders contenders, Headroom headroom) {
        this.roles = roles;
        this.goods = goods;
        this.contenders = contenders;
        this.headroom = headroom;
    }

    boolean isAny() {
        return quotaCount > 0;
    }

    /** Scalar kinds from here on have neither guarantees nor limits anywhere. */
    int kinds() {
        return kinds;
    }

    /** Changes with everything that a role may get under quotas, but for what is free on agents. */
    long version() {
        return version;
    }

    /** Whether some role may have become able to get more since this was last asked. */
    boolean takeGrown() {
        boolean grew = headroom.takeGrown();
        grew |= grown;
        grown = false;
        return grew;
    }

    boolean isGrown() {
        return grown || headroom.isGrown();
    }

    /** The quota of a role, or null. */
    Quota of(int role) {
        return role < quotas.length ? quotas[role] : null;
    }

    /** What all roles are guaranteed together, of a kind. */
    long guaranteed(int kind) {
        return guaranteed[kind];
    }

    /** What a role, with all below it, has of a kind, as quotas count. */
    long consumed(int role, int kind) {
        return goods.charged(role, kind);
    }

    long owed(int role, int kind) {
        return owed.at(role, kind);
    }

    long owedBelow(int role, int kind) {
        return owedBelow.at(role, kind);
    }

    /** What must be left free of a kind so that all guarantees can be met. */
    long required(int kind) {
        return required[kind];
    }

    void set(int role, Quota quota) {
        Quota before = of(role);
        quotas = Columns.grow(quotas, role + 1);
        for (int kind = 0; kind < guaranteed.length; kind++) {
            guaranteed[kind] += quota.guarantee(kind) - (before == null ? 0 : before.guarantee(kind));
        }
        quotaCount += (quota.isNothing() ? 0 : 1) - (before == null ? 0 : 1);
        if (quota.isNothing()) {
            quotas[role] = null;
        } else {
            quotas[role] = new Quota();
            quotas[role].copyFrom(quota);
        }
        kinds = highestKind();
        headroom.track(isAnyGuaranteed());
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            update(role, kind);
        }
        version++;
        grown = true;
    }

    /** To be called after a role was added. */
    void onRoleAdded(int role) {
        owed.ensureRow(role);
        owedBelow.ensureRow(role);
        version++;
    }

    /** To be called with the quota of a role that goes. */
    void onRoleRemoved(int role) {
        if (of(role) != null) {
            set(role, new Quota());
        }
        version++;
    }

    /** To be called after what a role consumes has changed, all of what is reserved or held. */
    void onConsumptionChanged(int role, boolean mayAllowMore) {
        if (quotaCount == 0) {
            return;
        }
        version++;
        grown |= mayAllowMore;
        for (int kind = 0; kind < kinds; kind++) {
            if (guaranteed[kind] != 0) {
                update(role, kind);
            }
        }
    }

    /** To be called after what was not free came to be held: less is owed, though as much may be free. */
    void onRestored() {
        grown |= quotaCount > 0;
    }

    /** How much of a kind a role can get before it takes more than what is owed: the headroom falls as it gets that. */
    long credit(int role, int kind) {
        long floor = owedBelow(role, kind);
        int each = role;
        for (int parent = roles.parent(each); parent != RoleTable.ROOT; parent = roles.parent(each)) {
            floor += owedBelow(parent, kind) - owed(each, kind);
            each = parent;
        }
        return owed(each, kind) - floor;
    }

    private void update(int role, int kind) {
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            Quota quota = of(each);
            long lacking = quota == null ? 0 : quota.guarantee(kind) - consumed(each, kind);
            long now = Math.max(Math.max(lacking, owedBelow.at(each, kind)), 0);
            long change = now - owed.at(each, kind);
            if (change != 0) {
                owed.ensureKinds(kind + 1);
                owed.put(each, kind, now);
                addAbove(each, kind, change);
            }
        }
    }

    private void addAbove(int role, int kind, long change) {
        int parent = roles.parent(role);
        if (parent == RoleTable.ROOT) {
            required[kind] += change;
            contenders.onOwedChanged(role, !owed.isZero(role));
        } else {
            owedBelow.ensureKinds(kind + 1);
            owedBelow.put(parent, kind, owedBelow.at(parent, kind) + change);
        }
    }

    private boolean isAnyGuaranteed() {
        long all = 0;
        for (long amount : guaranteed) {
            all |= amount;
        }
        return all != 0;
    }

    private int highestKind() {
        int highest = 0;
        for (int role = 0; role < quotas.length; role++) {
            for (int kind = highest; quotas[role] != null && kind < ResourceKinds.MAX_SCALARS; kind++) {
                if (quotas[role].guarantee(kind) != 0 || quotas[role].limit(kind) != Quota.NO_LIMIT) {
                    highest = kind + 1;
                }
            }
        }
        return highest;
    }
}

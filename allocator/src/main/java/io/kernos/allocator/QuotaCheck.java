package io.kernos.allocator;

/** Tells what speaks against a quota before it is set. Looks at all roles. */
final class QuotaCheck {
    private static final int GOOD = -1;
    private static final int CLUSTER = -2;

    private final ClusterTotals cluster;
    private final RoleTable roles;
    private final QuotaTable quotas;

    QuotaCheck(Parts parts) {
        cluster = parts.cluster;
        roles = parts.roles;
        quotas = parts.quotas;
    }

    /** All guarantees together must stay countable. */
    void requireSum(int role, Quota quota) {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long others = quotas.guaranteed(kind) - guarantee(role, kind);
            Checks.range("guarantee", quota.guarantee(kind), 0, Quota.MAX_AMOUNT - others);
        }
    }

    QuotaVerdict verdict(int role, Quota quota) {
        for (QuotaProblem problem : QuotaProblem.values()) {
            for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
                int where = where(problem, role, kind, quota);
                if (where != GOOD) {
                    return new QuotaVerdict(problem, kind, where == CLUSTER ? -1 : where);
                }
            }
        }
        return QuotaVerdict.GOOD;
    }

    private int where(QuotaProblem problem, int role, int kind, Quota quota) {
        return switch (problem) {
            case NONE -> GOOD;
            case GUARANTEE_ABOVE_LIMIT -> quota.guarantee(kind) > quota.limit(kind) ? role : GOOD;
            case LIMIT_BELOW_CONSUMPTION -> quotas.consumed(role, kind) > quota.limit(kind) ? role : GOOD;
            case GUARANTEE_ABOVE_LIMIT_IN_TREE -> limitInTree(role, kind, quota);
            case GUARANTEES_ABOVE_PARENT -> guaranteesOfChildren(role, kind, quota);
            case GUARANTEES_ABOVE_CLUSTER ->
                quota.guarantee(kind) > guarantee(role, kind)
                                && guaranteedAtTop(role, kind, quota) > cluster.total(kind)
                        ? CLUSTER
                        : GOOD;
        };
    }

    private int limitInTree(int role, int kind, Quota quota) {
        for (int above = roles.parent(role); above != RoleTable.ROOT; above = roles.parent(above)) {
            if (quota.guarantee(kind) > limit(above, kind)) {
                return above;
            }
        }
        for (int other = 0; other < roles.bound(); other++) {
            if (roles.isKnown(other) && isAbove(role, other) && guarantee(other, kind) > quota.limit(kind)) {
                return other;
            }
        }
        return GOOD;
    }

    private int guaranteesOfChildren(int role, int kind, Quota quota) {
        if (quota.guarantee(kind) != 0 && sumOfChildren(role, kind, GOOD, 0) > quota.guarantee(kind)) {
            return role;
        }
        int parent = roles.parent(role);
        if (parent != RoleTable.ROOT
                && guarantee(parent, kind) != 0
                && sumOfChildren(parent, kind, role, quota.guarantee(kind)) > guarantee(parent, kind)) {
            return parent;
        }
        return GOOD;
    }

    /** What the roles right below one are guaranteed, one of them another amount than it has now. */
    private long sumOfChildren(int parent, int kind, int changed, long amount) {
        long sum = 0;
        for (int role = 0; role < roles.bound(); role++) {
            if (roles.isKnown(role) && roles.parent(role) == parent) {
                sum += role == changed ? amount : guarantee(role, kind);
            }
        }
        return sum;
    }

    private long guaranteedAtTop(int changed, int kind, Quota quota) {
        long sum = 0;
        for (int role = 0; role < roles.bound(); role++) {
            if (roles.isKnown(role) && roles.parent(role) == RoleTable.ROOT) {
                sum += guaranteedUnder(role, kind, changed, quota);
            }
        }
        return sum;
    }

    /** The larger of a role's own guarantee and those of the roles right below it together. */
    private long guaranteedUnder(int role, int kind, int changed, Quota quota) {
        long below = 0;
        for (int child = 0; roles.hasChildren(role) && child < roles.bound(); child++) {
            if (roles.isKnown(child) && roles.parent(child) == role) {
                below += guaranteedUnder(child, kind, changed, quota);
            }
        }
        return Math.max(below, role == changed ? quota.guarantee(kind) : guarantee(role, kind));
    }

    private boolean isAbove(int role, int other) {
        for (int above = roles.parent(other); above != RoleTable.ROOT; above = roles.parent(above)) {
            if (above == role) {
                return true;
            }
        }
        return false;
    }

    private long guarantee(int role, int kind) {
        Quota quota = quotas.of(role);
        return quota == null ? 0 : quota.guarantee(kind);
    }

    private long limit(int role, int kind) {
        Quota quota = quotas.of(role);
        return quota == null ? Quota.NO_LIMIT : quota.limit(kind);
    }
}

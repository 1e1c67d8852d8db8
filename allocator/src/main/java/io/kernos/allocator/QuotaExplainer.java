package io.kernos.allocator;

/** Tells what quotas allow a role. */
final class QuotaExplainer {
    private final RoleTable roles;
    private final QuotaTable quotas;
    private final QuotaGate quotaGate;

    QuotaExplainer(Parts parts) {
        roles = parts.roles;
        quotas = parts.quotas;
        quotaGate = parts.quotaGate;
    }

    /** Explains whether a role may get any more at all, by kind. */
    void explainAny(int role, QuotaExplanation into) {
        into.begin();
        for (int kind = 0; quotas.isAny() && kind < ResourceKinds.MAX_SCALARS; kind++) {
            explain(role, kind, 1, into);
        }
        explainKept(role, into);
    }

    /** Explains whether a role may get some resources so many times. */
    void explain(int role, Resources resources, int times, QuotaExplanation into) {
        into.begin();
        for (int kind = 0; quotas.isAny() && kind < ResourceKinds.MAX_SCALARS; kind++) {
            long amount = quotaGate.charged(resources, kind);
            explain(role, kind, amount > Long.MAX_VALUE / times ? Long.MAX_VALUE : amount * times, into);
        }
        explainKept(role, into);
    }

    private void explain(int role, int kind, long wanted, QuotaExplanation into) {
        long left = Long.MAX_VALUE;
        int limitedBy = QuotaExplanation.NO_ROLE;
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            long leftThere = quotaGate.leftByLimit(each, kind);
            if (leftThere < left) {
                left = leftThere;
                limitedBy = each;
            }
        }
        long most = quotaGate.allowed(role, kind);
        QuotaReason reason = QuotaReason.ALLOWED;
        if (most < wanted) {
            reason = left == most ? QuotaReason.ROLE_AT_LIMIT : QuotaReason.KEPT_FOR_GUARANTEES;
        }
        into.explain(kind, reason, most, limitedBy);
    }

    private void explainKept(int role, QuotaExplanation into) {
        int top = role;
        while (roles.parent(top) != RoleTable.ROOT) {
            top = roles.parent(top);
        }
        for (int other = 0; quotas.isAny() && other < roles.bound(); other++) {
            boolean isOtherTop = other != top && roles.isKnown(other) && roles.parent(other) == RoleTable.ROOT;
            boolean isAdded = false;
            for (int kind = 0; isOtherTop && kind < ResourceKinds.MAX_SCALARS; kind++) {
                long owed = quotas.required(kind) == 0 ? 0 : quotas.owed(other, kind);
                if (owed > 0) {
                    if (!isAdded) {
                        into.addKept(other);
                        isAdded = true;
                    }
                    into.keep(kind, owed);
                }
            }
        }
    }
}

package io.kernos.allocator;

/**
 * The events of quotas: what a role, with all below it, is sure to get, and what it gets at most.
 * What it has already when a quota is set stays with it. Errors of the caller are refused and change nothing.
 */
public final class QuotaEvents {
    private final RoleTable roles;
    private final QuotaTable quotas;
    private final QuotaCheck check;

    QuotaEvents(Parts parts) {
        this.roles = parts.roles;
        this.quotas = parts.quotas;
        this.check = new QuotaCheck(parts);
    }

    /**
     * Sets the quota of a role in place of the one that it has, unless something speaks against it.
     *
     * @param roleIndex a role.
     * @param quota     copied; one that says nothing takes the role's quota away.
     * @param force     whether to set it whatever speaks against it, but {@link QuotaProblem#GUARANTEE_ABOVE_LIMIT}.
     * @return what speaks against it; it is set if nothing does, or if it was forced and can be.
     */
    public QuotaVerdict set(int roleIndex, Quota quota, boolean force) {
        roles.require(roleIndex);
        check.requireSum(roleIndex, quota);
        QuotaVerdict verdict = check.verdict(roleIndex, quota);
        if (verdict.isGood() || (force && verdict.problem() != QuotaProblem.GUARANTEE_ABOVE_LIMIT)) {
            quotas.set(roleIndex, quota);
        }
        return verdict;
    }

    /**
     * Copies the quota of a role.
     *
     * @param roleIndex a role.
     * @param into      where to.
     */
    public void of(int roleIndex, Quota into) {
        roles.require(roleIndex);
        Quota quota = quotas.of(roleIndex);
        if (quota == null) {
            into.clear();
        } else {
            into.copyFrom(quota);
        }
    }

    /**
     * What a role, with all below it, has of a kind, as quotas count.
     *
     * @param roleIndex a role.
     * @param kind      a scalar kind.
     * @return what is offered to and used by its frameworks.
     */
    public long consumed(int roleIndex, int kind) {
        roles.require(roleIndex);
        return quotas.consumed(roleIndex, kind);
    }

    /**
     * What is still owed to a role for its guarantee and those of the roles below it.
     *
     * @param roleIndex a role.
     * @param kind      a scalar kind.
     * @return the amount, from 0.
     */
    public long owed(int roleIndex, int kind) {
        roles.require(roleIndex);
        return quotas.owed(roleIndex, kind);
    }

    /**
     * The headroom: what must be left free so that all guarantees can be met.
     *
     * @param kind a scalar kind.
     * @return the amount, from 0.
     */
    public long required(int kind) {
        return quotas.required(kind);
    }
}

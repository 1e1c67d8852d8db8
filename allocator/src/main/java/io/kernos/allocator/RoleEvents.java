package io.kernos.allocator;

import java.util.Objects;
import java.util.Set;

/**
 * The events of roles: what weighs how much in the division.
 * Errors of the caller are refused and change nothing.
 */
public final class RoleEvents {
    private final Set<String> usableRoles;
    private final RoleTable roles;
    private final RoleGoods roleGoods;
    private final Contenders contenders;
    private final ClusterTotals cluster;
    private final QuotaTable quotas;
    private final RunTable runs;
    private final PreemptionBudget budget;

    RoleEvents(Parts parts) {
        this.usableRoles = parts.usableRoles;
        this.roles = parts.roles;
        this.roleGoods = parts.roleGoods;
        this.contenders = parts.contenders;
        this.cluster = parts.cluster;
        this.quotas = parts.quotas;
        this.runs = parts.runs;
        this.budget = parts.preemptionBudget;
    }

    /**
     * Whether a role may be used. Who names one that may not is to be refused before it is added: a framework that
     * subscribes, a quota, a reservation. Costs one look-up.
     *
     * @param name the name of the role, whether or not it was added.
     * @return what speaks against it.
     */
    public RoleVerdict mayBeUsed(String name) {
        Objects.requireNonNull(name, "name");
        boolean isUsable =
                usableRoles == null || usableRoles.contains(name) || name.equals(AllocatorContext.DEFAULT_ROLE);
        return isUsable ? RoleVerdict.USABLE : RoleVerdict.NOT_LISTED;
    }

    /**
     * Adds a role at the top of the tree.
     *
     * @param roleIndex   not in use.
     * @param weightMilli from 1 to {@link Allocator#WEIGHT_MILLI_MAX}, in thousandths.
     */
    public void add(int roleIndex, long weightMilli) {
        roles.requireNew(roleIndex);
        Checks.range("weightMilli", weightMilli, 1, Allocator.WEIGHT_MILLI_MAX);
        addUnder(roleIndex, RoleTable.ROOT, weightMilli);
    }

    /**
     * Adds a role below another.
     *
     * @param roleIndex   not in use.
     * @param parentIndex a role that is less than {@link Allocator#MAX_ROLE_DEPTH} deep.
     * @param weightMilli what it weighs among its siblings, from 1 to {@link Allocator#WEIGHT_MILLI_MAX}, in
     *                    thousandths.
     */
    public void add(int roleIndex, int parentIndex, long weightMilli) {
        roles.requireNew(roleIndex);
        roles.requireParent(parentIndex);
        Checks.range("weightMilli", weightMilli, 1, Allocator.WEIGHT_MILLI_MAX);
        addUnder(roleIndex, parentIndex, weightMilli);
    }

    /**
     * Changes the weight of a role.
     *
     * @param roleIndex   a role.
     * @param weightMilli from 1 to {@link Allocator#WEIGHT_MILLI_MAX}, in thousandths.
     */
    public void updateWeight(int roleIndex, long weightMilli) {
        roles.require(roleIndex);
        Checks.range("weightMilli", weightMilli, 1, Allocator.WEIGHT_MILLI_MAX);
        roles.weight(roleIndex, weightMilli);
        contenders.onRoleShareChanged(roleIndex);
    }

    /**
     * Removes a role, with its quota.
     *
     * @param roleIndex a role without frameworks and without children, which no trait names.
     */
    public void remove(int roleIndex) {
        roles.require(roleIndex);
        roles.requireEmpty(roleIndex);
        roleGoods.requireNoTraits(roleIndex);
        budget.forget(roleIndex);
        quotas.onRoleRemoved(roleIndex);
        roles.remove(roleIndex);
        contenders.onRoleRemoved(roles.parent(roleIndex));
    }

    /**
     * The share of a role with all below it, as the order sees it.
     *
     * @param roleIndex a role.
     * @return the share, from 0.
     */
    public double share(int roleIndex) {
        roles.require(roleIndex);
        return roles.share(roleIndex, cluster);
    }

    private void addUnder(int role, int parent, long weightMilli) {
        roleGoods.ensureRole(role);
        runs.ensureRole(role);
        roles.add(role, parent, weightMilli);
        contenders.onRoleAdded(role);
        quotas.onRoleAdded(role);
    }
}

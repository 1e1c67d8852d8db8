package io.kernos.allocator;

/**
 * The events of roles: what weighs how much in the division.
 * Errors of the caller are refused and change nothing.
 */
public final class RoleEvents {
    private final RoleTable roles;
    private final Contenders contenders;
    private final ClusterTotals cluster;

    RoleEvents(Parts parts) {
        this.roles = parts.roles;
        this.contenders = parts.contenders;
        this.cluster = parts.cluster;
    }

    /**
     * Adds a role.
     *
     * @param roleIndex   not in use.
     * @param weightMilli from 1 to {@link Allocator#WEIGHT_MILLI_MAX}, in thousandths.
     */
    public void add(int roleIndex, long weightMilli) {
        roles.requireNew(roleIndex);
        Checks.range("weightMilli", weightMilli, 1, Allocator.WEIGHT_MILLI_MAX);
        roles.add(roleIndex, weightMilli);
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
     * Removes a role.
     *
     * @param roleIndex a role without frameworks.
     */
    public void remove(int roleIndex) {
        roles.require(roleIndex);
        roles.requireNoFrameworks(roleIndex);
        roles.remove(roleIndex);
    }

    /**
     * The share of a role, as the order sees it.
     *
     * @param roleIndex a role.
     * @return the share, from 0.
     */
    public double share(int roleIndex) {
        roles.require(roleIndex);
        return roles.share(roleIndex, cluster);
    }
}

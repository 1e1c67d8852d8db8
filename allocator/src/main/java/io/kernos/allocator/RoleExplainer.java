package io.kernos.allocator;

/**
 * Tells why a role gets no more, from the state as it is. Looks at every framework and demand when asked, and costs
 * nothing when not. To be used by the thread that uses the allocator, outside its handler.
 */
public final class RoleExplainer {
    private final RoleTable roles;
    private final RoleGoods roleGoods;
    private final FrameworkTable frameworks;
    private final DemandTable demands;
    private final Policies policies;
    private final QuotaExplainer quotas;

    /**
     * Explains what an allocator does.
     *
     * @param allocator to look into.
     */
    public RoleExplainer(Allocator allocator) {
        roles = allocator.parts.roles;
        roleGoods = allocator.parts.roleGoods;
        frameworks = allocator.parts.frameworks;
        demands = allocator.parts.demands;
        policies = allocator.parts.policies;
        quotas = new QuotaExplainer(allocator.parts);
    }

    /**
     * Explains why a role gets no more.
     *
     * @param roleIndex a role.
     * @param into      where the explanation goes.
     */
    public void explain(int roleIndex, RoleExplanation into) {
        roles.require(roleIndex);
        into.begin();
        quotas.explainAny(roleIndex, into.quota());
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            if (frameworks.isKnown(framework) && roleGoods.isWithin(frameworks.role(framework), roleIndex)) {
                into.count(askingOf(framework));
            }
        }
        for (int demand = 0; demand < demands.bound(); demand++) {
            if (demands.isKnown(demand) && roleGoods.isWithin(frameworks.role(demands.framework(demand)), roleIndex)) {
                into.countWaiting(demands.waiting(demand));
            }
        }
    }

    private RoleExplanation.Asking askingOf(int framework) {
        if (!frameworks.isActive(framework)) {
            return RoleExplanation.Asking.INACTIVE;
        }
        return policies.mayContend(framework) ? RoleExplanation.Asking.CONTENDING : RoleExplanation.Asking.SUPPRESSED;
    }
}

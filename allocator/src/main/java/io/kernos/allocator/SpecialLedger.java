package io.kernos.allocator;

/**
 * Every movement of special resources, booked on the agent, the framework, its roles and the cluster at once.
 *
 * <p>What is shared counts once for a framework on an agent, and once for a role, however many references there are;
 * it does not count in what is allocated in the cluster.
 */
final class SpecialLedger {
    private final ClusterTotals cluster;
    private final Traits traits;
    private final SpecialTable specials;
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final RoleGoods roleGoods;
    private final QuotaTable quotas;
    private final SharedReferences references = new SharedReferences();
    private final Resources whole = new Resources();

    SpecialLedger(Parts parts) {
        cluster = parts.cluster;
        traits = parts.traits;
        specials = parts.specials;
        agents = parts.agents;
        frameworks = parts.frameworks;
        roles = parts.roles;
        roleGoods = parts.roleGoods;
        quotas = parts.quotas;
    }

    SharedReferences references() {
        return references;
    }

    /** Books the special part of what is known to be covered. */
    void move(Account from, Account to, int agent, int framework, Resources resources, int times) {
        for (int i = 0; i < resources.specials(); i++) {
            int trait = resources.specialTrait(i);
            Resources amounts = resources.special(i);
            int row = specials.ensure(agent, trait);
            if (traits.isShared(trait)) {
                refer(from, to, row, framework, (long) specials.references(row, amounts) * times);
            } else {
                hold(from, to, trait, framework, amounts, times);
            }
            specials.move(from, to, row, amounts, times);
            specials.dropIfEmpty(row);
        }
        if (from == Account.FREE || to == Account.FREE) {
            agents.onSpecialsChanged(agent, to == Account.FREE);
        }
    }

    /** Whether a framework has as much in an account, as far as is known by framework. */
    boolean covers(int agent, Account account, int framework, Resources resources) {
        for (int i = 0; i < resources.specials(); i++) {
            int trait = resources.specialTrait(i);
            Resources amounts = resources.special(i);
            int row = specials.find(agent, trait);
            boolean isCovered = row != SpecialTable.NONE
                    && (traits.isShared(trait)
                            ? references.of(account, row, framework) >= specials.references(row, amounts)
                            : frameworks.covers(framework, account, amounts));
            if (!isCovered) {
                return false;
            }
        }
        return true;
    }

    /** Refuses what could not have been granted. */
    void checkRestored(int agent, Resources resources) {
        for (int i = 0; i < resources.specials(); i++) {
            int trait = resources.specialTrait(i);
            traits.checkAmounts(trait, resources.special(i));
            int row = specials.find(agent, trait);
            Checks.state(
                    !traits.isShared(trait)
                            || (row != SpecialTable.NONE && specials.isMultiple(row, resources.special(i))),
                    "agentIndex",
                    agent,
                    "have the shared volume to restore references to it");
            Checks.state(
                    !traits.isWhole(trait)
                            || traits.isShared(trait)
                            || row == SpecialTable.NONE
                            || !specials.isAllocated(row),
                    "agentIndex",
                    agent,
                    "have nothing allocated of what can be had only as a whole");
        }
    }

    /** Changes how much of a trait an agent has: more where times is 1, less where it is -1. */
    void addTotal(int agent, int trait, Resources amounts, int times) {
        int row = specials.ensure(agent, trait);
        specials.accounts().addTotal(row, amounts, times);
        specials.dropIfEmpty(row);
        roleGoods.addReserved(traits.reservedTo(trait), amounts, times);
        quotas.onConsumptionChanged(traits.reservedTo(trait), true);
    }

    private void hold(Account from, Account to, int trait, int framework, Resources amounts, int times) {
        frameworks.move(from, to, framework, amounts, times);
        if (from == Account.FREE || to == Account.FREE) {
            int change = to == Account.FREE ? -times : times;
            cluster.addAllocated(amounts, change);
            roles.hold(frameworks.role(framework), amounts, change);
            if (!traits.isCharged(trait)) {
                roleGoods.addExempt(frameworks.role(framework), amounts, change);
            }
        }
    }

    private void refer(Account from, Account to, int row, int framework, long count) {
        boolean had = references.has(row, framework);
        references.add(from, row, framework, -count);
        references.add(to, row, framework, count);
        boolean has = references.has(row, framework);
        if (had == has) {
            return;
        }
        int change = has ? 1 : -1;
        boolean isCharged = traits.isCharged(specials.trait(row));
        whole.scalar(ResourceKinds.DISK, specials.accounts().total(row, ResourceKinds.DISK));
        frameworks.share(framework, whole, change);
        int role = frameworks.role(framework);
        int turning = has ? 1 : 0;
        if (references.addOwn(row, role, change) == turning) {
            roleGoods.shareOwn(role, whole, change);
        }
        while (role != RoleTable.ROOT && references.addInRole(row, role, change) == turning) {
            roleGoods.share(role, whole, change, isCharged);
            role = roles.parent(role);
        }
    }
}

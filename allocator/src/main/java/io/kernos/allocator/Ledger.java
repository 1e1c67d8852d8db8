package io.kernos.allocator;

/** Every movement of resources, booked on the agent, the framework, its role and the cluster at once. */
final class Ledger {
    private final ClusterTotals cluster;
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final Contenders contenders;
    private final SpecialTable specials;
    private final SpecialLedger specialLedger;
    private final QuotaTable quotas;
    private final Maintenance maintenance;

    Ledger(Parts parts) {
        cluster = parts.cluster;
        agents = parts.agents;
        frameworks = parts.frameworks;
        roles = parts.roles;
        contenders = parts.contenders;
        specials = parts.specials;
        specialLedger = parts.specialLedger;
        quotas = parts.quotas;
        maintenance = parts.maintenance;
    }

    /** Books what is known to be covered. */
    void move(Account from, Account to, int agent, int framework, Resources resources, int times) {
        agents.move(from, to, agent, resources, times);
        frameworks.move(from, to, framework, resources, times);
        if (resources.hasSpecials()) {
            specialLedger.move(from, to, agent, framework, resources, times);
        }
        if (from == Account.FREE || to == Account.FREE) {
            int change = to == Account.FREE ? -times : times;
            roles.hold(frameworks.role(framework), resources, change);
            quotas.onConsumptionChanged(frameworks.role(framework), change < 0);
            cluster.addAllocated(resources, change);
            contenders.onHoldingChanged(framework);
            maintenance.onHoldingChanged(agent, framework, resources, change);
        }
    }

    /** Checks that an agent and a framework have resources in an account, then books them into another. */
    void moveGranted(Account from, Account to, int agent, int framework, Resources resources) {
        requireGranted(from, agent, framework, resources);
        move(from, to, agent, framework, resources, 1);
    }

    /** Checks that an agent and a framework have resources in an account. */
    void requireGranted(Account account, int agent, int framework, Resources resources) {
        agents.require(agent);
        frameworks.require(framework);
        boolean isGranted = agents.covers(agent, account, resources)
                && specials.covers(agent, account, resources)
                && frameworks.covers(framework, account, resources)
                && specialLedger.covers(agent, account, framework, resources);
        if (!isGranted) {
            throw new IllegalStateException("agentIndex=" + agent + " frameworkIndex=" + framework + " must have "
                    + resources + " in account " + account);
        }
    }

    /** Books resources that were granted before this allocator existed, whether or not they are free. */
    void restore(Account to, int agent, int framework, Resources resources) {
        agents.require(agent);
        frameworks.require(framework);
        cluster.checkAllocated(resources);
        specialLedger.checkRestored(agent, resources);
        if (agents.isAllocated(agent, resources) || specials.isAllocated(agent, resources)) {
            throw new IllegalStateException(
                    "agentIndex=" + agent + " must not have numbers of " + resources + " allocated already");
        }
        move(Account.FREE, to, agent, framework, resources, 1);
        quotas.onRestored();
    }
}

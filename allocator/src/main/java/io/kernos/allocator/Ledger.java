package io.kernos.allocator;

/** Every movement of resources, booked on the agent, the framework, its role and the cluster at once. */
final class Ledger {
    private final ClusterTotals cluster;
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final Contenders contenders;

    Ledger(Parts parts) {
        cluster = parts.cluster;
        agents = parts.agents;
        frameworks = parts.frameworks;
        roles = parts.roles;
        contenders = parts.contenders;
    }

    /** Books what is known to be covered. */
    void move(Account from, Account to, int agent, int framework, Resources resources, int times) {
        agents.move(from, to, agent, resources, times);
        frameworks.move(from, to, framework, resources, times);
        if (from == Account.FREE || to == Account.FREE) {
            int change = to == Account.FREE ? -times : times;
            roles.hold(frameworks.role(framework), resources, change);
            cluster.addAllocated(resources, change);
            contenders.onHoldingChanged(framework);
        }
    }

    /** Checks that an agent and a framework have resources in an account, then books them into another. */
    void moveGranted(Account from, Account to, int agent, int framework, Resources resources) {
        agents.require(agent);
        frameworks.require(framework);
        if (!agents.covers(agent, from, resources) || !frameworks.covers(framework, from, resources)) {
            throw new IllegalStateException("agentIndex=" + agent + " frameworkIndex=" + framework + " must have "
                    + resources + " in account " + from + " to move it to " + to);
        }
        move(from, to, agent, framework, resources, 1);
    }

    /** Books resources that were granted before this allocator existed, whether or not they are free. */
    void restore(Account to, int agent, int framework, Resources resources) {
        agents.require(agent);
        frameworks.require(framework);
        cluster.checkAllocated(resources);
        if (agents.isAllocated(agent, resources)) {
            throw new IllegalStateException(
                    "agentIndex=" + agent + " must not have numbers of " + resources + " allocated already");
        }
        move(Account.FREE, to, agent, framework, resources, 1);
    }
}

package io.kernos.allocator;

/**
 * The events of agents: what there is to give.
 * Errors of the caller are refused and change nothing.
 */
public final class AgentEvents {
    private final AgentTable agents;
    private final ClusterTotals cluster;
    private final FilterTable filters;

    AgentEvents(Parts parts) {
        this.agents = parts.agents;
        this.cluster = parts.cluster;
        this.filters = parts.filters;
    }

    /**
     * Adds an agent, active, with everything free.
     *
     * @param agentIndex not in use.
     * @param total      all that it has; copied.
     */
    public void add(int agentIndex, Resources total) {
        agents.requireNew(agentIndex);
        cluster.checkTotal(total);
        agents.add(agentIndex, total);
    }

    /**
     * Changes what an agent has. Where it then has less of a scalar than is allocated, or lacks a number that is, it is
     * overcommitted: nothing more is given there until enough is recovered.
     *
     * @param agentIndex an agent.
     * @param total      all that it has now; copied.
     */
    public void updateTotal(int agentIndex, Resources total) {
        agents.require(agentIndex);
        agents.checkTotal(agentIndex, total);
        agents.updateTotal(agentIndex, total);
    }

    /**
     * Removes an agent and the filters on it. All that was granted there must have been recovered.
     *
     * @param agentIndex an agent of which nothing is allocated.
     */
    public void remove(int agentIndex) {
        agents.require(agentIndex);
        agents.requireNothingAllocated(agentIndex);
        filters.clearAgent(agentIndex);
        agents.remove(agentIndex);
    }

    /**
     * Says whether anything may be given on an agent. What is allocated there stays so, and the agent counts in the
     * total of the cluster either way.
     *
     * @param agentIndex an agent, active when added.
     * @param active     whether to give from now on.
     */
    public void setActive(int agentIndex, boolean active) {
        agents.require(agentIndex);
        if (agents.isActive(agentIndex) != active) {
            agents.active(agentIndex, active);
        }
    }

    /**
     * Copies what is free on an agent; of an overcommitted kind that is nothing.
     *
     * @param agentIndex an agent.
     * @param into       where to.
     */
    public void freeOf(int agentIndex, Resources into) {
        agents.require(agentIndex);
        agents.copyFree(agentIndex, into);
    }

    /**
     * Whether all of some resources is free on an agent.
     *
     * @param agentIndex an agent, active or not.
     * @param resources  to look for.
     * @return true if they are free, and the agent is not overcommitted.
     */
    public boolean isFree(int agentIndex, Resources resources) {
        agents.require(agentIndex);
        return !agents.isOvercommitted(agentIndex) && agents.covers(agentIndex, Account.FREE, resources);
    }
}

package io.kernos.allocator;

import java.util.Objects;

/**
 * The events of agents: what there is to give.
 * Errors of the caller are refused and change nothing.
 */
public final class AgentEvents {
    private final AgentTable agents;
    private final ClusterTotals cluster;
    private final FilterTable filters;
    private final Exclusions exclusions;
    private final SpecialTable specials;
    private final SpecialTotals specialTotals;
    private final Suitability suitability;
    private final Maintenance maintenance;
    private final RunTable runs;
    private final Claims claims;
    private final RunEnds runEnds;
    private final ReservedRoom reservedRoom;

    AgentEvents(Parts parts) {
        this.agents = parts.agents;
        this.cluster = parts.cluster;
        this.filters = parts.filters;
        this.exclusions = parts.exclusions;
        this.specials = parts.specials;
        this.specialTotals = parts.specialTotals;
        this.suitability = parts.suitability;
        this.maintenance = parts.maintenance;
        this.runs = parts.runs;
        this.claims = parts.claimBook;
        this.runEnds = parts.runEnds;
        this.reservedRoom = parts.reservedRoom;
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
        specialTotals.check(agentIndex, total);
        agents.add(agentIndex, total);
        specialTotals.update(agentIndex, total);
        exclusions.addAgent(agentIndex);
        suitability.describe(agentIndex);
    }

    /**
     * Says what an agent is, as when it is added or comes back. Where its attributes have changed the filters on it
     * end: frameworks may have declined it for what it was.
     *
     * @param agentIndex an agent; {@link AgentInfo#UNKNOWN} when added.
     * @param info       what it is from now on.
     */
    public void describe(int agentIndex, AgentInfo info) {
        agents.require(agentIndex);
        Objects.requireNonNull(info, "info");
        if (!info.attributes().equals(exclusions.info(agentIndex).attributes())) {
            filters.clearAgent(agentIndex);
            maintenance.unfilterAgent(agentIndex);
            agents.markChanged(agentIndex);
        }
        exclusions.describe(agentIndex, info);
        suitability.describe(agentIndex);
    }

    /**
     * Says how an agent is divided into nodes.
     *
     * @param agentIndex an agent; {@link AgentTopology#NONE} when added.
     * @param topology   how it is divided from now on; what is used stays where it is.
     */
    public void arrange(int agentIndex, AgentTopology topology) {
        agents.require(agentIndex);
        agents.topology(agentIndex, Objects.requireNonNull(topology, "topology"));
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
        specialTotals.check(agentIndex, total);
        agents.updateTotal(agentIndex, total);
        specialTotals.update(agentIndex, total);
    }

    /**
     * Removes an agent and the filters on it. All that was granted there must have been recovered, and
     * tasks of groups have ended.
     *
     * @param agentIndex an agent of which nothing is allocated.
     */
    public void remove(int agentIndex) {
        agents.require(agentIndex);
        runs.requireNoneOn(agentIndex);
        runEnds.requireNoneOn(agentIndex);
        claims.requireNothingElseOn(agentIndex);
        claims.requireNoGroupsElseOn(agentIndex);
        claims.endOn(agentIndex);
        reservedRoom.forget(agentIndex);
        filters.clearAgent(agentIndex);
        exclusions.removeAgent(agentIndex);
        specialTotals.clear(agentIndex);
        suitability.removeAgent(agentIndex);
        maintenance.unschedule(agentIndex);
        agents.remove(agentIndex);
    }

    /**
     * Says whether an agent is connected: {@link AgentHold#DISCONNECTED} in other words.
     *
     * @param agentIndex an agent, active when added.
     * @param active     whether it is connected from now on.
     */
    public void setActive(int agentIndex, boolean active) {
        setHeld(agentIndex, AgentHold.DISCONNECTED, !active);
    }

    /**
     * Adds or ends a reason for which nothing is given on an agent. It gives when no reason is left. What is allocated
     * there stays so, and the agent counts in the total of the cluster.
     *
     * @param agentIndex an agent, without any when added.
     * @param hold       the reason.
     * @param isHeld     whether it holds from now on.
     */
    public void setHeld(int agentIndex, AgentHold hold, boolean isHeld) {
        agents.require(agentIndex);
        if (agents.has(agentIndex, hold) != isHeld) {
            agents.hold(agentIndex, hold, isHeld);
        }
    }

    /**
     * Whether a reason holds for which nothing is given on an agent.
     *
     * @param agentIndex an agent.
     * @param hold       the reason.
     * @return true if it holds.
     */
    public boolean isHeld(int agentIndex, AgentHold hold) {
        agents.require(agentIndex);
        return agents.has(agentIndex, hold);
    }

    /**
     * Whether draining an agent is done: nothing is allocated there any more.
     *
     * @param agentIndex an agent.
     * @return true if it is draining, and empty.
     */
    public boolean isDrained(int agentIndex) {
        agents.require(agentIndex);
        return agents.has(agentIndex, AgentHold.DRAINING) && agents.isEmpty(agentIndex);
    }

    /**
     * How much of a scalar kind all agents have together, active or not.
     *
     * @param kind a scalar kind.
     * @return the amount.
     */
    public long total(int kind) {
        return cluster.total(kind);
    }

    /**
     * How much of a scalar kind is offered and used, on all agents together.
     *
     * @param kind a scalar kind.
     * @return the amount.
     */
    public long allocated(int kind) {
        return cluster.allocated(kind);
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
        specials.addFreeOf(agentIndex, into);
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
        return !agents.isOvercommitted(agentIndex)
                && agents.covers(agentIndex, Account.FREE, resources)
                && specials.covers(agentIndex, Account.FREE, resources);
    }
}

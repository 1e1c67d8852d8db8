package io.kernos.master.state;

import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;

/** The agents that are there or may come back. */
final class AgentTable {
    /** Odd, so that no two times give the same. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final Long2ObjectHashMap<Agent> byId = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<Agent> byInstance = new Long2ObjectHashMap<>();
    private final IndexPool indexes;
    private final long[] totals = new long[ResourceKinds.MAX_SCALARS];
    private Agent[] agents = new Agent[4];
    private long nextId = 1;
    private long clusterId;

    AgentTable(int maxAgents) {
        indexes = new IndexPool(maxAgents);
    }

    Agent byId(long agentId) {
        return byId.get(agentId);
    }

    /** The agent whose process, of this life, registered last. */
    Agent byInstance(long instanceId) {
        return byInstance.get(instanceId);
    }

    Agent byIndex(int index) {
        return agents[index];
    }

    int size() {
        return indexes.used();
    }

    boolean isFull() {
        return indexes.isFull();
    }

    long nextId() {
        return nextId;
    }

    void nextId(long nextId) {
        this.nextId = nextId;
    }

    /** Which cluster this is, so that an agent of another is known; 0: no agent came yet, or all came before ids. */
    long clusterId() {
        return clusterId;
    }

    void clusterId(long clusterId) {
        this.clusterId = clusterId;
    }

    /** Names the cluster by its first agent: a process's random number, and when it came. Later ones change nothing. */
    void foundCluster(long instanceId, long nowMs) {
        if (clusterId == 0 && nextId == 1) {
            clusterId = Math.max(1, (instanceId ^ nowMs * SPREAD) & Long.MAX_VALUE);
        }
    }

    Agent add() {
        return put(new Agent(indexes.acquire(), nextId++));
    }

    Agent load(int index, long id) {
        indexes.claim(index);
        return put(new Agent(index, id));
    }

    void instance(Agent agent, long instanceId) {
        if (byInstance.get(agent.instanceId) == agent) {
            byInstance.remove(agent.instanceId);
        }
        agent.instanceId = instanceId;
        byInstance.put(instanceId, agent);
    }

    /** How much of a scalar kind all agents have. */
    long total(int kind) {
        return totals[kind];
    }

    /** Changes what an agent has. */
    void total(Agent agent, Resources total) {
        for (int kind = 0; kind < totals.length; kind++) {
            totals[kind] += total.scalar(kind) - agent.total.scalar(kind);
        }
        agent.total.copyFrom(total);
    }

    /** Counts what a loaded agent has. */
    void sum(Agent agent) {
        for (int kind = 0; kind < totals.length; kind++) {
            totals[kind] += agent.total.scalar(kind);
        }
    }

    void remove(Agent agent) {
        for (int kind = 0; kind < totals.length; kind++) {
            totals[kind] -= agent.total.scalar(kind);
        }
        byId.remove(agent.id);
        byInstance.remove(agent.instanceId);
        agents[agent.index] = null;
        indexes.release(agent.index);
    }

    /** The first agent with this index or a higher one; null if there is none. */
    Agent from(int index) {
        int next = indexes.next(index);
        return next == IndexPool.NONE ? null : agents[next];
    }

    private Agent put(Agent agent) {
        if (agent.index >= agents.length) {
            agents = Arrays.copyOf(agents, Math.max(agent.index + 1, agents.length * 2));
        }
        agents[agent.index] = agent;
        byId.put(agent.id, agent);
        return agent;
    }
}

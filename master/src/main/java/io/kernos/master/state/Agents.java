package io.kernos.master.state;

import io.kernos.allocator.Allocator;
import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/** The one place that changes an agent's state: connected, gone, back, removed. */
final class Agents {
    private final AgentTable table;
    private final ToldTable told;
    private final Offers offers;
    private final TaskLife life;
    private final Allocator allocator;
    private final TimerQueue timers;
    private final Projection projection;
    private final Counting counting;
    private final long unreachableAfterMs;
    private final long agentTimeoutMs;

    Agents(Tables tables, Allocator allocator, Offers offers, TaskLife life, StateContext context) {
        this.table = tables.agents;
        this.told = tables.told;
        this.offers = offers;
        this.life = life;
        this.allocator = allocator;
        this.timers = tables.timers;
        this.projection = tables.projection;
        this.counting = context.counting();
        this.unreachableAfterMs = context.unreachableAfterMs();
        this.agentTimeoutMs = context.agentTimeoutMs();
    }

    /** An agent that never was here; it is to be connected at once. */
    Agent add(Registration registration, long nowMs) {
        Agent agent = table.add();
        agent.registeredMs = nowMs;
        allocator.agents().add(agent.index, registration.total);
        allocator.agents().setActive(agent.index, false);
        count(agent.state, 1);
        return agent;
    }

    /** An agent registers over a connection, which no agent has. */
    void connect(Agent agent, Relay relay, Registration registration) {
        agent.relay = relay;
        agent.connectionId = registration.connectionId;
        relay.agentByConnection.put(agent.connectionId, agent);
        table.instance(agent, registration.instanceId);
        table.total(agent, registration.total);
        allocator.agents().updateTotal(agent.index, agent.total);
        agent.hostname = registration.hostname;
        agent.sandboxChannel = registration.sandboxChannel;
        agent.attributes = registration.attributes;
        allocator.agents().describe(agent.index, AgentInfos.of(agent));
        agent.unreachableAtMs = 0;
        agent.removeAtMs = 0;
        timers.cancel(TimerKinds.AGENT, agent.index);
        for (Task task = agent.tasks.first(); task != null; task = task.inAgent.after()) {
            task.listed = false;
        }
        state(agent, AgentState.REGISTERING);
    }

    /** An agent's registration is complete. */
    void activate(Agent agent) {
        allocator.agents().setActive(agent.index, true);
        state(agent, AgentState.ACTIVE);
    }

    /** An agent's connection is gone, or another is to take its place. */
    void disconnect(Agent agent, long nowMs) {
        agent.relay.agentByConnection.remove(agent.connectionId);
        agent.relay = null;
        agent.connectionId = 0;
        allocator.agents().setActive(agent.index, false);
        offers.rescindOf(agent);
        told.forget(agent);
        agent.strays.clear();
        agent.unreachableAtMs = nowMs + unreachableAfterMs;
        agent.removeAtMs = nowMs + agentTimeoutMs;
        timers.schedule(TimerKinds.AGENT, agent.index, agent.unreachableAtMs);
        state(agent, AgentState.DISCONNECTED);
    }

    /** A disconnected agent did not come back: its tasks become unreachable first, then it is removed. */
    void onDeadline(Agent agent, long nowMs) {
        if (agent.unreachableAtMs != 0) {
            agent.unreachableAtMs = 0;
            projection.changed(agent);
            timers.schedule(TimerKinds.AGENT, agent.index, agent.removeAtMs);
            changeTasks(agent, TaskState.UNREACHABLE, TaskReason.AGENT_DISCONNECTED, nowMs);
        } else {
            remove(agent, nowMs);
        }
    }

    private void remove(Agent agent, long nowMs) {
        changeTasks(agent, TaskState.GONE, TaskReason.AGENT_REMOVED, nowMs);
        allocator.agents().remove(agent.index);
        state(agent, AgentState.REMOVED);
        table.remove(agent);
        projection.removed(agent);
    }

    private void changeTasks(Agent agent, TaskState state, TaskReason reason, long nowMs) {
        Task task = agent.tasks.first();
        while (task != null) {
            Task next = task.inAgent.after();
            if (task.state != state) {
                life.change(task, state, reason, nowMs);
            }
            task = next;
        }
    }

    private void state(Agent agent, AgentState state) {
        count(agent.state, -1);
        agent.state = state;
        count(state, 1);
        projection.changed(agent);
    }

    private void count(AgentState state, int delta) {
        switch (state) {
            case ACTIVE -> counting.add(MasterCounter.AGENTS_ACTIVE, delta);
            case DISCONNECTED -> counting.add(MasterCounter.AGENTS_DISCONNECTED, delta);
            case REMOVED -> counting.add(MasterCounter.AGENTS_REMOVED, Math.max(0, delta));
            case REGISTERING -> counting.add(MasterCounter.AGENTS_REGISTERING, delta);
            case NULL_VAL -> throw new IllegalStateException("an agent without a state");
        }
    }
}

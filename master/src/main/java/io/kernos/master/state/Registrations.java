package io.kernos.master.state;

import io.kernos.allocator.ResourceKinds;
import io.kernos.transport.codecs.AgentRegisterDecoder;
import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.AgentTasksDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/**
 * Agents register, for the first time or again, and name their tasks; then what they and the master know is brought
 * together.
 *
 * <p>Who an agent is: the id it names, where the master has it; else the process (instanceId) that registered before
 * and may not have heard its id; else it is new, and gets an id of its own whatever it names. A registration takes
 * the place of an older connection of the same agent; where another process had that, it is told to stop.
 *
 * <p>Ids begin at 1 in each cluster, so those that another cluster gave say nothing here. An agent that has some is
 * refused, and told which cluster this is: it ends those tasks and joins as one that is new.
 */
final class Registrations {
    /** Most tasks to be killed that an agent can name at once; it is told about the others when it registers again. */
    private static final int MAX_STRAYS = 65_536;

    /** Most of a scalar kind that all agents together may have, so that sums stay in range. */
    private static final long MAX_CLUSTER_SCALAR = Long.MAX_VALUE / 2;

    private final AgentTable table;
    private final FrameworkTable frameworks;
    private final Agents agents;
    private final TaskLife life;
    private final Launcher launcher;
    private final Kills kills;
    private final AgentPublisher publisher;
    private final Counting counting;
    private final int maxAgents;
    private final Text why = new Text();

    Registrations(
            Tables tables,
            Publishers publishers,
            Agents agents,
            TaskLife life,
            Launcher launcher,
            Kills kills,
            StateContext context) {
        this.table = tables.agents;
        this.frameworks = tables.frameworks;
        this.agents = agents;
        this.life = life;
        this.launcher = launcher;
        this.kills = kills;
        this.publisher = publishers.agents;
        this.counting = context.counting();
        this.maxAgents = context.maxAgents();
    }

    void register(Request request, Relay relay, AgentRegisterDecoder message, int length, long nowMs) {
        Registration registration = new Registration(message, why);
        Agent agent = table.byId(registration.agentId);
        Agent sameProcess = table.byInstance(registration.instanceId);
        agent = agent == null ? sameProcess : agent;
        RefusalCode refusal = registration.refusal(length, why);
        if (refusal == RefusalCode.NULL_VAL) {
            table.foundCluster(registration.instanceId, nowMs);
            refusal = refusal(registration, relay, agent, sameProcess);
        }
        if (refusal != RefusalCode.NULL_VAL) {
            request.count(refusal);
            counting.add(MasterCounter.AGENTS_REFUSED, 1);
            publisher.refused(relay, registration.connectionId, refusal, why);
            return;
        }
        counting.add(agent == null ? MasterCounter.AGENTS_REGISTERED : MasterCounter.AGENTS_REREGISTERED, 1);
        Agent whole = agent == null ? agents.add(registration, nowMs) : agent;
        leaveOldConnections(whole, relay, registration, nowMs);
        agents.connect(whole, relay, registration);
    }

    /** Takes a list of an agent's tasks; the last completes its registration. */
    void list(Request request, Agent agent, AgentTasksDecoder message, long nowMs) {
        if (agent.state != AgentState.REGISTERING) {
            request.why().put("connectionId=").put(agent.connectionId);
            request.text().put(" is registered; a list of tasks comes after AgentRegister only");
            request.refuse(RefusalCode.INVALID_VALUE);
            return;
        }
        boolean isLast = message.last() != 0;
        AgentTasksDecoder.TasksDecoder tasks = message.tasks();
        while (tasks.hasNext()) {
            tasks.next();
            Framework framework = frameworks.byId(tasks.frameworkId());
            Task task = framework == null ? null : framework.taskById.get(tasks.taskId());
            if (task != null && task.agent == agent) {
                task.listed = true;
            } else if (!TaskStates.isFinal(tasks.state()) && agent.strays.size() < 2 * MAX_STRAYS) {
                agent.strays.addLong(tasks.frameworkId());
                agent.strays.addLong(tasks.taskId());
            }
        }
        if (isLast) {
            complete(agent, nowMs);
        }
    }

    /** Sends what an agent may have missed once more. */
    void repeat(Agent agent) {
        if (agent.state == AgentState.REGISTERING) {
            publisher.registerAgain(agent.relay, agent.connectionId);
            return;
        }
        publisher.registered(agent);
        for (Task task = agent.tasks.first(); task != null; task = task.inAgent.after()) {
            if (task.state == TaskState.STAGING) {
                launcher.send(task);
            }
            kills.repeat(task);
        }
    }

    private RefusalCode refusal(Registration registration, Relay relay, Agent agent, Agent sameProcess) {
        if (isForeign(registration)) {
            why.start().put("clusterId=").put(registration.clusterId).put(": this is cluster ");
            why.put(table.clusterId()).put("; the agent must end the tasks of the other and join as a new one");
            return RefusalCode.UNKNOWN_AGENT;
        }
        if (sameProcess != null && sameProcess != agent) {
            why.start().put("instanceId: agent ").put(sameProcess.id).put(" has the same; start this agent anew");
            return RefusalCode.ALREADY_EXISTS;
        }
        if (agent != null
                && agent.relay == relay
                && agent.instanceId == registration.instanceId
                && registration.connectionId < agent.connectionId) {
            why.start().put("connectionId=").put(registration.connectionId).put(" is older than connection ");
            why.put(agent.connectionId).put(" of the same agent");
            return RefusalCode.ALREADY_EXISTS;
        }
        if (agent == null && table.isFull()) {
            why.start().put("the limit maxAgents=").put(maxAgents).put(" is reached; raise it");
            return RefusalCode.LIMIT_REACHED;
        }
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long others = table.total(kind) - (agent == null ? 0 : agent.total.scalar(kind));
            if (others > MAX_CLUSTER_SCALAR - registration.total.scalar(kind)) {
                why.start().put(ResourceCodec.scalarName(kind)).put(": the sum of all agents would exceed ");
                why.put(MAX_CLUSTER_SCALAR);
                return RefusalCode.LIMIT_REACHED;
            }
        }
        return RefusalCode.NULL_VAL;
    }

    private boolean isForeign(Registration registration) {
        long clusterId = table.clusterId();
        return clusterId != 0 && registration.clusterId != 0 && registration.clusterId != clusterId;
    }

    private void leaveOldConnections(Agent agent, Relay relay, Registration registration, long nowMs) {
        Agent other = relay.agentByConnection.get(registration.connectionId);
        if (other != null && other != agent) {
            agents.disconnect(other, nowMs);
        }
        if (agent.relay == null) {
            return;
        }
        if (agent.instanceId != registration.instanceId && other != agent) {
            why.start().put("agentId=").put(agent.id).put(": another process registered as this agent");
            publisher.refused(agent.relay, agent.connectionId, RefusalCode.ALREADY_EXISTS, why);
        }
        agents.disconnect(agent, nowMs);
    }

    private void complete(Agent agent, long nowMs) {
        agents.activate(agent);
        publisher.registered(agent);
        for (int i = 0; i < agent.strays.size(); i += 2) {
            publisher.kill(agent, agent.strays.getLong(i), agent.strays.getLong(i + 1), Kills.GRACE_OF_TEMPLATE);
        }
        agent.strays.clear();
        Task task = agent.tasks.first();
        while (task != null) {
            Task next = task.inAgent.after();
            if (task.listed) {
                meet(task, nowMs);
            } else {
                miss(task, nowMs);
            }
            task = next;
        }
    }

    /** The agent has the task. */
    private void meet(Task task, long nowMs) {
        task.listed = false;
        if (task.state == TaskState.UNREACHABLE) {
            life.change(task, task.progress, TaskReason.NONE, nowMs);
        }
        kills.repeat(task);
    }

    /** The agent does not have the task: it was on its way, or is lost. */
    private void miss(Task task, long nowMs) {
        if (task.progress != TaskState.STAGING) {
            life.change(task, TaskState.LOST, TaskReason.AGENT_UNKNOWN_TASK, nowMs);
        } else if (task.killRequested) {
            life.change(task, TaskState.KILLED, TaskReason.KILLED_DURING_LAUNCH, nowMs);
        } else {
            if (task.state == TaskState.UNREACHABLE) {
                life.change(task, TaskState.STAGING, TaskReason.NONE, nowMs);
            }
            launcher.send(task);
        }
    }
}

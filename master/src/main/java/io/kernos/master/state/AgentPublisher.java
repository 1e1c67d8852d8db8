package io.kernos.master.state;

import io.kernos.allocator.RangeSet;
import io.kernos.allocator.ResourceKinds;
import io.kernos.transport.codecs.AgentRefusedEncoder;
import io.kernos.transport.codecs.AgentRegisteredEncoder;
import io.kernos.transport.codecs.KillTaskEncoder;
import io.kernos.transport.codecs.LaunchTaskEncoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RegisterAgainEncoder;
import io.kernos.transport.codecs.RelayConnectedEncoder;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusAckEncoder;

/** Encodes what goes to agents, by way of their relay. */
final class AgentPublisher {
    private static final RangeSet NO_PORTS = new RangeSet();

    private final RelayConnectedEncoder relayConnected = new RelayConnectedEncoder();
    private final AgentRegisteredEncoder registered = new AgentRegisteredEncoder();
    private final AgentRefusedEncoder refused = new AgentRefusedEncoder();
    private final RegisterAgainEncoder registerAgain = new RegisterAgainEncoder();
    private final TaskStatusAckEncoder statusAck = new TaskStatusAckEncoder();
    private final LaunchTaskEncoder launch = new LaunchTaskEncoder();
    private final KillTaskEncoder kill = new KillTaskEncoder();
    private final TemplateTranscoder templates = new TemplateTranscoder();
    private final AgentTable agents;
    private final Outbound out;

    AgentPublisher(Outbound out, AgentTable agents) {
        this.agents = agents;
        this.out = out;
    }

    void relayConnected(Relay relay) {
        relayConnected.wrapAndApplyHeader(out.buffer, 0, out.header).relayId(relay.id);
        out.send(relay.session, relayConnected.encodedLength());
    }

    void registered(Agent agent) {
        registered
                .wrapAndApplyHeader(out.buffer, 0, out.header)
                .connectionId(agent.connectionId)
                .agentId(agent.id)
                .clusterId(agents.clusterId());
        out.send(agent.relay.session, registered.encodedLength());
    }

    void refused(Relay relay, long connectionId, RefusalCode code, Text why) {
        refused.wrapAndApplyHeader(out.buffer, 0, out.header)
                .connectionId(connectionId)
                .code(code)
                .clusterId(agents.clusterId())
                .putMessage(why.buffer(), 0, why.length());
        out.send(relay.session, refused.encodedLength());
    }

    void registerAgain(Relay relay, long connectionId) {
        registerAgain.wrapAndApplyHeader(out.buffer, 0, out.header).connectionId(connectionId);
        out.send(relay.session, registerAgain.encodedLength());
    }

    void statusAck(Agent agent, long frameworkId, long taskId, TaskState state) {
        statusAck
                .wrapAndApplyHeader(out.buffer, 0, out.header)
                .connectionId(agent.connectionId)
                .frameworkId(frameworkId)
                .taskId(taskId)
                .state(state);
        out.send(agent.relay.session, statusAck.encodedLength());
    }

    void define(Agent agent, Template template) {
        out.send(agent.relay.session, templates.define(out, agent.connectionId, template));
    }

    void launch(Task task) {
        Agent agent = task.agent;
        launch.wrapAndApplyHeader(out.buffer, 0, out.header)
                .connectionId(agent.connectionId)
                .frameworkId(task.framework.id)
                .taskId(task.taskId)
                .relayedNs(0)
                .templateId(task.template.id)
                .taskIndex(task.taskIndex);
        RangeSet ports = task.hasPorts() ? task.ports : NO_PORTS;
        LaunchTaskEncoder.RangesEncoder ranges = launch.rangesCount(ports.intervals());
        for (int i = 0; i < ports.intervals(); i++) {
            ranges.next().kind(ResourceKinds.PORTS).begin(ports.begin(i)).end(ports.end(i));
        }
        out.send(agent.relay.session, launch.encodedLength());
    }

    void kill(Agent agent, long frameworkId, long taskId, int graceMs) {
        kill.wrapAndApplyHeader(out.buffer, 0, out.header)
                .connectionId(agent.connectionId)
                .frameworkId(frameworkId)
                .taskId(taskId)
                .graceMs(graceMs);
        out.send(agent.relay.session, kill.encodedLength());
    }
}

package io.kernos.master.state;

import io.kernos.transport.codecs.AgentDisconnectedDecoder;
import io.kernos.transport.codecs.AgentRegisterDecoder;
import io.kernos.transport.codecs.AgentTasksDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RelayConnectDecoder;
import io.kernos.transport.codecs.TaskStatusDecoder;
import org.agrona.DirectBuffer;

/** Decodes what relays send, for themselves and for agents. Messages are sound in their structure here. */
final class AgentAdapter {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final RelayConnectDecoder relayConnect = new RelayConnectDecoder();
    private final AgentRegisterDecoder register = new AgentRegisterDecoder();
    private final AgentTasksDecoder tasks = new AgentTasksDecoder();
    private final AgentDisconnectedDecoder disconnected = new AgentDisconnectedDecoder();
    private final TaskStatusDecoder status = new TaskStatusDecoder();

    private final Relays relays;
    private final Agents agents;
    private final Registrations registrations;
    private final Statuses statuses;
    private final AgentPublisher publisher;

    AgentAdapter(Publishers publishers, Relays relays, Agents agents, Registrations registrations, Statuses statuses) {
        this.relays = relays;
        this.agents = agents;
        this.registrations = registrations;
        this.statuses = statuses;
        this.publisher = publishers.agents;
    }

    /** Carries a message out, or refuses it; false if its template is none of these. */
    boolean onMessage(Request request, long nowMs, DirectBuffer buffer, int offset, int length) {
        switch (request.templateId) {
            case RelayConnectDecoder.TEMPLATE_ID -> {
                relayConnect.wrapAndApplyHeader(buffer, offset, header);
                relays.connect(request, relayConnect, nowMs);
            }
            case AgentRegisterDecoder.TEMPLATE_ID -> onRegister(request, nowMs, buffer, offset, length);
            case AgentTasksDecoder.TEMPLATE_ID -> onTasks(request, nowMs, buffer, offset);
            case AgentDisconnectedDecoder.TEMPLATE_ID -> onDisconnected(request, nowMs, buffer, offset);
            case TaskStatusDecoder.TEMPLATE_ID -> onStatus(request, nowMs, buffer, offset);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void onRegister(Request request, long nowMs, DirectBuffer buffer, int offset, int length) {
        register.wrapAndApplyHeader(buffer, offset, header);
        Relay relay = relay(request);
        if (relay != null) {
            registrations.register(request, relay, register, length, nowMs);
        }
    }

    private void onTasks(Request request, long nowMs, DirectBuffer buffer, int offset) {
        tasks.wrapAndApplyHeader(buffer, offset, header);
        Agent agent = agent(request, tasks.connectionId());
        if (agent != null) {
            registrations.list(request, agent, tasks, nowMs);
        }
    }

    /** That of a connection which is not known is no news: another may have taken its place. */
    private void onDisconnected(Request request, long nowMs, DirectBuffer buffer, int offset) {
        disconnected.wrapAndApplyHeader(buffer, offset, header);
        Relay relay = relay(request);
        Agent agent = relay == null ? null : relay.agentByConnection.get(disconnected.connectionId());
        if (agent != null) {
            agents.disconnect(agent, nowMs);
        }
    }

    private void onStatus(Request request, long nowMs, DirectBuffer buffer, int offset) {
        status.wrapAndApplyHeader(buffer, offset, header);
        Agent agent = agent(request, status.connectionId());
        if (agent != null) {
            statuses.report(request, agent, status, nowMs);
        }
    }

    private static Relay relay(Request request) {
        if (request.session.relay == null) {
            request.why().put("this session is no relay; begin with RelayConnect");
            request.refuse(RefusalCode.WRONG_DIRECTION);
        }
        return request.session.relay;
    }

    /** The agent of a connection; where there is none it is asked to register again. */
    private Agent agent(Request request, long connectionId) {
        Relay relay = relay(request);
        if (relay == null) {
            return null;
        }
        Agent agent = relay.agentByConnection.get(connectionId);
        if (agent == null) {
            request.count(RefusalCode.UNKNOWN_AGENT);
            publisher.registerAgain(relay, connectionId);
        }
        return agent;
    }
}

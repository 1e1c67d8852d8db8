package io.kernos.master.relay;

import io.aeron.logbuffer.ControlledFragmentHandler;
import io.aeron.logbuffer.Header;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AgentRegisterDecoder;
import io.kernos.transport.codecs.AgentTasksDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskStatusDecoder;
import org.agrona.DirectBuffer;

/**
 * Decodes what agents send, refuses what is not theirs to send, and passes the rest to the master. What the master
 * cannot take just now stays in the agent's stream, which holds the agent back.
 */
final class AgentAdapter implements ControlledFragmentHandler {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AgentRegisterDecoder register = new AgentRegisterDecoder();
    private final AgentConnections connections;
    private final ClusterLink link;
    private final RelayMessages messages;
    private final RelayCounters counters;

    AgentAdapter(AgentConnections connections, ClusterLink link, RelayMessages messages, RelayCounters counters) {
        this.connections = connections;
        this.link = link;
        this.messages = messages;
        this.counters = counters;
    }

    @Override
    public Action onFragment(DirectBuffer buffer, int offset, int length, Header fragment) {
        if (!link.isConnected()) {
            return Action.ABORT;
        }
        RefusalCode code = MessageCheck.check(buffer, offset, length);
        if (code != MessageCheck.OK) {
            counters.add(RelayCounter.REFUSED, 1);
            return Action.CONTINUE;
        }
        return switch (MessageCheck.templateId(buffer, offset)) {
            case AgentRegisterDecoder.TEMPLATE_ID -> onRegister(buffer, offset, length, fragment.sessionId());
            case AgentTasksDecoder.TEMPLATE_ID, TaskStatusDecoder.TEMPLATE_ID ->
                onReport(buffer, offset, length, fragment.sessionId());
            default -> {
                counters.add(RelayCounter.REFUSED, 1);
                yield Action.CONTINUE;
            }
        };
    }

    private Action onRegister(DirectBuffer buffer, int offset, int length, int imageSessionId) {
        AgentConnection connection = connections.ofImage(imageSessionId);
        if (connection == null) {
            register.wrapAndApplyHeader(buffer, offset, header);
            int streamId = register.responseStreamId();
            connection = connections.open(imageSessionId, responseChannel(buffer, offset), streamId);
        }
        if (connection == null || connection.state() == AgentConnection.State.UNREACHABLE) {
            return Action.CONTINUE;
        }
        if (!pass(connection, buffer, offset, length)) {
            return Action.ABORT;
        }
        connection.state(AgentConnection.State.REGISTERED);
        return Action.CONTINUE;
    }

    /** Groups and data lie before it: they are walked in their order. */
    private String responseChannel(DirectBuffer buffer, int offset) {
        register.wrapAndApplyHeader(buffer, offset, header);
        for (AgentRegisterDecoder.ScalarsDecoder scalar : register.scalars()) {
            scalar.sbeSkip();
        }
        for (AgentRegisterDecoder.RangesDecoder range : register.ranges()) {
            range.sbeSkip();
        }
        for (AgentRegisterDecoder.AttributesDecoder attribute : register.attributes()) {
            attribute.sbeSkip();
        }
        register.skipHostname();
        return register.responseChannel();
    }

    private Action onReport(DirectBuffer buffer, int offset, int length, int imageSessionId) {
        AgentConnection connection = connections.ofImage(imageSessionId);
        if (connection == null || connection.state() != AgentConnection.State.REGISTERED) {
            counters.add(RelayCounter.DROPPED, 1);
            return Action.CONTINUE;
        }
        return pass(connection, buffer, offset, length) ? Action.CONTINUE : Action.ABORT;
    }

    private boolean pass(AgentConnection connection, DirectBuffer buffer, int offset, int length) {
        int bytes = messages.fromAgent(connection.connectionId(), buffer, offset, length);
        boolean passed = link.offer(messages.buffer(), 0, bytes);
        if (passed) {
            counters.add(RelayCounter.TO_MASTER, 1);
        }
        return passed;
    }
}

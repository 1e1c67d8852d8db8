package io.kernos.agent;

import io.aeron.logbuffer.FragmentHandler;
import io.aeron.logbuffer.Header;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AgentRefusedDecoder;
import io.kernos.transport.codecs.AgentRegisteredDecoder;
import io.kernos.transport.codecs.DefineTemplateDecoder;
import io.kernos.transport.codecs.KillTaskDecoder;
import io.kernos.transport.codecs.LaunchTaskDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RegisterAgainDecoder;
import io.kernos.transport.codecs.TaskStatusAckDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Decodes what the relay sends, and refuses what is not sound or not for an agent.
 */
final class RelayAdapter implements FragmentHandler {
    /** Told of what concerns the connection. */
    interface Listener {
        /** The master took the agent in. */
        void onRegistered(long connectionId, long agentId, long clusterId);

        /** The master, of this cluster, does not take the agent in as it is. */
        void onRefused(long clusterId, String reason);

        /** The way to the master is new. */
        void onRegisterAgain();

        /**
         * A launch names a template that the agent forgot: it is left out until the agent has registered again, upon
         * which the master tells templates and launches anew.
         */
        void onForgottenTemplate();

        /** Whether what else is said on the connection is meant for this registration. */
        boolean accepts(long connectionId);
    }

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final AgentRegisteredDecoder registered = new AgentRegisteredDecoder();
    private final AgentRefusedDecoder refused = new AgentRefusedDecoder();
    private final DefineTemplateDecoder template = new DefineTemplateDecoder();
    private final LaunchTaskDecoder launch = new LaunchTaskDecoder();
    private final KillTaskDecoder kill = new KillTaskDecoder();
    private final TaskStatusAckDecoder acknowledgement = new TaskStatusAckDecoder();
    private final AgentCore core;
    private final Listener listener;
    private final Counting counting;
    private final EpochNanoClock clock;

    RelayAdapter(AgentCore core, Listener listener, Counting counting, EpochNanoClock clock) {
        this.core = core;
        this.listener = listener;
        this.counting = counting;
        this.clock = clock;
    }

    @Override
    public void onFragment(DirectBuffer buffer, int offset, int length, Header fragment) {
        if (MessageCheck.check(buffer, offset, length) != MessageCheck.OK) {
            counting.add(AgentCounter.MESSAGES_REFUSED, 1);
            return;
        }
        switch (MessageCheck.templateId(buffer, offset)) {
            case LaunchTaskDecoder.TEMPLATE_ID -> onLaunch(buffer, offset, length);
            case TaskStatusAckDecoder.TEMPLATE_ID -> onAcknowledged(buffer, offset);
            case KillTaskDecoder.TEMPLATE_ID -> onKill(buffer, offset);
            case DefineTemplateDecoder.TEMPLATE_ID -> onTemplate(buffer, offset, length);
            case AgentRegisteredDecoder.TEMPLATE_ID -> {
                registered.wrapAndApplyHeader(buffer, offset, header);
                listener.onRegistered(
                        registered.connectionId(), registered.agentId(), clusterId(registered.clusterId()));
            }
            case AgentRefusedDecoder.TEMPLATE_ID -> {
                refused.wrapAndApplyHeader(buffer, offset, header);
                listener.onRefused(clusterId(refused.clusterId()), refused.code() + ": " + refused.message());
            }
            case RegisterAgainDecoder.TEMPLATE_ID -> listener.onRegisterAgain();
            default -> counting.add(AgentCounter.MESSAGES_REFUSED, 1);
        }
    }

    /** Masters of versions that have none: below 0. */
    private static long clusterId(long told) {
        return Math.max(0, told);
    }

    private void onLaunch(DirectBuffer buffer, int offset, int length) {
        launch.wrapAndApplyHeader(buffer, offset, header);
        if (!listener.accepts(launch.connectionId())) {
            return;
        }
        if (core.wantsTemplate(launch.frameworkId(), launch.templateId())) {
            listener.onForgottenTemplate();
        } else {
            core.onLaunch(buffer, offset, length, clock.nanoTime());
        }
    }

    private void onTemplate(DirectBuffer buffer, int offset, int length) {
        template.wrapAndApplyHeader(buffer, offset, header);
        if (listener.accepts(template.connectionId())) {
            core.onDefineTemplate(buffer, offset, length);
        }
    }

    private void onKill(DirectBuffer buffer, int offset) {
        kill.wrapAndApplyHeader(buffer, offset, header);
        if (listener.accepts(kill.connectionId())) {
            core.onKill(kill.frameworkId(), kill.taskId(), kill.graceMs());
        }
    }

    private void onAcknowledged(DirectBuffer buffer, int offset) {
        acknowledgement.wrapAndApplyHeader(buffer, offset, header);
        if (listener.accepts(acknowledgement.connectionId())) {
            core.onStatusAck(acknowledgement.frameworkId(), acknowledgement.taskId(), acknowledgement.state());
        }
    }
}

package io.kernos.master.state;

import io.kernos.transport.codecs.AgentRefusedDecoder;
import io.kernos.transport.codecs.AgentRegisteredDecoder;
import io.kernos.transport.codecs.DefineTemplateDecoder;
import io.kernos.transport.codecs.FrameworkRemovedDecoder;
import io.kernos.transport.codecs.FrameworkSubscribedDecoder;
import io.kernos.transport.codecs.KillTaskDecoder;
import io.kernos.transport.codecs.LaunchTaskDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OfferDecoder;
import io.kernos.transport.codecs.OfferRescindedDecoder;
import io.kernos.transport.codecs.OperatorDoneDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RefusedDecoder;
import io.kernos.transport.codecs.RegisterAgainDecoder;
import io.kernos.transport.codecs.RelayConnectedDecoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusAckDecoder;
import io.kernos.transport.codecs.TaskUpdateDecoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/** Decodes what the master sent, as records. */
final class Inbox {
    sealed interface Message {}

    record Subscribed(long correlationId, long frameworkId, long lastTaskId, int lastTemplateId) implements Message {}

    record Removed(long correlationId, long frameworkId, String message) implements Message {}

    record Offered(long frameworkId, long offerId, long agentId, long cpus, long memory, List<Long> ports)
            implements Message {}

    record Rescinded(long frameworkId, long offerId) implements Message {}

    record Updated(
            long frameworkId,
            long taskId,
            long agentId,
            int sequence,
            int exitStatus,
            TaskState state,
            TaskReason reason,
            String message)
            implements Message {}

    record Submitted(long correlationId, long firstTaskId, int count) implements Message {}

    record Done(long correlationId, int affected) implements Message {}

    record Refusal(long correlationId, int templateId, RefusalCode code, String message) implements Message {}

    record Connected(long relayId) implements Message {}

    record Registered(long connectionId, long agentId, long clusterId) implements Message {}

    record AgentRefusal(long connectionId, RefusalCode code, long clusterId, String message) implements Message {}

    record Again(long connectionId) implements Message {}

    record Ack(long connectionId, long frameworkId, long taskId, TaskState state) implements Message {}

    record Define(long connectionId, long frameworkId, int templateId, List<String> arguments, String user)
            implements Message {}

    record Launch(long connectionId, long frameworkId, long taskId, int templateId, int taskIndex, List<Long> ports)
            implements Message {}

    record Kill(long connectionId, long frameworkId, long taskId, int graceMs) implements Message {}

    private static final MessageHeaderDecoder HEADER = new MessageHeaderDecoder();

    private Inbox() {}

    static Message decode(DirectBuffer buffer, int offset) {
        HEADER.wrap(buffer, offset);
        return switch (HEADER.templateId()) {
            case FrameworkSubscribedDecoder.TEMPLATE_ID -> {
                var it = new FrameworkSubscribedDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Subscribed(it.correlationId(), it.frameworkId(), it.lastTaskId(), it.lastTemplateId());
            }
            case FrameworkRemovedDecoder.TEMPLATE_ID -> {
                var it = new FrameworkRemovedDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Removed(it.correlationId(), it.frameworkId(), it.message());
            }
            case OfferDecoder.TEMPLATE_ID -> offer(new OfferDecoder().wrapAndApplyHeader(buffer, offset, HEADER));
            case OfferRescindedDecoder.TEMPLATE_ID -> {
                var it = new OfferRescindedDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Rescinded(it.frameworkId(), it.offerId());
            }
            case TaskUpdateDecoder.TEMPLATE_ID ->
                update(new TaskUpdateDecoder().wrapAndApplyHeader(buffer, offset, HEADER));
            case TasksSubmittedDecoder.TEMPLATE_ID -> {
                var it = new TasksSubmittedDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Submitted(it.correlationId(), it.firstTaskId(), it.count());
            }
            case OperatorDoneDecoder.TEMPLATE_ID -> {
                var it = new OperatorDoneDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Done(it.correlationId(), it.affectedCount());
            }
            case RefusedDecoder.TEMPLATE_ID -> {
                var it = new RefusedDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Refusal(it.correlationId(), it.refusedTemplateId(), it.code(), it.message());
            }
            default -> decodeForAgent(buffer, offset);
        };
    }

    private static Message decodeForAgent(DirectBuffer buffer, int offset) {
        return switch (HEADER.templateId()) {
            case RelayConnectedDecoder.TEMPLATE_ID ->
                new Connected(new RelayConnectedDecoder()
                        .wrapAndApplyHeader(buffer, offset, HEADER)
                        .relayId());
            case AgentRegisteredDecoder.TEMPLATE_ID -> {
                var it = new AgentRegisteredDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Registered(it.connectionId(), it.agentId(), it.clusterId());
            }
            case AgentRefusedDecoder.TEMPLATE_ID -> {
                var it = new AgentRefusedDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new AgentRefusal(it.connectionId(), it.code(), it.clusterId(), it.message());
            }
            case RegisterAgainDecoder.TEMPLATE_ID ->
                new Again(new RegisterAgainDecoder()
                        .wrapAndApplyHeader(buffer, offset, HEADER)
                        .connectionId());
            case TaskStatusAckDecoder.TEMPLATE_ID -> {
                var it = new TaskStatusAckDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Ack(it.connectionId(), it.frameworkId(), it.taskId(), it.state());
            }
            case DefineTemplateDecoder.TEMPLATE_ID ->
                define(new DefineTemplateDecoder().wrapAndApplyHeader(buffer, offset, HEADER));
            case LaunchTaskDecoder.TEMPLATE_ID ->
                launch(new LaunchTaskDecoder().wrapAndApplyHeader(buffer, offset, HEADER));
            case KillTaskDecoder.TEMPLATE_ID -> {
                var it = new KillTaskDecoder().wrapAndApplyHeader(buffer, offset, HEADER);
                yield new Kill(it.connectionId(), it.frameworkId(), it.taskId(), it.graceMs());
            }
            default -> throw new AssertionError("template " + HEADER.templateId());
        };
    }

    private static Message offer(OfferDecoder it) {
        long cpus = 0;
        long memory = 0;
        List<Long> ports = new ArrayList<>();
        for (var scalar : it.scalars()) {
            cpus = scalar.kind() == 0 ? scalar.amount() : cpus;
            memory = scalar.kind() == 1 ? scalar.amount() : memory;
        }
        for (var range : it.ranges()) {
            for (long port = range.begin(); port <= range.end(); port++) {
                ports.add(port);
            }
        }
        return new Offered(it.frameworkId(), it.offerId(), it.agentId(), cpus, memory, ports);
    }

    private static Message update(TaskUpdateDecoder it) {
        return new Updated(
                it.frameworkId(),
                it.taskId(),
                it.agentId(),
                it.sequence(),
                it.exitStatus(),
                it.state(),
                it.reason(),
                it.message());
    }

    private static Message define(DefineTemplateDecoder it) {
        List<String> arguments = new ArrayList<>();
        it.scalars().forEachRemaining(each -> {});
        for (var argument : it.arguments()) {
            arguments.add(argument.value());
        }
        for (var variable : it.environment()) {
            variable.skipName();
            variable.skipValue();
        }
        it.skipName();
        return new Define(it.connectionId(), it.frameworkId(), it.templateId(), arguments, it.user());
    }

    private static Message launch(LaunchTaskDecoder it) {
        List<Long> ports = new ArrayList<>();
        for (var range : it.ranges()) {
            for (long port = range.begin(); port <= range.end(); port++) {
                ports.add(port);
            }
        }
        return new Launch(it.connectionId(), it.frameworkId(), it.taskId(), it.templateId(), it.taskIndex(), ports);
    }
}

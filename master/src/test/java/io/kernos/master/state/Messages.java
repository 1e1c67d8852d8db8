package io.kernos.master.state;

import io.kernos.transport.codecs.AcceptOffersEncoder;
import io.kernos.transport.codecs.AcknowledgeUpdatesEncoder;
import io.kernos.transport.codecs.AgentDisconnectedEncoder;
import io.kernos.transport.codecs.AgentRegisterEncoder;
import io.kernos.transport.codecs.AgentTasksEncoder;
import io.kernos.transport.codecs.DeclineOffersEncoder;
import io.kernos.transport.codecs.KillTasksEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.OperatorKillEncoder;
import io.kernos.transport.codecs.ReconcileTasksEncoder;
import io.kernos.transport.codecs.RegisterTemplateEncoder;
import io.kernos.transport.codecs.RelayConnectEncoder;
import io.kernos.transport.codecs.ReviveOffersEncoder;
import io.kernos.transport.codecs.SubmitTasksEncoder;
import io.kernos.transport.codecs.SubscribeFrameworkEncoder;
import io.kernos.transport.codecs.SuppressOffersEncoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusEncoder;
import io.kernos.transport.codecs.UnsubscribeFrameworkEncoder;
import java.util.List;

/** All messages that the master takes, ready to send. */
final class Messages {
    private static final int HEADER_BYTES = MessageHeaderEncoder.ENCODED_LENGTH;

    private Messages() {}

    static TestMaster.Outgoing subscribe(
            long correlationId,
            long frameworkId,
            long failoverTimeoutMs,
            boolean offers,
            boolean detached,
            String role) {
        return buffer -> {
            var it = new SubscribeFrameworkEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(correlationId).frameworkId(frameworkId).failoverTimeoutMs(failoverTimeoutMs);
            it.flags().clear().offers(offers).detached(detached);
            it.name("test").role(role).user("nobody");
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing unsubscribe(long correlationId, long frameworkId) {
        return buffer -> {
            var it = new UnsubscribeFrameworkEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(correlationId).frameworkId(frameworkId);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing template(
            long correlationId,
            long frameworkId,
            int templateId,
            long cpus,
            long memory,
            int ports,
            String... arguments) {
        return buffer -> {
            var it = new RegisterTemplateEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(correlationId)
                    .frameworkId(frameworkId)
                    .templateId(templateId)
                    .killGraceMs(5_000)
                    .portCount(ports);
            it.isolation().clear().pid(true).mount(true);
            it.scalarsCount(2).next().kind(0).amount(cpus).next().kind(1).amount(memory);
            var group = it.argumentsCount(arguments.length);
            for (String argument : arguments) {
                group.next().value(argument);
            }
            it.environmentCount(1).next().name("LANG").value("C");
            it.name("job");
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing accept(
            long correlationId, long frameworkId, long refuseMs, List<Long> offers, int templateId, long... taskIds) {
        return buffer -> {
            var it = new AcceptOffersEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(correlationId).frameworkId(frameworkId).refuseMs(refuseMs);
            var ids = it.offersCount(offers.size());
            for (long offerId : offers) {
                ids.next().offerId(offerId);
            }
            var launches = it.launchesCount(taskIds.length);
            for (long taskId : taskIds) {
                launches.next().taskId(taskId).templateId(templateId);
            }
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing decline(long correlationId, long frameworkId, long refuseMs, List<Long> offers) {
        return buffer -> {
            var it = new DeclineOffersEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(correlationId).frameworkId(frameworkId).refuseMs(refuseMs);
            var ids = it.offersCount(offers.size());
            for (long offerId : offers) {
                ids.next().offerId(offerId);
            }
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing revive(long frameworkId) {
        return buffer -> {
            var it = new ReviveOffersEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(0).frameworkId(frameworkId);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing suppress(long frameworkId) {
        return buffer -> {
            var it = new SuppressOffersEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(0).frameworkId(frameworkId);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing kill(long correlationId, long frameworkId, long firstTaskId, int count, int graceMs) {
        return buffer -> {
            var it = new KillTasksEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(correlationId)
                    .frameworkId(frameworkId)
                    .firstTaskId(firstTaskId)
                    .count(count)
                    .graceMs(graceMs);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing operatorKill(long correlationId, long frameworkId, long firstTaskId, int count) {
        return buffer -> {
            var it = new OperatorKillEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(correlationId)
                    .frameworkId(frameworkId)
                    .firstTaskId(firstTaskId)
                    .count(count)
                    .graceMs(-1);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing acknowledge(long frameworkId, long taskId, int sequence) {
        return buffer -> {
            var it = new AcknowledgeUpdatesEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.frameworkId(frameworkId);
            it.updatesCount(1).next().taskId(taskId).sequence(sequence);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing acknowledge(long frameworkId, List<Inbox.Updated> updates) {
        return buffer -> {
            var it = new AcknowledgeUpdatesEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.frameworkId(frameworkId);
            var group = it.updatesCount(updates.size());
            for (Inbox.Updated update : updates) {
                group.next().taskId(update.taskId()).sequence(update.sequence());
            }
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing reconcile(long frameworkId, long... taskIds) {
        return buffer -> {
            var it = new ReconcileTasksEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(0).frameworkId(frameworkId);
            var tasks = it.tasksCount(taskIds.length);
            for (long taskId : taskIds) {
                tasks.next().taskId(taskId);
            }
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing submit(
            long correlationId, long frameworkId, long firstTaskId, int count, int templateId) {
        return buffer -> {
            var it = new SubmitTasksEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.correlationId(correlationId)
                    .frameworkId(frameworkId)
                    .firstTaskId(firstTaskId)
                    .count(count)
                    .templateId(templateId);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing relayConnect(long relayId) {
        return buffer -> {
            var it = new RelayConnectEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.relayId(relayId).name("relay");
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing register(
            long connectionId, long agentId, long instanceId, long cpus, long memory, long firstPort, long lastPort) {
        return register(0, connectionId, agentId, instanceId, cpus, memory, firstPort, lastPort);
    }

    static TestMaster.Outgoing register(
            long clusterId,
            long connectionId,
            long agentId,
            long instanceId,
            long cpus,
            long memory,
            long firstPort,
            long lastPort) {
        return buffer -> {
            var it = new AgentRegisterEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.connectionId(connectionId)
                    .agentId(agentId)
                    .instanceId(instanceId)
                    .responseStreamId(7)
                    .clusterId(clusterId);
            it.scalarsCount(2).next().kind(0).amount(cpus).next().kind(1).amount(memory);
            it.rangesCount(1).next().kind(0).begin(firstPort).end(lastPort);
            it.attributesCount(1).next().name("rack").value("r1");
            it.hostname("host" + instanceId).responseChannel("aeron:udp").sandboxChannel("aeron:udp");
            return HEADER_BYTES + it.encodedLength();
        };
    }

    /** Tasks come as triples of framework, task and state's value. */
    static TestMaster.Outgoing tasks(long connectionId, boolean last, long[]... tasks) {
        return buffer -> {
            var it = new AgentTasksEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.connectionId(connectionId).last((short) (last ? 1 : 0));
            var group = it.tasksCount(tasks.length);
            for (long[] task : tasks) {
                group.next().frameworkId(task[0]).taskId(task[1]).state(TaskState.get((short) task[2]));
            }
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing disconnected(long connectionId) {
        return buffer -> {
            var it = new AgentDisconnectedEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.connectionId(connectionId);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    static TestMaster.Outgoing status(
            long connectionId, long frameworkId, long taskId, TaskState state, TaskReason reason, String message) {
        return buffer -> {
            var it = new TaskStatusEncoder().wrapAndApplyHeader(buffer, 0, header());
            it.connectionId(connectionId)
                    .frameworkId(frameworkId)
                    .taskId(taskId)
                    .relayedNs(1)
                    .receivedNs(2)
                    .startedNs(3)
                    .endedNs(TaskStates.isFinal(state) ? 4 : 0)
                    .exitStatus(state == TaskState.FAILED ? 1 : 0)
                    .state(state)
                    .reason(reason)
                    .message(message);
            return HEADER_BYTES + it.encodedLength();
        };
    }

    private static MessageHeaderEncoder header() {
        return new MessageHeaderEncoder();
    }
}

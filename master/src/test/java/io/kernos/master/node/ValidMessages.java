package io.kernos.master.node;

import io.kernos.transport.codecs.AcceptOffersEncoder;
import io.kernos.transport.codecs.AcknowledgeUpdatesEncoder;
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
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;

/** One valid message of each template that the master takes, of a framework that it does not have. */
final class ValidMessages {
    private static final long STRANGER = 1L << 40;
    private static final ExpandableArrayBuffer BUFFER = new ExpandableArrayBuffer();
    private static final MessageHeaderEncoder HEADER = new MessageHeaderEncoder();

    private ValidMessages() {}

    static List<byte[]> all() {
        return List.of(
                subscribeFramework(),
                unsubscribeFramework(),
                registerTemplate(),
                acceptOffers(),
                declineOffers(),
                reviveOffers(),
                suppressOffers(),
                killTasks(),
                acknowledgeUpdates(),
                reconcileTasks(),
                submitTasks(),
                operatorKill(),
                relayConnect(),
                agentRegister(),
                agentTasks(),
                taskStatus());
    }

    private static byte[] bytes(int encodedLength) {
        return Arrays.copyOf(BUFFER.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    private static byte[] subscribeFramework() {
        SubscribeFrameworkEncoder it = new SubscribeFrameworkEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER).failoverTimeoutMs(1_000);
        it.flags().clear();
        it.name("rubbish").role("*").user("");
        return bytes(it.encodedLength());
    }

    private static byte[] unsubscribeFramework() {
        UnsubscribeFrameworkEncoder it = new UnsubscribeFrameworkEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER);
        return bytes(it.encodedLength());
    }

    private static byte[] registerTemplate() {
        RegisterTemplateEncoder it = new RegisterTemplateEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2)
                .frameworkId(STRANGER)
                .templateId(7)
                .killGraceMs(1_000)
                .portCount(0);
        it.isolation().clear();
        it.scalarsCount(1).next().kind(0).amount(100);
        it.argumentsCount(2).next().value("argument").next().value("another");
        it.environmentCount(1).next().name("NAME").value("value");
        it.name("rubbish");
        return bytes(it.encodedLength());
    }

    private static byte[] acceptOffers() {
        AcceptOffersEncoder it = new AcceptOffersEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER).refuseMs(1);
        it.offersCount(1).next().offerId(1);
        it.launchesCount(1).next().taskId(1).templateId(1);
        return bytes(it.encodedLength());
    }

    private static byte[] declineOffers() {
        DeclineOffersEncoder it = new DeclineOffersEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER).refuseMs(1);
        it.offersCount(2).next().offerId(1).next().offerId(2);
        return bytes(it.encodedLength());
    }

    private static byte[] reviveOffers() {
        ReviveOffersEncoder it = new ReviveOffersEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER);
        return bytes(it.encodedLength());
    }

    private static byte[] suppressOffers() {
        SuppressOffersEncoder it = new SuppressOffersEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER);
        return bytes(it.encodedLength());
    }

    private static byte[] killTasks() {
        KillTasksEncoder it = new KillTasksEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER).firstTaskId(1).count(1).graceMs(-1);
        return bytes(it.encodedLength());
    }

    private static byte[] acknowledgeUpdates() {
        AcknowledgeUpdatesEncoder it = new AcknowledgeUpdatesEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.frameworkId(STRANGER);
        it.updatesCount(1).next().taskId(1).sequence(1);
        return bytes(it.encodedLength());
    }

    private static byte[] reconcileTasks() {
        ReconcileTasksEncoder it = new ReconcileTasksEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER);
        it.tasksCount(1).next().taskId(1);
        return bytes(it.encodedLength());
    }

    private static byte[] submitTasks() {
        SubmitTasksEncoder it = new SubmitTasksEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER).firstTaskId(1).count(1).templateId(1);
        return bytes(it.encodedLength());
    }

    private static byte[] operatorKill() {
        OperatorKillEncoder it = new OperatorKillEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.correlationId(2).frameworkId(STRANGER).firstTaskId(1).count(1).graceMs(-1);
        return bytes(it.encodedLength());
    }

    static byte[] relayConnect() {
        RelayConnectEncoder it = new RelayConnectEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.relayId(5).name("rubbish");
        return bytes(it.encodedLength());
    }

    static byte[] agentRegister() {
        AgentRegisterEncoder it = new AgentRegisterEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.connectionId(1).agentId(0).instanceId(9).responseStreamId(1).clusterId(0);
        it.scalarsCount(1).next().kind(0).amount(100);
        it.rangesCount(1).next().kind(0).begin(31_000).end(31_001);
        it.attributesCount(1).next().name("rack").value("one");
        it.hostname("host").responseChannel("aeron:udp").sandboxChannel("");
        return bytes(it.encodedLength());
    }

    static byte[] agentTasks() {
        AgentTasksEncoder it = new AgentTasksEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.connectionId(1).last((short) 1);
        it.tasksCount(1).next().frameworkId(STRANGER).taskId(1).state(TaskState.RUNNING);
        return bytes(it.encodedLength());
    }

    static byte[] taskStatus() {
        TaskStatusEncoder it = new TaskStatusEncoder().wrapAndApplyHeader(BUFFER, 0, HEADER);
        it.connectionId(1)
                .frameworkId(STRANGER)
                .taskId(1)
                .relayedNs(1)
                .receivedNs(2)
                .startedNs(3)
                .endedNs(0)
                .exitStatus(0);
        it.state(TaskState.RUNNING).reason(TaskReason.NONE).message("");
        return bytes(it.encodedLength());
    }
}

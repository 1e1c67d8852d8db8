package io.kernos.master.store;

import io.kernos.transport.codecs.AgentRecordEncoder;
import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.DemandRecordEncoder;
import io.kernos.transport.codecs.FrameworkRecordEncoder;
import io.kernos.transport.codecs.FrameworkState;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.OfferRecordEncoder;
import io.kernos.transport.codecs.RegisterTemplateEncoder;
import io.kernos.transport.codecs.RoleRecordEncoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskRecordEncoder;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TemplateRecordEncoder;
import org.agrona.ExpandableArrayBuffer;

/** Records as the state machine would encode them. */
final class Records {
    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

    private Records() {}

    /** A record and its keys. */
    record Item(int templateId, long key1, long key2, ExpandableArrayBuffer buffer, int length) {}

    static Item role(int index, String name, long weightMilli) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RoleRecordEncoder role = new RoleRecordEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .weightMilli(weightMilli)
                .roleIndex(index)
                .name(name);
        return new Item(RoleRecordEncoder.TEMPLATE_ID, index, 0, buffer, HEADER + role.encodedLength());
    }

    static Item framework(long id, String name) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        FrameworkRecordEncoder framework = new FrameworkRecordEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .frameworkId(id)
                .sessionId(7)
                .failoverTimeoutMs(60_000)
                .removeAtMs(0)
                .registeredMs(1_234)
                .lastTaskId(99)
                .lastTemplateId(3)
                .frameworkIndex(1)
                .roleIndex(2)
                .liveTaskCount(5)
                .pendingTaskCount(6)
                .state(FrameworkState.ACTIVE)
                .suppressed((short) 1);
        framework.flags().clear().offers(true).detached(false);
        framework.name(name).user("ann").role("web");
        return new Item(FrameworkRecordEncoder.TEMPLATE_ID, id, 0, buffer, HEADER + framework.encodedLength());
    }

    static Item agent(long id, String hostname, int attributes) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        AgentRecordEncoder agent = new AgentRecordEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .agentId(id)
                .instanceId(77)
                .relaySessionId(8)
                .connectionId(9)
                .removeAtMs(0)
                .registeredMs(1_235)
                .agentIndex(0)
                .liveTaskCount(4)
                .state(AgentState.ACTIVE);
        AgentRecordEncoder.ScalarsEncoder scalars = agent.scalarsCount(2);
        scalars.next().kind(0).total(4_000).used(1_500).offered(500);
        scalars.next().kind(1).total(1L << 34).used(1L << 30).offered(0);
        agent.rangesCount(1).next().kind(0).begin(31_000).end(32_000);
        AgentRecordEncoder.AttributesEncoder encoder = agent.attributesCount(attributes);
        for (int i = 0; i < attributes; i++) {
            encoder.next().name("attribute" + i).value("value" + i);
        }
        agent.hostname(hostname).sandboxChannel("aeron:udp?endpoint=localhost:1");
        return new Item(AgentRecordEncoder.TEMPLATE_ID, id, 0, buffer, HEADER + agent.encodedLength());
    }

    static Item task(long frameworkId, long taskId, TaskState state, String message) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        TaskRecordEncoder task = new TaskRecordEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .frameworkId(frameworkId)
                .taskId(taskId)
                .agentId(3)
                .relayedNs(10)
                .receivedNs(11)
                .startedNs(12)
                .endedNs(13)
                .createdMs(14)
                .updatedMs(15)
                .templateId(16)
                .taskIndex(17)
                .exitStatus(18)
                .sequence(19)
                .acknowledgedSequence(18)
                .state(state)
                .reason(TaskReason.NONE)
                .killRequested((short) 1);
        task.rangesCount(1).next().kind(0).begin(31_005).end(31_006);
        task.message(message).name("task-" + taskId);
        return new Item(TaskRecordEncoder.TEMPLATE_ID, frameworkId, taskId, buffer, HEADER + task.encodedLength());
    }

    static Item template(long frameworkId, int templateId) {
        ExpandableArrayBuffer definition = new ExpandableArrayBuffer();
        RegisterTemplateEncoder told = new RegisterTemplateEncoder()
                .wrapAndApplyHeader(definition, 0, new MessageHeaderEncoder())
                .correlationId(1)
                .frameworkId(frameworkId)
                .templateId(templateId)
                .killGraceMs(3_000)
                .portCount(2);
        told.isolation().clear();
        told.scalarsCount(1).next().kind(0).amount(250);
        RegisterTemplateEncoder.ArgumentsEncoder arguments = told.argumentsCount(2);
        arguments.next().value("/bin/echo");
        arguments.next().value("grüß dich");
        told.environmentCount(1).next().name("LANG").value("C");
        told.name("echo");
        byte[] bytes = new byte[HEADER + told.encodedLength()];
        definition.getBytes(0, bytes);
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        TemplateRecordEncoder template = new TemplateRecordEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .frameworkId(frameworkId)
                .templateId(templateId)
                .putDefinition(bytes, 0, bytes.length);
        return new Item(
                TemplateRecordEncoder.TEMPLATE_ID, frameworkId, templateId, buffer, HEADER + template.encodedLength());
    }

    static Item offer(long offerId) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        OfferRecordEncoder offer = new OfferRecordEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .offerId(offerId)
                .frameworkId(1)
                .agentId(2)
                .createdMs(3);
        offer.scalarsCount(1).next().kind(0).amount(4_000);
        offer.rangesCount(1).next().kind(0).begin(1).end(2);
        return new Item(OfferRecordEncoder.TEMPLATE_ID, offerId, 0, buffer, HEADER + offer.encodedLength());
    }

    static Item demand(long frameworkId, long firstTaskId, int waitingCount) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        DemandRecordEncoder demand = new DemandRecordEncoder()
                .wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder())
                .frameworkId(frameworkId)
                .nextTaskId(firstTaskId + 1)
                .firstTaskId(firstTaskId)
                .createdMs(5)
                .waitingCount(waitingCount)
                .templateId(6)
                .demandIndex(7);
        return new Item(
                DemandRecordEncoder.TEMPLATE_ID, frameworkId, firstTaskId, buffer, HEADER + demand.encodedLength());
    }
}

package io.kernos.master.state;

import io.kernos.allocator.RangeSet;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import io.kernos.transport.codecs.AgentRecordEncoder;
import io.kernos.transport.codecs.DemandRecordEncoder;
import io.kernos.transport.codecs.FrameworkRecordEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.OfferRecordEncoder;
import io.kernos.transport.codecs.RoleRecordEncoder;
import io.kernos.transport.codecs.TaskRecordEncoder;
import io.kernos.transport.codecs.TemplateRecordEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes objects as records, for the snapshot and for the read side. Each method returns the length of the record. */
final class Records {
    /** Most intervals in one record of an offer; one with more has more records. */
    static final int MAX_INTERVALS = 1024;

    private static final int CAPACITY = 128 * 1024;
    private static final long NO_SESSION = -1;
    private static final RangeSet NO_PORTS = new RangeSet();

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final RoleRecordEncoder role = new RoleRecordEncoder();
    private final FrameworkRecordEncoder framework = new FrameworkRecordEncoder();
    private final TemplateRecordEncoder template = new TemplateRecordEncoder();
    private final AgentRecordEncoder agent = new AgentRecordEncoder();
    private final TaskRecordEncoder task = new TaskRecordEncoder();
    private final DemandRecordEncoder demand = new DemandRecordEncoder();
    private final OfferRecordEncoder offer = new OfferRecordEncoder();

    UnsafeBuffer buffer() {
        return buffer;
    }

    int role(Role it) {
        byte[] name = it.nameBytes;
        role.wrapAndApplyHeader(buffer, 0, header)
                .weightMilli(it.weightMilli)
                .roleIndex(it.index)
                .putName(name, 0, name.length);
        return length(role.encodedLength());
    }

    int framework(Framework it) {
        framework
                .wrapAndApplyHeader(buffer, 0, header)
                .frameworkId(it.id)
                .sessionId(it.session == null ? NO_SESSION : it.session.id)
                .failoverTimeoutMs(it.failoverTimeoutMs)
                .removeAtMs(it.removeAtMs)
                .registeredMs(it.registeredMs)
                .lastTaskId(it.lastTaskId)
                .lastTemplateId(it.lastTemplateId)
                .frameworkIndex(it.index)
                .roleIndex(it.role.index)
                .liveTaskCount(it.liveCount)
                .pendingTaskCount((int) Math.min(it.pendingCount, Integer.MAX_VALUE))
                .state(it.state)
                .suppressed((short) (it.suppressed ? 1 : 0))
                .subscribeCorrelationId(it.subscribeCorrelationId)
                .tickAtMs(it.tickAtMs);
        framework
                .flags()
                .clear()
                .offers((it.flags & Framework.FLAG_OFFERS) != 0)
                .detached(it.isDetached());
        framework.putName(it.name, 0, it.name.length);
        framework.putUser(it.user, 0, it.user.length);
        framework.putRole(it.role.nameBytes, 0, it.role.nameBytes.length);
        return length(framework.encodedLength());
    }

    int template(Template it) {
        template.wrapAndApplyHeader(buffer, 0, header)
                .frameworkId(it.framework.id)
                .templateId(it.id)
                .putDefinition(it.definition, 0, it.definition.length);
        return length(template.encodedLength());
    }

    int agent(Agent it) {
        agent.wrapAndApplyHeader(buffer, 0, header)
                .agentId(it.id)
                .instanceId(it.instanceId)
                .relaySessionId(it.relay == null ? NO_SESSION : it.relay.session.id)
                .connectionId(it.connectionId)
                .removeAtMs(it.removeAtMs)
                .registeredMs(it.registeredMs)
                .agentIndex(it.index)
                .liveTaskCount(it.tasks.size())
                .state(it.state)
                .unreachableAtMs(it.unreachableAtMs);
        scalars(it);
        AgentRecordEncoder.RangesEncoder ranges = agent.rangesCount(ResourceCodec.intervalCount(it.total));
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            RangeSet range = it.total.range(kind);
            for (int i = 0; i < range.intervals(); i++) {
                ranges.next().kind(kind).begin(range.begin(i)).end(range.end(i));
            }
        }
        AgentRecordEncoder.AttributesEncoder attributes = agent.attributesCount(it.attributes.length / 2);
        for (int i = 0; i < it.attributes.length; i += 2) {
            attributes
                    .next()
                    .putName(it.attributes[i], 0, it.attributes[i].length)
                    .putValue(it.attributes[i + 1], 0, it.attributes[i + 1].length);
        }
        agent.putHostname(it.hostname, 0, it.hostname.length);
        agent.putSandboxChannel(it.sandboxChannel, 0, it.sandboxChannel.length);
        return length(agent.encodedLength());
    }

    /** Encodes a task; its name, which its template tells too, only for the read side. */
    int task(Task it, boolean withName) {
        task.wrapAndApplyHeader(buffer, 0, header)
                .frameworkId(it.framework.id)
                .taskId(it.taskId)
                .agentId(it.agentId)
                .relayedNs(it.relayedNs)
                .receivedNs(it.receivedNs)
                .startedNs(it.startedNs)
                .endedNs(it.endedNs)
                .createdMs(it.createdMs)
                .updatedMs(it.updatedMs)
                .templateId(it.templateId)
                .taskIndex(it.taskIndex)
                .exitStatus(it.exitStatus)
                .sequence(it.sequence)
                .acknowledgedSequence(it.acknowledgedSequence)
                .state(it.state)
                .reason(it.reason)
                .killRequested((short) (it.killRequested ? 1 : 0))
                .progress(it.progress)
                .listed((short) (it.listed ? 1 : 0))
                .answerWanted((short) (it.answerWanted ? 1 : 0))
                .killGraceMs(it.killGraceMs)
                .sentSequence(it.sentSequence)
                .queueStamp(it.queueStamp);
        RangeSet ports = it.hasPorts() ? it.ports : NO_PORTS;
        TaskRecordEncoder.RangesEncoder ranges = task.rangesCount(ports.intervals());
        for (int i = 0; i < ports.intervals(); i++) {
            ranges.next().kind(ResourceKinds.PORTS).begin(ports.begin(i)).end(ports.end(i));
        }
        task.putMessage(it.message, 0, it.messageLength);
        byte[] name = withName && it.template != null ? it.template.name : Agent.NO_BYTES;
        task.putName(name, 0, name.length);
        return length(task.encodedLength());
    }

    int demand(Demand it) {
        demand.wrapAndApplyHeader(buffer, 0, header)
                .frameworkId(it.framework.id)
                .nextTaskId(it.nextTaskId)
                .firstTaskId(it.firstTaskId)
                .createdMs(it.createdMs)
                .waitingCount(it.waiting)
                .templateId(it.template.id)
                .demandIndex(it.index)
                .submitFirstTaskId(it.submitFirstTaskId)
                .releasedCount(it.released)
                .killedStamp(it.killedStamp);
        return length(demand.encodedLength());
    }

    /** Encodes an offer with its intervals from this one on, as many as a record holds; the first with its scalars. */
    int offer(Offer it, int fromInterval) {
        offer.wrapAndApplyHeader(buffer, 0, header)
                .offerId(it.id)
                .frameworkId(it.framework.id)
                .agentId(it.agent.id)
                .createdMs(it.createdMs);
        scalars(it.resources, fromInterval == 0);
        intervals(it.resources, fromInterval);
        return length(offer.encodedLength());
    }

    private void scalars(Resources resources, boolean isFirst) {
        OfferRecordEncoder.ScalarsEncoder scalars =
                offer.scalarsCount(isFirst ? ResourceCodec.scalarCount(resources) : 0);
        for (int kind = 0; isFirst && kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (resources.scalar(kind) != 0) {
                scalars.next().kind(kind).amount(resources.scalar(kind));
            }
        }
    }

    private void intervals(Resources resources, int from) {
        int count = Math.min(MAX_INTERVALS, ResourceCodec.intervalCount(resources) - from);
        OfferRecordEncoder.RangesEncoder ranges = offer.rangesCount(count);
        int at = 0;
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            RangeSet range = resources.range(kind);
            for (int i = 0; i < range.intervals(); i++, at++) {
                if (at >= from && at < from + count) {
                    ranges.next().kind(kind).begin(range.begin(i)).end(range.end(i));
                }
            }
        }
    }

    private void scalars(Agent it) {
        int count = 0;
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            count += isKindOf(it, kind) ? 1 : 0;
        }
        AgentRecordEncoder.ScalarsEncoder scalars = agent.scalarsCount(count);
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (isKindOf(it, kind)) {
                scalars.next()
                        .kind(kind)
                        .total(it.total.scalar(kind))
                        .used(it.used.amount(kind))
                        .offered(it.offered.amount(kind));
            }
        }
    }

    private static boolean isKindOf(Agent it, int kind) {
        return it.total.scalar(kind) != 0 || it.used.amount(kind) != 0 || it.offered.amount(kind) != 0;
    }

    private static int length(int encodedLength) {
        return MessageHeaderEncoder.ENCODED_LENGTH + encodedLength;
    }
}

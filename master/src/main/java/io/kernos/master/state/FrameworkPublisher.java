package io.kernos.master.state;

import io.kernos.allocator.RangeSet;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;
import io.kernos.transport.codecs.FrameworkRemovedEncoder;
import io.kernos.transport.codecs.FrameworkSubscribedEncoder;
import io.kernos.transport.codecs.OfferEncoder;
import io.kernos.transport.codecs.OfferRescindedEncoder;
import io.kernos.transport.codecs.OperatorDoneEncoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RefusedEncoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskUpdateEncoder;
import io.kernos.transport.codecs.TasksSubmittedEncoder;

/** Encodes what goes to frameworks and operators. */
final class FrameworkPublisher {
    /** Most intervals that an offer tells; of an agent that is more fragmented than that, the others are not told. */
    static final int MAX_INTERVALS = 1024;

    private final FrameworkSubscribedEncoder subscribed = new FrameworkSubscribedEncoder();
    private final FrameworkRemovedEncoder removed = new FrameworkRemovedEncoder();
    private final OfferEncoder offer = new OfferEncoder();
    private final OfferRescindedEncoder rescinded = new OfferRescindedEncoder();
    private final TaskUpdateEncoder update = new TaskUpdateEncoder();
    private final TasksSubmittedEncoder submitted = new TasksSubmittedEncoder();
    private final OperatorDoneEncoder operatorDone = new OperatorDoneEncoder();
    private final RefusedEncoder refused = new RefusedEncoder();
    private final Outbound out;

    FrameworkPublisher(Outbound out) {
        this.out = out;
    }

    void subscribed(Framework framework) {
        subscribed
                .wrapAndApplyHeader(out.buffer, 0, out.header)
                .correlationId(framework.subscribeCorrelationId)
                .frameworkId(framework.id)
                .lastTaskId(framework.lastTaskId)
                .lastTemplateId(framework.lastTemplateId);
        out.send(framework.session, subscribed.encodedLength());
    }

    void removed(Session session, long correlationId, long frameworkId, Text why) {
        removed.wrapAndApplyHeader(out.buffer, 0, out.header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .putMessage(why.buffer(), 0, why.length());
        out.send(session, removed.encodedLength());
    }

    void offer(Offer made) {
        offer.wrapAndApplyHeader(out.buffer, 0, out.header)
                .frameworkId(made.framework.id)
                .offerId(made.id)
                .agentId(made.agent.id);
        Resources resources = made.resources;
        OfferEncoder.ScalarsEncoder scalars = offer.scalarsCount(ResourceCodec.scalarCount(resources));
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (resources.scalar(kind) != 0) {
                scalars.next().kind(kind).amount(resources.scalar(kind));
            }
        }
        ranges(resources);
        offer.putHostname(made.agent.hostname, 0, made.agent.hostname.length);
        out.send(made.framework.session, offer.encodedLength());
    }

    private void ranges(Resources resources) {
        int left = Math.min(MAX_INTERVALS, ResourceCodec.intervalCount(resources));
        OfferEncoder.RangesEncoder ranges = offer.rangesCount(left);
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES && left > 0; kind++) {
            RangeSet range = resources.range(kind);
            for (int i = 0; i < range.intervals() && left > 0; i++, left--) {
                ranges.next().kind(kind).begin(range.begin(i)).end(range.end(i));
            }
        }
    }

    void rescinded(Offer gone) {
        rescinded
                .wrapAndApplyHeader(out.buffer, 0, out.header)
                .frameworkId(gone.framework.id)
                .offerId(gone.id);
        out.send(gone.framework.session, rescinded.encodedLength());
    }

    /** Tells a task's state; with sequence 0 it is an answer, which nobody acknowledges. */
    void update(Task task, int sequence, TaskReason reason) {
        update.wrapAndApplyHeader(out.buffer, 0, out.header)
                .frameworkId(task.framework.id)
                .taskId(task.taskId)
                .agentId(task.agentId)
                .relayedNs(task.relayedNs)
                .receivedNs(task.receivedNs)
                .startedNs(task.startedNs)
                .endedNs(task.endedNs)
                .sequence(sequence)
                .exitStatus(task.exitStatus)
                .state(task.state)
                .reason(reason)
                .putMessage(task.message, 0, task.messageLength);
        out.send(task.framework.session, update.encodedLength());
    }

    /** Answers about a task of which no more is known than this. */
    void answer(Framework framework, long taskId, TaskState state, TaskReason reason) {
        update.wrapAndApplyHeader(out.buffer, 0, out.header)
                .frameworkId(framework.id)
                .taskId(taskId)
                .agentId(0)
                .relayedNs(0)
                .receivedNs(0)
                .startedNs(0)
                .endedNs(0)
                .sequence(0)
                .exitStatus(0)
                .state(state)
                .reason(reason)
                .putMessage(Agent.NO_BYTES, 0, 0);
        out.send(framework.session, update.encodedLength());
    }

    void submitted(Framework framework, long correlationId, long firstTaskId, int count) {
        submitted
                .wrapAndApplyHeader(out.buffer, 0, out.header)
                .correlationId(correlationId)
                .frameworkId(framework.id)
                .firstTaskId(firstTaskId)
                .count(count);
        out.send(framework.session, submitted.encodedLength());
    }

    void operatorDone(Session session, long correlationId, int affectedCount) {
        operatorDone
                .wrapAndApplyHeader(out.buffer, 0, out.header)
                .correlationId(correlationId)
                .affectedCount(affectedCount);
        out.send(session, operatorDone.encodedLength());
    }

    void refused(Session session, long correlationId, int templateId, RefusalCode code, Text why) {
        refused.wrapAndApplyHeader(out.buffer, 0, out.header)
                .correlationId(correlationId)
                .refusedTemplateId(templateId)
                .code(code)
                .putMessage(why.buffer(), 0, why.length());
        out.send(session, refused.encodedLength());
    }
}

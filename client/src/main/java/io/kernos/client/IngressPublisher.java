package io.kernos.client;

import io.kernos.transport.Limits;
import io.kernos.transport.codecs.AcceptOffersEncoder;
import io.kernos.transport.codecs.AcknowledgeUpdatesEncoder;
import io.kernos.transport.codecs.DeclineOffersEncoder;
import io.kernos.transport.codecs.KillTasksEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.OperatorKillEncoder;
import io.kernos.transport.codecs.ReconcileTasksEncoder;
import io.kernos.transport.codecs.ReviveOffersEncoder;
import io.kernos.transport.codecs.SubmitTasksEncoder;
import io.kernos.transport.codecs.SubscribeFrameworkEncoder;
import io.kernos.transport.codecs.SuppressOffersEncoder;
import io.kernos.transport.codecs.UnsubscribeFrameworkEncoder;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Encodes what a framework says and sends it. Every method returns false when the message could not be taken now. */
final class IngressPublisher {
    private final ClusterTransport transport;
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(Limits.MAX_MESSAGE_BYTES);
    private final UnsafeBuffer templateBuffer = new UnsafeBuffer(0, 0);
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SubscribeFrameworkEncoder subscribe = new SubscribeFrameworkEncoder();
    private final UnsubscribeFrameworkEncoder unsubscribe = new UnsubscribeFrameworkEncoder();
    private final SubmitTasksEncoder submit = new SubmitTasksEncoder();
    private final AcceptOffersEncoder accept = new AcceptOffersEncoder();
    private final DeclineOffersEncoder decline = new DeclineOffersEncoder();
    private final ReviveOffersEncoder revive = new ReviveOffersEncoder();
    private final SuppressOffersEncoder suppress = new SuppressOffersEncoder();
    private final KillTasksEncoder kill = new KillTasksEncoder();
    private final OperatorKillEncoder operatorKill = new OperatorKillEncoder();
    private final AcknowledgeUpdatesEncoder acknowledge = new AcknowledgeUpdatesEncoder();
    private final ReconcileTasksEncoder reconcile = new ReconcileTasksEncoder();

    IngressPublisher(ClusterTransport transport) {
        this.transport = transport;
    }

    boolean subscribe(long correlationId, long frameworkId, SessionContext context) {
        subscribe
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .failoverTimeoutMs(context.failoverTimeoutMs());
        subscribe.flags().clear().offers(context.offers()).detached(context.detached());
        subscribe.name(context.frameworkName()).role(context.role()).user(context.user());
        return send(subscribe.encodedLength());
    }

    boolean unsubscribe(long correlationId, long frameworkId) {
        unsubscribe
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId);
        return send(unsubscribe.encodedLength());
    }

    boolean registerTemplate(byte[] message) {
        templateBuffer.wrap(message);
        return transport.send(templateBuffer, 0, message.length);
    }

    boolean submit(long correlationId, long frameworkId, long firstTaskId, int count, int templateId) {
        submit.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .firstTaskId(firstTaskId)
                .count(count)
                .templateId(templateId);
        return send(submit.encodedLength());
    }

    boolean accept(
            long correlationId, long frameworkId, long[] offerIds, int[] templateIds, long firstTaskId, long refuseMs) {
        accept.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .refuseMs(refuseMs);
        AcceptOffersEncoder.OffersEncoder offers = accept.offersCount(offerIds.length);
        for (long offerId : offerIds) {
            offers.next().offerId(offerId);
        }
        AcceptOffersEncoder.LaunchesEncoder launches = accept.launchesCount(templateIds.length);
        for (int i = 0; i < templateIds.length; i++) {
            launches.next().taskId(firstTaskId + i).templateId(templateIds[i]);
        }
        return send(accept.encodedLength());
    }

    boolean decline(long correlationId, long frameworkId, long[] offerIds, long refuseMs) {
        decline.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .refuseMs(refuseMs);
        DeclineOffersEncoder.OffersEncoder offers = decline.offersCount(offerIds.length);
        for (long offerId : offerIds) {
            offers.next().offerId(offerId);
        }
        return send(decline.encodedLength());
    }

    boolean revive(long correlationId, long frameworkId) {
        revive.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId);
        return send(revive.encodedLength());
    }

    boolean suppress(long correlationId, long frameworkId) {
        suppress.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId);
        return send(suppress.encodedLength());
    }

    boolean kill(long correlationId, long frameworkId, long firstTaskId, int count, int graceMs) {
        kill.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .firstTaskId(firstTaskId)
                .count(count)
                .graceMs(graceMs);
        return send(kill.encodedLength());
    }

    boolean operatorKill(long correlationId, long frameworkId, long firstTaskId, int count, int graceMs) {
        operatorKill
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId)
                .firstTaskId(firstTaskId)
                .count(count)
                .graceMs(graceMs);
        return send(operatorKill.encodedLength());
    }

    boolean acknowledge(long frameworkId, Acknowledgements acknowledgements, int count) {
        acknowledge.wrapAndApplyHeader(buffer, 0, header).frameworkId(frameworkId);
        AcknowledgeUpdatesEncoder.UpdatesEncoder updates = acknowledge.updatesCount(count);
        for (int i = 0; i < count; i++) {
            updates.next().taskId(acknowledgements.taskId(i)).sequence(acknowledgements.sequence(i));
        }
        return send(acknowledge.encodedLength());
    }

    boolean reconcile(long correlationId, long frameworkId, long[] taskIds) {
        reconcile
                .wrapAndApplyHeader(buffer, 0, header)
                .correlationId(correlationId)
                .frameworkId(frameworkId);
        ReconcileTasksEncoder.TasksEncoder tasks = reconcile.tasksCount(taskIds.length);
        for (long taskId : taskIds) {
            tasks.next().taskId(taskId);
        }
        return send(reconcile.encodedLength());
    }

    private boolean send(int blockAndBodyLength) {
        return transport.send(buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockAndBodyLength);
    }
}

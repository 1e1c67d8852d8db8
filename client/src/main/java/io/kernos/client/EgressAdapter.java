package io.kernos.client;

import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.FrameworkRemovedDecoder;
import io.kernos.transport.codecs.FrameworkSubscribedDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OfferDecoder;
import io.kernos.transport.codecs.OfferRescindedDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RefusedDecoder;
import io.kernos.transport.codecs.TaskUpdateDecoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import org.agrona.DirectBuffer;

/** Decodes what the master says. What is malformed, unknown or for somebody else is counted and left out. */
final class EgressAdapter implements ClusterTransport.Handler {
    /** What the session does about each message. */
    interface Events {
        boolean isOpen();

        void onNewLeader();

        void onSubscribed(long correlationId, long frameworkId, long lastTaskId, int lastTemplateId);

        void onOffer(ResourceOffer offer);

        void onOfferRescinded(long offerId);

        boolean onTaskUpdate(TaskUpdate update);

        void onSubmitted(long correlationId, long firstTaskId, int count);

        void onRefused(long correlationId, int messageTemplateId, RefusalCode code, String message);

        void onFrameworkRemoved(long frameworkId, String reason);
    }

    private final Events events;
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final FrameworkSubscribedDecoder subscribed = new FrameworkSubscribedDecoder();
    private final OfferRescindedDecoder rescinded = new OfferRescindedDecoder();
    private final TasksSubmittedDecoder submitted = new TasksSubmittedDecoder();
    private final RefusedDecoder refused = new RefusedDecoder();
    private final FrameworkRemovedDecoder removed = new FrameworkRemovedDecoder();
    private final TaskUpdate update = new TaskUpdate();
    private final ResourceOffer offer = new ResourceOffer();
    private long ignoredCount;

    EgressAdapter(Events events) {
        this.events = events;
    }

    long ignoredCount() {
        return ignoredCount;
    }

    @Override
    public void onNewLeader() {
        events.onNewLeader();
    }

    @Override
    public boolean onMessage(DirectBuffer buffer, int offset, int length) {
        if (!events.isOpen()) {
            return true;
        }
        if (MessageCheck.check(buffer, offset, length) != MessageCheck.OK) {
            ignoredCount++;
            return true;
        }
        header.wrap(buffer, offset);
        int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        if (header.templateId() == TaskUpdateDecoder.TEMPLATE_ID) {
            update.wrap(buffer, body, header.blockLength(), header.version());
            return events.onTaskUpdate(update);
        }
        onOtherMessage(buffer, body);
        return true;
    }

    private void onOtherMessage(DirectBuffer buffer, int body) {
        switch (header.templateId()) {
            case OfferDecoder.TEMPLATE_ID -> {
                offer.wrap(buffer, body, header.blockLength(), header.version());
                events.onOffer(offer);
            }
            case OfferRescindedDecoder.TEMPLATE_ID -> {
                rescinded.wrap(buffer, body, header.blockLength(), header.version());
                events.onOfferRescinded(rescinded.offerId());
            }
            case TasksSubmittedDecoder.TEMPLATE_ID -> {
                submitted.wrap(buffer, body, header.blockLength(), header.version());
                events.onSubmitted(submitted.correlationId(), submitted.firstTaskId(), submitted.count());
            }
            default -> onRareMessage(buffer, body);
        }
    }

    private void onRareMessage(DirectBuffer buffer, int body) {
        switch (header.templateId()) {
            case FrameworkSubscribedDecoder.TEMPLATE_ID -> {
                subscribed.wrap(buffer, body, header.blockLength(), header.version());
                events.onSubscribed(
                        subscribed.correlationId(),
                        subscribed.frameworkId(),
                        subscribed.lastTaskId(),
                        subscribed.lastTemplateId());
            }
            case RefusedDecoder.TEMPLATE_ID -> {
                refused.wrap(buffer, body, header.blockLength(), header.version());
                events.onRefused(
                        refused.correlationId(), refused.refusedTemplateId(), refused.code(), refused.message());
            }
            case FrameworkRemovedDecoder.TEMPLATE_ID -> {
                removed.wrap(buffer, body, header.blockLength(), header.version());
                events.onFrameworkRemoved(removed.frameworkId(), removed.message());
            }
            default -> ignoredCount++;
        }
    }
}

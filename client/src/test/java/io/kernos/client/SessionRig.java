package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AcknowledgeUpdatesDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.SubmitTasksDecoder;
import io.kernos.transport.codecs.SubscribeFrameworkDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** A session with a cluster, a clock and a listener of the test's own. */
abstract class SessionRig {
    static final long FRAMEWORK_ID = 3;
    static final TaskTemplate TEMPLATE =
            TaskTemplate.builder().command("/bin/true").build();

    final FakeCluster cluster = new FakeCluster();
    final RecordingListener listener = new RecordingListener();
    final List<Throwable> errors = new ArrayList<>();
    long nowNs = 1;
    final SessionContext context = new SessionContext()
            .aeronDirectory("/nowhere")
            .frameworkName("tests")
            .role("prod")
            .user("nobody")
            .pendingCapacity(4)
            .reconnectMs(100, 400)
            .connectTimeoutMs(1_000)
            .nanoClock(() -> nowNs)
            .errorHandler(errors::add);
    final SchedulerSession session = SchedulerSession.open(context, listener, cluster);

    void subscribe(long lastTaskId, int lastTemplateId) {
        pollUntilIdle();
        answerSubscription(lastTaskId, lastTemplateId);
        listener.take();
    }

    void loseAndComeBack(long lastTaskId, int lastTemplateId) {
        cluster.lose("cable cut");
        pollUntilIdle();
        advanceMs(100);
        pollUntilIdle();
        answerSubscription(lastTaskId, lastTemplateId);
    }

    void answerSubscription(long lastTaskId, int lastTemplateId) {
        cluster.subscribed(subscription().correlationId(), FRAMEWORK_ID, lastTaskId, lastTemplateId);
        pollUntilIdle();
    }

    SubscribeFrameworkDecoder subscription() {
        return new SubscribeFrameworkDecoder()
                .wrapAndApplyHeader(only(SubscribeFrameworkDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
    }

    static SubmitTasksDecoder submit(UnsafeBuffer message) {
        assertEquals(SubmitTasksDecoder.TEMPLATE_ID, FakeCluster.templateId(message));
        return new SubmitTasksDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
    }

    AcknowledgeUpdatesDecoder.UpdatesDecoder acknowledged() {
        return acknowledgements(only(AcknowledgeUpdatesDecoder.TEMPLATE_ID));
    }

    static AcknowledgeUpdatesDecoder.UpdatesDecoder acknowledgements(UnsafeBuffer message) {
        assertEquals(AcknowledgeUpdatesDecoder.TEMPLATE_ID, FakeCluster.templateId(message));
        return new AcknowledgeUpdatesDecoder()
                .wrapAndApplyHeader(message, 0, new MessageHeaderDecoder())
                .updates();
    }

    UnsafeBuffer only(int templateId) {
        List<UnsafeBuffer> sent = cluster.takeSent();
        assertEquals(
                List.of(templateId), sent.stream().map(FakeCluster::templateId).toList());
        return sent.getFirst();
    }

    void pollUntilIdle() {
        int turns = 0;
        while (session.poll() > 0) {
            assertTrue(++turns < 100, "the session never comes to rest");
        }
    }

    void advanceMs(long ms) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    }
}

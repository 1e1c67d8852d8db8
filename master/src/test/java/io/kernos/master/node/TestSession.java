package io.kernos.master.node;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.cluster.codecs.EventCode;
import io.aeron.logbuffer.Header;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.FrameworkSubscribedDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.RegisterTemplateEncoder;
import io.kernos.transport.codecs.SubmitTasksEncoder;
import io.kernos.transport.codecs.SubscribeFrameworkEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A session with the master, over the master's own media driver. Keeps what it is sent. */
final class TestSession implements EgressListener, AutoCloseable {
    private static final long TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(TestMaster.TIMEOUT_MS);
    private static final long KEEP_ALIVE_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Aeron aeron;
    private final AeronCluster cluster;
    private final List<byte[]> received = new ArrayList<>();
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private boolean isClosedByMaster;
    private long keepAliveDueNs = System.nanoTime();

    private TestSession(String aeronDirectory, TransportContext transport) {
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory));
        cluster = AeronCluster.connect(new AeronCluster.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .ingressChannel(transport.ipcChannel())
                .egressChannel(CommonContext.IPC_CHANNEL + "?term-length=512k")
                .egressStreamId(ThreadLocalRandom.current().nextInt(100_000, Integer.MAX_VALUE))
                .messageTimeoutNs(TIMEOUT_NS)
                .egressListener(this));
    }

    static TestSession connect(String aeronDirectory) {
        return new TestSession(aeronDirectory, new TransportContext());
    }

    Aeron aeron() {
        return aeron;
    }

    long id() {
        return cluster.clusterSessionId();
    }

    boolean isClosedByMaster() {
        return isClosedByMaster || cluster.isClosed();
    }

    List<byte[]> received() {
        return received;
    }

    long subscribe(long frameworkId) {
        subscribeOnly(frameworkId);
        return subscribed().frameworkId();
    }

    void subscribeOnly(long frameworkId) {
        SubscribeFrameworkEncoder message = new SubscribeFrameworkEncoder().wrapAndApplyHeader(out, 0, header);
        message.correlationId(1).frameworkId(frameworkId).failoverTimeoutMs(3_600_000);
        message.flags().clear();
        message.name("test").role("*").user("");
        send(message.encodedLength());
    }

    FrameworkSubscribedDecoder subscribed() {
        FrameworkSubscribedDecoder decoder = new FrameworkSubscribedDecoder();
        byte[] message = await(FrameworkSubscribedDecoder.TEMPLATE_ID);
        return decoder.wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderDecoder());
    }

    void registerTemplate(long frameworkId, int templateId) {
        RegisterTemplateEncoder message = new RegisterTemplateEncoder().wrapAndApplyHeader(out, 0, header);
        message.correlationId(2)
                .frameworkId(frameworkId)
                .templateId(templateId)
                .killGraceMs(1_000)
                .portCount(0);
        message.isolation().clear();
        message.scalarsCount(1).next().kind(0).amount(100);
        message.argumentsCount(1).next().value("/bin/true");
        message.environmentCount(0);
        message.name("true");
        send(message.encodedLength());
    }

    void submit(long frameworkId, long firstTaskId, int count, int templateId) {
        SubmitTasksEncoder message = new SubmitTasksEncoder().wrapAndApplyHeader(out, 0, header);
        message.correlationId(3)
                .frameworkId(frameworkId)
                .firstTaskId(firstTaskId)
                .count(count)
                .templateId(templateId);
        send(message.encodedLength());
    }

    private void send(int encodedLength) {
        send(out, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    void send(DirectBuffer buffer, int offset, int length) {
        await(() -> cluster.offer(buffer, offset, length) > 0, "ingress takes nothing");
    }

    /** Send once, whether there is room or not. */
    void offer(DirectBuffer buffer, int offset, int length) {
        cluster.offer(buffer, offset, length);
    }

    /** The first message of this template that was not taken yet; waits for it. */
    byte[] await(int templateId) {
        byte[][] found = new byte[1][];
        await(
                () -> {
                    found[0] = take(templateId);
                    return found[0] != null;
                },
                "no message with template id " + templateId);
        return found[0];
    }

    byte[] take(int templateId) {
        for (int i = 0; i < received.size(); i++) {
            if (MessageCheck.templateId(new UnsafeBuffer(received.get(i)), 0) == templateId) {
                return received.remove(i);
            }
        }
        return null;
    }

    void await(BooleanSupplier condition, String problem) {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError(problem + "; received " + received.size());
            }
            poll();
            Thread.onSpinWait();
        }
    }

    int poll() {
        if (cluster.isClosed()) {
            return 0;
        }
        long nowNs = System.nanoTime();
        if (nowNs - keepAliveDueNs >= 0) {
            cluster.sendKeepAlive();
            keepAliveDueNs = nowNs + KEEP_ALIVE_NS;
        }
        return cluster.pollEgress();
    }

    /** Stay alive for the master, but take nothing of what it sends. */
    void keepAlive() {
        cluster.sendKeepAlive();
    }

    @Override
    public void onMessage(
            long clusterSessionId, long timestamp, DirectBuffer buffer, int offset, int length, Header header) {
        byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        received.add(message);
    }

    @Override
    public void onSessionEvent(
            long correlationId,
            long clusterSessionId,
            long leadershipTermId,
            int leaderMemberId,
            EventCode code,
            String detail) {
        isClosedByMaster |= code == EventCode.CLOSED;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(cluster, aeron);
    }
}

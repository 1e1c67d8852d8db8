package io.kernos.master.node;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Publication;
import io.aeron.Subscription;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.StreamIds;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.AgentRegisterEncoder;
import io.kernos.transport.codecs.AgentTasksEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** What a relay sees of an agent: its two streams. Keeps what it is sent. */
final class FakeAgent implements AutoCloseable {
    private static final long TIMEOUT_NS = TimeUnit.MILLISECONDS.toNanos(TestMaster.TIMEOUT_MS);
    private static final long GIGABYTE = 1L << 30;

    private final Aeron aeron;
    private final Subscription subscription;
    private final Publication publication;
    private final List<byte[]> received = new ArrayList<>();
    private final FragmentAssembler assembler = new FragmentAssembler((buffer, offset, length, header) -> {
        byte[] message = new byte[length];
        buffer.getBytes(offset, message);
        received.add(message);
    });
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private boolean isDeaf;

    FakeAgent(String aeronDirectory, String relayEndpoint) {
        TransportContext transport = new TransportContext().relayEndpoint(relayEndpoint);
        aeron = Aeron.connect(new Aeron.Context().aeronDirectoryName(aeronDirectory));
        subscription = aeron.addSubscription(transport.agentChannel(), StreamIds.RELAY_TO_AGENT);
        publication = aeron.addExclusivePublication(transport.relayChannel(), StreamIds.AGENT_TO_RELAY);
    }

    void register(long agentId) {
        AgentRegisterEncoder message = new AgentRegisterEncoder().wrapAndApplyHeader(out, 0, header);
        message.connectionId(0)
                .agentId(agentId)
                .instanceId(77)
                .responseStreamId(StreamIds.RELAY_TO_AGENT)
                .clusterId(0);
        AgentRegisterEncoder.ScalarsEncoder scalars = message.scalarsCount(3);
        scalars.next().kind(0).amount(4_000);
        scalars.next().kind(1).amount(GIGABYTE);
        scalars.next().kind(2).amount(GIGABYTE);
        message.rangesCount(1).next().kind(0).begin(31_000).end(32_000);
        message.attributesCount(1).next().name("isolation").value("none");
        message.hostname("fake").responseChannel(responseChannel()).sandboxChannel("");
        send(message.encodedLength());
        AgentTasksEncoder tasks = new AgentTasksEncoder().wrapAndApplyHeader(out, 0, header);
        tasks.connectionId(0).last((short) 1).tasksCount(0);
        send(tasks.encodedLength());
    }

    private String responseChannel() {
        await(() -> subscription.tryResolveChannelEndpointPort() != null, "no port");
        return subscription.tryResolveChannelEndpointPort();
    }

    void report(long frameworkId, long taskId, TaskState state) {
        TaskStatusEncoder message = new TaskStatusEncoder().wrapAndApplyHeader(out, 0, header);
        message.connectionId(0).frameworkId(frameworkId).taskId(taskId);
        message.relayedNs(0).receivedNs(1).startedNs(2).endedNs(3).exitStatus(0);
        message.state(state).reason(TaskReason.NONE).message("");
        send(message.encodedLength());
    }

    private void send(int encodedLength) {
        send(new UnsafeBuffer(out, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength));
    }

    void send(UnsafeBuffer message) {
        await(() -> publication.offer(message, 0, message.capacity()) > 0, "the relay takes nothing");
    }

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

    private byte[] take(int templateId) {
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
            if (!isDeaf) {
                subscription.poll(assembler, 10);
            }
            Thread.onSpinWait();
        }
    }

    /** Whether it takes nothing of what it is sent. */
    void deaf(boolean deaf) {
        isDeaf = deaf;
    }

    /** End its stream. */
    void leave() {
        publication.close();
    }

    Aeron aeron() {
        return aeron;
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(publication, subscription, aeron);
    }
}

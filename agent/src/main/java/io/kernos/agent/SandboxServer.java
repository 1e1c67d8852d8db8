package io.kernos.agent;

import io.aeron.Aeron;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import io.kernos.transport.Limits;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.StreamIds;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.SandboxChunkEncoder;
import io.kernos.transport.codecs.SandboxReadDecoder;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers reads of sandboxes, each by one chunk, on a stream of its own. Part of the agent's duty cycle. A chunk that
 * cannot be sent is dropped: whoever reads asks again.
 */
final class SandboxServer implements AutoCloseable {
    private static final int FRAGMENT_LIMIT = 8;

    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(Limits.MAX_MESSAGE_BYTES));
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final SandboxReadDecoder request = new SandboxReadDecoder();
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final SandboxChunkEncoder chunk = new SandboxChunkEncoder();
    private final FragmentAssembler assembler = new FragmentAssembler(this::onFragment);
    private final TransportContext transport;
    private final Subscription subscription;
    private final SandboxReaders readers;
    private final SandboxReader reader;
    private final AgentCore core;
    private final Counting counting;

    /**
     * Opens the endpoint that reads come to.
     *
     * @param aeron     client.
     * @param transport names the agent's own endpoint.
     * @param sandboxes to read.
     * @param core      knows which tasks have ended.
     * @param counting  takes what is counted.
     */
    SandboxServer(Aeron aeron, TransportContext transport, Sandboxes sandboxes, AgentCore core, Counting counting) {
        this.transport = transport;
        this.subscription = aeron.addSubscription(transport.agentChannel(), StreamIds.SANDBOX_REQUEST);
        this.readers = new SandboxReaders(aeron);
        this.reader = new SandboxReader(sandboxes);
        this.core = core;
        this.counting = counting;
    }

    /**
     * Where reads are to be sent.
     *
     * @return channel with its port resolved; null until it is.
     */
    String channel() {
        String endpoint = subscription.resolvedEndpoint();
        return endpoint == null ? null : transport.channelTo(endpoint);
    }

    int doWork(long nowMs) {
        return subscription.poll(assembler, FRAGMENT_LIMIT) + readers.doWork(nowMs);
    }

    private void onFragment(DirectBuffer message, int offset, int length, Header header) {
        boolean sound = MessageCheck.check(message, offset, length) == MessageCheck.OK;
        if (!sound || MessageCheck.templateId(message, offset) != SandboxReadDecoder.TEMPLATE_ID) {
            counting.add(AgentCounter.MESSAGES_REFUSED, 1);
            return;
        }
        request.wrapAndApplyHeader(message, offset, headerDecoder);
        String file = request.file();
        String channel = transport.channelToNamed(request.responseChannel());
        if (channel == null) {
            counting.add(AgentCounter.MESSAGES_REFUSED, 1);
            return;
        }
        counting.add(AgentCounter.SANDBOX_READS, 1);
        boolean ended = ended(request.frameworkId(), request.taskId());
        reader.read(request.frameworkId(), request.taskId(), file, request.fileOffset(), request.length());
        int chunkLength = encode(ended);
        readers.send(channel, request.responseStreamId(), buffer, chunkLength);
    }

    /** Asked before the file is read, so that nothing is added after a chunk that says so. */
    private boolean ended(long frameworkId, long taskId) {
        AgentTask task = core.task(frameworkId, taskId);
        return task == null || !task.live();
    }

    private int encode(boolean ended) {
        chunk.wrapAndApplyHeader(buffer, 0, headerEncoder)
                .correlationId(request.correlationId())
                .fileOffset(request.fileOffset())
                .fileLength(reader.fileLength())
                .status(reader.status())
                .taskEnded((short) (ended ? 1 : 0))
                .putData(reader.data(), 0, reader.dataLength());
        return MessageHeaderEncoder.ENCODED_LENGTH + chunk.encodedLength();
    }

    @Override
    public void close() {
        readers.close();
        subscription.close();
    }
}

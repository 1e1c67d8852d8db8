package io.kernos.client;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.FragmentAssembler;
import io.aeron.Subscription;
import io.aeron.logbuffer.Header;
import io.kernos.transport.Limits;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.StreamIds;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.SandboxChunkDecoder;
import io.kernos.transport.codecs.SandboxReadEncoder;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads files of sandboxes from one agent, piece by piece, without blocking. Used by one thread. A read that got no
 * answer, since the agent was away, is asked for again by the caller; pieces carry their offset, so that repeats do no
 * harm. {@link SandboxClient} does this with calls that block.
 */
public final class SandboxReader implements AutoCloseable {
    /** A read cannot be sent now: the agent is not connected yet, or busy. */
    public static final long BACK_PRESSURED = -1;

    private static final int FRAGMENT_LIMIT = 10;

    private final Aeron aeron;
    private final long publicationId;
    private final long subscriptionId;
    private final FragmentAssembler assembler = new FragmentAssembler(this::onFragment);
    private final ExpandableArrayBuffer requestBuffer = new ExpandableArrayBuffer(512);
    private final MessageHeaderEncoder headerEncoder = new MessageHeaderEncoder();
    private final MessageHeaderDecoder headerDecoder = new MessageHeaderDecoder();
    private final SandboxReadEncoder read = new SandboxReadEncoder();
    private final SandboxChunkDecoder chunk = new SandboxChunkDecoder();
    private final UnsafeBuffer data = new UnsafeBuffer(0, 0);
    private ExclusivePublication publication;
    private Subscription subscription;
    private String responseChannel;
    private SandboxListener listener;
    private long lastCorrelationId;

    /**
     * Begins to connect.
     *
     * @param aeron          stays the caller's; where its conductor is invoked, the caller does that.
     * @param sandboxChannel where the agent answers, as its record says.
     * @param transport      concluded; its client endpoint must be one that the agent can reach.
     */
    public SandboxReader(Aeron aeron, String sandboxChannel, TransportContext transport) {
        this.aeron = aeron;
        publicationId = aeron.asyncAddExclusivePublication(sandboxChannel, StreamIds.SANDBOX_REQUEST);
        subscriptionId = aeron.asyncAddSubscription(transport.sandboxResponseChannel(), StreamIds.SANDBOX_RESPONSE);
    }

    /**
     * Asks for a piece of a file.
     *
     * @param frameworkId of the task.
     * @param taskId      of the task.
     * @param file        name in the sandbox, such as {@code stdout}.
     * @param fileOffset  where to begin.
     * @param length      bytes at most, up to {@link Limits#MAX_CHUNK_BYTES}.
     * @return a positive number that its answer carries, or {@link #BACK_PRESSURED}.
     */
    public long read(long frameworkId, long taskId, String file, long fileOffset, int length) {
        if (!isReady()) {
            return BACK_PRESSURED;
        }
        read.wrapAndApplyHeader(requestBuffer, 0, headerEncoder)
                .correlationId(lastCorrelationId + 1)
                .frameworkId(frameworkId)
                .taskId(taskId)
                .fileOffset(fileOffset)
                .length(Math.min(length, Limits.MAX_CHUNK_BYTES))
                .responseStreamId(StreamIds.SANDBOX_RESPONSE)
                .file(file)
                .responseChannel(responseChannel);
        int messageLength = MessageHeaderEncoder.ENCODED_LENGTH + read.encodedLength();
        return publication.offer(requestBuffer, 0, messageLength) > 0 ? ++lastCorrelationId : BACK_PRESSURED;
    }

    private boolean isReady() {
        if (publication == null) {
            publication = aeron.getExclusivePublication(publicationId);
        }
        if (subscription == null) {
            subscription = aeron.getSubscription(subscriptionId);
        }
        if (responseChannel == null && subscription != null) {
            responseChannel = subscription.tryResolveChannelEndpointPort();
        }
        return publication != null && publication.isConnected() && responseChannel != null;
    }

    /**
     * Whether the agent can be asked at the moment.
     *
     * @return true when it is connected.
     */
    public boolean isConnected() {
        return isReady();
    }

    /**
     * Receives pieces.
     *
     * @param listener to hand them to.
     * @return how much was done; 0 when there was nothing, to idle on.
     */
    public int poll(SandboxListener listener) {
        if (subscription == null) {
            return 0;
        }
        this.listener = listener;
        return subscription.poll(assembler, FRAGMENT_LIMIT);
    }

    private void onFragment(DirectBuffer buffer, int offset, int length, Header header) {
        if (MessageCheck.check(buffer, offset, length) != MessageCheck.OK) {
            return;
        }
        headerDecoder.wrap(buffer, offset);
        if (headerDecoder.templateId() != SandboxChunkDecoder.TEMPLATE_ID) {
            return;
        }
        int body = offset + MessageHeaderDecoder.ENCODED_LENGTH;
        chunk.wrap(buffer, body, headerDecoder.blockLength(), headerDecoder.version());
        int dataLength = chunk.dataLength();
        chunk.wrapData(data);
        listener.onChunk(
                chunk.correlationId(),
                chunk.status(),
                chunk.fileOffset(),
                chunk.fileLength(),
                chunk.taskEnded() == 1,
                data,
                0,
                dataLength);
    }

    @Override
    public void close() {
        if (!aeron.isClosed()) {
            isReady();
            CloseHelper.closeAll(publication, subscription);
        }
    }
}

package io.kernos.client;

import io.aeron.Aeron;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.Limits;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.SandboxStatus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;

/** Reads files of sandboxes from any agents, with calls that block. Used by one thread. */
public final class SandboxClient implements AutoCloseable {
    private static final long ASK_AGAIN_NS = TimeUnit.SECONDS.toNanos(1);
    /** Aeron's own thread, since nobody promises to call often. */
    private static final long CONDUCTOR_PARK_MS = 4;

    private static final long FOLLOW_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final TransportContext transport;
    private final IdleProfile idleProfile;
    private final ErrorHandler errorHandler;
    private Aeron aeron;
    private final Map<String, SandboxReader> readers = new HashMap<>();
    private final Piece piece = new Piece();

    /**
     * Connects to a media driver; errors of the connection go to standard error.
     *
     * @param transport   concluded; names the driver's folder.
     * @param idleProfile how calls idle while they wait.
     */
    public SandboxClient(TransportContext transport, IdleProfile idleProfile) {
        this(transport, idleProfile, Aeron.Configuration.DEFAULT_ERROR_HANDLER);
    }

    /**
     * Connects to a media driver.
     *
     * @param transport    concluded; names the driver's folder.
     * @param idleProfile  how calls idle while they wait.
     * @param errorHandler of the connection, such as when the driver has gone.
     */
    public SandboxClient(TransportContext transport, IdleProfile idleProfile, ErrorHandler errorHandler) {
        this.transport = transport;
        this.idleProfile = idleProfile;
        this.errorHandler = errorHandler;
        aeron = connect();
    }

    private Aeron connect() {
        return Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(transport.aeronDirectory())
                .errorHandler(errorHandler)
                .idleStrategy(new SleepingMillisIdleStrategy(CONDUCTOR_PARK_MS)));
    }

    /** The driver gives up a process that was stopped for a while, and so does Aeron's client. */
    private SandboxReader reader(String channel) {
        if (aeron.isClosed()) {
            readers.values().forEach(CloseHelper::quietClose);
            readers.clear();
            aeron = connect();
        }
        return readers.computeIfAbsent(channel, key -> new SandboxReader(aeron, key, transport));
    }

    /**
     * Reads a file as far as it goes now.
     *
     * @param sandboxChannel of the agent, as its record says.
     * @param frameworkId    of the task.
     * @param taskId         of the task.
     * @param file           name in the sandbox, such as {@code stdout}.
     * @param timeoutMs      milliseconds that each piece may take.
     * @return its content.
     * @throws KernosTimeoutException when the agent does not answer.
     * @throws KernosException        when there is no such task or file, or it may not be read.
     */
    public byte[] read(String sandboxChannel, long frameworkId, long taskId, String file, long timeoutMs) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        copy(sandboxChannel, frameworkId, taskId, file, content, timeoutMs);
        return content.toByteArray();
    }

    /**
     * Copies a file as far as it goes now.
     *
     * @param sandboxChannel of the agent, as its record says.
     * @param frameworkId    of the task.
     * @param taskId         of the task.
     * @param file           name in the sandbox, such as {@code stdout}.
     * @param out            where to, flushed after each piece.
     * @param timeoutMs      milliseconds that each piece may take.
     * @return how many bytes were copied.
     * @throws KernosTimeoutException when the agent does not answer.
     * @throws KernosException        when there is no such task or file, or it may not be read.
     */
    public long copy(
            String sandboxChannel, long frameworkId, long taskId, String file, OutputStream out, long timeoutMs) {
        SandboxFile source = new SandboxFile(sandboxChannel, frameworkId, taskId, file);
        long offset = 0;
        do {
            readPiece(source, offset, timeoutMs);
            piece.writeTo(out);
            offset += piece.length;
        } while (piece.length > 0 && offset < piece.fileLength);
        return offset;
    }

    /**
     * Copies a file as it grows, until its task has ended and all of it was copied.
     *
     * @param sandboxChannel of the agent, as its record says.
     * @param frameworkId    of the task.
     * @param taskId         of the task.
     * @param file           name in the sandbox, such as {@code stdout}.
     * @param fileOffset     where to begin.
     * @param out            where to, flushed after each piece.
     * @param goesOn         asked before each piece; false ends it early.
     * @param timeoutMs      milliseconds that each piece may take.
     * @return offset behind what was copied.
     * @throws KernosTimeoutException when the agent does not answer.
     * @throws KernosException        when there is no such task or file, or it may not be read.
     */
    public long follow(
            String sandboxChannel,
            long frameworkId,
            long taskId,
            String file,
            long fileOffset,
            OutputStream out,
            BooleanSupplier goesOn,
            long timeoutMs) {
        SandboxFile source = new SandboxFile(sandboxChannel, frameworkId, taskId, file);
        long offset = fileOffset;
        while (goesOn.getAsBoolean()) {
            readPiece(source, offset, timeoutMs);
            piece.writeTo(out);
            offset += piece.length;
            if (piece.isEnded && offset >= piece.fileLength) {
                break;
            }
            if (piece.length == 0) {
                LockSupport.parkNanos(FOLLOW_PAUSE_NS);
            }
        }
        return offset;
    }

    private record SandboxFile(String channel, long frameworkId, long taskId, String name) {
        @Override
        public String toString() {
            return "file '" + name + "' of task " + frameworkId + '.' + taskId;
        }
    }

    private void readPiece(SandboxFile source, long offset, long timeoutMs) {
        IdleStrategy idle = idleProfile.strategy();
        long startNs = System.nanoTime();
        long askedNs = startNs - ASK_AGAIN_NS;
        piece.expect(source, offset);
        while (!piece.hasArrived) {
            long nowNs = System.nanoTime();
            if (nowNs - startNs >= TimeUnit.MILLISECONDS.toNanos(timeoutMs)) {
                throw new KernosTimeoutException(source + " was not read: the agent at " + source.channel()
                        + " did not answer within " + timeoutMs + " ms");
            }
            SandboxReader reader = reader(source.channel());
            int workCount = 0;
            if (nowNs - askedNs >= ASK_AGAIN_NS) {
                long sent = reader.read(
                        source.frameworkId(), source.taskId(), source.name(), offset, Limits.MAX_CHUNK_BYTES);
                askedNs = sent > 0 ? nowNs : askedNs;
                workCount += sent > 0 ? 1 : 0;
                piece.correlationId = sent > 0 ? sent : piece.correlationId;
            }
            idle.idle(workCount + reader.poll(piece));
        }
        piece.check();
    }

    @Override
    public void close() {
        CloseHelper.closeAll(readers.values());
        aeron.close();
    }

    /** The one piece that is waited for. */
    private static final class Piece implements SandboxListener {
        private final byte[] bytes = new byte[Limits.MAX_MESSAGE_BYTES];
        private SandboxFile source;
        private long correlationId;
        private long offset;
        private boolean hasArrived;
        private SandboxStatus status;
        private long fileLength;
        private boolean isEnded;
        private int length;

        void expect(SandboxFile source, long offset) {
            this.source = source;
            this.offset = offset;
            correlationId = 0;
            hasArrived = false;
        }

        @Override
        public void onChunk(
                long correlationId,
                SandboxStatus status,
                long fileOffset,
                long fileLength,
                boolean isEnded,
                DirectBuffer buffer,
                int offset,
                int length) {
            if (hasArrived || correlationId != this.correlationId || fileOffset != this.offset) {
                return;
            }
            this.status = status;
            this.fileLength = fileLength;
            this.isEnded = isEnded;
            this.length = Math.min(length, bytes.length);
            buffer.getBytes(offset, bytes, 0, this.length);
            hasArrived = true;
        }

        void check() {
            switch (status) {
                case DATA -> {}
                case UNKNOWN_TASK ->
                    throw new KernosException(
                            source + " was not read: the agent has no sandbox of this task (any more)");
                case UNKNOWN_FILE -> throw new KernosException(source + " was not read: there is no such file");
                case REFUSED ->
                    throw new KernosException(
                            source + " was not read: it leads out of the sandbox or is not a plain file");
                default -> throw new KernosException(source + " was not read: the agent could not");
            }
        }

        void writeTo(OutputStream out) {
            try {
                out.write(bytes, 0, length);
                out.flush();
            } catch (IOException ex) {
                throw new UncheckedIOException("writing " + source, ex);
            }
        }
    }
}

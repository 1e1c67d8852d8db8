package io.kernos.agent;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.exceptions.RegistrationException;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The streams back to those who read sandboxes: a few, made when first needed and closed when idle.
 */
final class SandboxReaders implements AutoCloseable {
    /** Most readers at a time; the one that was idle longest makes room. */
    static final int MAX_READERS = 32;

    /** Most chunks that wait for one reader's stream to connect. */
    static final int MAX_WAITING = 8;

    private static final long IDLE_MS = 30_000;

    /** One reader's stream, and the chunks that wait for it. */
    private static final class Reader {
        private final List<byte[]> waiting = new ArrayList<>();
        private final String channel;
        private final int streamId;
        private final long registrationId;
        private ExclusivePublication publication;
        private long usedMs;

        private Reader(String channel, int streamId, long registrationId) {
            this.channel = channel;
            this.streamId = streamId;
            this.registrationId = registrationId;
        }
    }

    private final List<Reader> readers = new ArrayList<>();
    private final Aeron aeron;
    private long nowMs;

    SandboxReaders(Aeron aeron) {
        this.aeron = aeron;
    }

    void send(String channel, int streamId, DirectBuffer buffer, int length) {
        Reader reader = find(channel, streamId);
        reader.usedMs = nowMs;
        boolean sent = reader.publication != null
                && reader.waiting.isEmpty()
                && reader.publication.offer(buffer, 0, length) > 0;
        if (!sent && reader.waiting.size() < MAX_WAITING) {
            byte[] copy = new byte[length];
            buffer.getBytes(0, copy);
            reader.waiting.add(copy);
        }
    }

    int doWork(long newNowMs) {
        nowMs = newNowMs;
        int count = 0;
        for (int i = readers.size() - 1; i >= 0; i--) {
            Reader reader = readers.get(i);
            boolean gone = !open(reader) || nowMs - reader.usedMs > IDLE_MS;
            if (gone) {
                readers.remove(i);
                close(reader);
            } else if (!reader.waiting.isEmpty()) {
                count += flush(reader);
            }
        }
        return count;
    }

    private boolean open(Reader reader) {
        if (reader.publication != null) {
            return !reader.publication.isClosed();
        }
        try {
            reader.publication = aeron.getExclusivePublication(reader.registrationId);
            return true;
        } catch (RegistrationException ex) {
            return false;
        }
    }

    private static int flush(Reader reader) {
        if (reader.publication == null || !reader.publication.isConnected()) {
            return 0;
        }
        int count = 0;
        while (!reader.waiting.isEmpty() && offer(reader, reader.waiting.getFirst())) {
            reader.waiting.removeFirst();
            count++;
        }
        return count;
    }

    private static boolean offer(Reader reader, byte[] message) {
        return reader.publication.offer(new UnsafeBuffer(message), 0, message.length) > 0;
    }

    private Reader find(String channel, int streamId) {
        for (Reader reader : readers) {
            if (reader.streamId == streamId && reader.channel.equals(channel)) {
                return reader;
            }
        }
        if (readers.size() >= MAX_READERS) {
            Reader idlest = readers.getFirst();
            for (Reader reader : readers) {
                idlest = reader.usedMs < idlest.usedMs ? reader : idlest;
            }
            readers.remove(idlest);
            close(idlest);
        }
        Reader fresh = new Reader(channel, streamId, aeron.asyncAddExclusivePublication(channel, streamId));
        readers.add(fresh);
        return fresh;
    }

    private void close(Reader reader) {
        if (reader.publication != null) {
            reader.publication.close();
        } else {
            aeron.asyncRemovePublication(reader.registrationId);
        }
    }

    @Override
    public void close() {
        readers.forEach(this::close);
        readers.clear();
    }
}

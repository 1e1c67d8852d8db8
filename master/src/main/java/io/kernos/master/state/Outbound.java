package io.kernos.master.state;

import io.kernos.transport.codecs.MessageHeaderEncoder;
import org.agrona.concurrent.UnsafeBuffer;

/** Where the publishers write a message, and the way out for it. */
final class Outbound {
    private static final int CAPACITY = 128 * 1024;

    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY]);
    final MessageHeaderEncoder header = new MessageHeaderEncoder();

    private final Effects effects;

    Outbound(Effects effects) {
        this.effects = effects;
    }

    /** Sends the message at the start of the buffer, of that many bytes after its header. */
    void send(Session session, int encodedLength) {
        effects.send(session.id, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
    }

    void close(long sessionId) {
        effects.closeSession(sessionId);
    }
}

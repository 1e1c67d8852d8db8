package io.kernos.master.state;

import org.agrona.DirectBuffer;

/** Forgets all effects, and counts them. */
final class NoEffects implements Effects {
    long sent;

    @Override
    public void send(long sessionId, DirectBuffer buffer, int offset, int length) {
        sent++;
    }

    @Override
    public void closeSession(long sessionId) {
        sent++;
    }
}

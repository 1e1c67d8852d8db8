package io.kernos.master.state;

import org.agrona.DirectBuffer;

/**
 * What the state machine wants of the world outside. Called on the state machine's thread while a command is applied;
 * neither method may throw, wait, or call the state machine.
 *
 * <p>Every member of a cluster is given the same effects in the same order; only the leader's reach the wire.
 */
public interface Effects {
    /**
     * Sends a message to a session, after all that was sent to it before.
     *
     * @param sessionId whom it is for.
     * @param buffer    holds the message; the state machine writes over it after the call.
     * @param offset    where the message, with its header, begins.
     * @param length    of the message in bytes.
     */
    void send(long sessionId, DirectBuffer buffer, int offset, int length);

    /**
     * Closes a session, after all that was sent to it before. The state machine forgets the session at once and needs
     * no {@link MasterStateMachine#onSessionClose} for it, though one does no harm.
     *
     * @param sessionId whose session it is.
     */
    void closeSession(long sessionId);
}

package io.kernos.master.cluster;

import io.aeron.Aeron;
import io.aeron.Publication;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.exceptions.RegistrationException;
import io.kernos.transport.MessageQueue;
import org.agrona.DirectBuffer;

/**
 * What is to be sent to one session: straight to its publication while that takes it, else through a bounded queue.
 * Never waits. For the thread of the service.
 */
final class SessionOutbox {
    /** Where the way to the session stands. */
    enum State {
        /** Nothing was sent yet. */
        UNUSED,
        /** The driver was asked for a publication. */
        ADDING,
        /** There is a publication. */
        READY,
        /** The session does not keep up, or cannot be reached: it is to be closed, and nothing is sent any more. */
        CONDEMNED,
        /** The cluster was asked to close it. */
        CLOSING
    }

    private static final int DRAIN_LIMIT = 64;

    private final long sessionId;
    private final String channel;
    private final int streamId;
    private final MessageQueue queue;
    private final SharedEgress shared;
    private final MessageQueue.Handler sender = this::trySend;
    private State state = State.UNUSED;
    private ServiceCounter condemnation;
    private long registrationId = Aeron.NULL_VALUE;
    private Publication publication;
    private long progressNs;
    private boolean isWaiting;

    SessionOutbox(long sessionId, String channel, int streamId, int maxQueueBytes, SharedEgress shared) {
        this.sessionId = sessionId;
        this.channel = channel;
        this.streamId = streamId;
        this.queue = new MessageQueue(maxQueueBytes);
        this.shared = shared;
    }

    long sessionId() {
        return sessionId;
    }

    State state() {
        return state;
    }

    /** Whether messages wait in the queue. */
    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Whether the owner has it on its list of those that wait. */
    boolean isWaiting() {
        return isWaiting;
    }

    void isWaiting(boolean waiting) {
        isWaiting = waiting;
    }

    /** Why it was condemned. */
    ServiceCounter condemnation() {
        return condemnation;
    }

    /** The cluster was asked to close the session: nothing more is sent, and nothing is kept for it. */
    void closing() {
        queue.clear();
        state(State.CLOSING);
    }

    /** Ask the driver for the publication, without waiting for it. */
    void connect(Aeron aeron) {
        if (state == State.UNUSED) {
            registrationId = aeron.asyncAddPublication(channel, streamId);
            state(State.ADDING);
        }
    }

    /** Send a message, or queue it behind those that wait; condemns the session when there is no room. */
    void send(DirectBuffer buffer, int offset, int length, long nowNs) {
        if (queue.isEmpty() && state == State.READY && trySend(buffer, offset, length)) {
            return;
        }
        if (state == State.CONDEMNED || state == State.CLOSING) {
            shared.count(ServiceCounter.EGRESS_DROPPED);
            return;
        }
        if (queue.isEmpty()) {
            progressNs = nowNs;
        }
        if (queue.offer(buffer, offset, length)) {
            shared.count(ServiceCounter.EGRESS_QUEUED);
        } else {
            condemn(ServiceCounter.SESSIONS_CLOSED_SLOW);
        }
    }

    /** Go on with what waits; condemns the session when it made no progress for too long. */
    int drain(Aeron aeron, long nowNs, long patienceNs) {
        if (state == State.ADDING) {
            poll(aeron);
        }
        int sent = state == State.READY ? queue.drain(sender, DRAIN_LIMIT) : 0;
        if (sent > 0) {
            progressNs = nowNs;
        } else if (!queue.isEmpty() && nowNs - progressNs > patienceNs) {
            condemn(ServiceCounter.SESSIONS_CLOSED_SLOW);
        }
        return sent;
    }

    private void poll(Aeron aeron) {
        try {
            publication = aeron.getPublication(registrationId);
            if (publication != null) {
                registrationId = Aeron.NULL_VALUE;
                state(State.READY);
            }
        } catch (RegistrationException e) {
            registrationId = Aeron.NULL_VALUE;
            condemn(ServiceCounter.SESSIONS_CLOSED_UNREACHABLE);
        }
    }

    private boolean trySend(DirectBuffer buffer, int offset, int length) {
        if (AeronCluster.SESSION_HEADER_LENGTH + length > publication.maxMessageLength()) {
            condemn(ServiceCounter.SESSIONS_CLOSED_UNREACHABLE);
            return false;
        }
        long result = publication.offer(
                shared.buffer(sessionId), 0, AeronCluster.SESSION_HEADER_LENGTH, buffer, offset, length, null);
        if (result > 0) {
            shared.count(ServiceCounter.EGRESS_MESSAGES);
            return true;
        }
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            condemn(ServiceCounter.SESSIONS_CLOSED_UNREACHABLE);
        }
        return false;
    }

    private void condemn(ServiceCounter reason) {
        condemnation = reason;
        state(State.CONDEMNED);
    }

    /** Give up the publication and all that waits. */
    void close(Aeron aeron) {
        if (registrationId != Aeron.NULL_VALUE) {
            aeron.asyncRemovePublication(registrationId);
            registrationId = Aeron.NULL_VALUE;
        }
        if (publication != null) {
            publication.close();
            publication = null;
        }
        queue.clear();
        state(State.UNUSED);
    }

    private void state(State newState) {
        state = newState;
    }
}

package io.kernos.master.relay;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.aeron.exceptions.RegistrationException;
import io.kernos.transport.MessageQueue;
import org.agrona.DirectBuffer;

/**
 * The way to one agent: straight to its publication while that takes messages, else through a bounded queue. Never
 * waits. For the thread of the relay.
 */
final class AgentConnection {
    /** Where the connection stands. */
    enum State {
        /** Its publication is being added, or it must register (again) before its messages are passed on. */
        UNREGISTERED,
        /** It registered in this session of the relay: messages are passed both ways. */
        REGISTERED,
        /** Nothing can be sent to it: its registration is not answered. */
        UNREACHABLE
    }

    private static final int DRAIN_LIMIT = 64;

    private final int imageSessionId;
    private final MessageQueue queue;
    private final MessageQueue.Handler sender = this::trySend;
    private State state = State.UNREGISTERED;
    private long connectionId;
    private long registrationId;
    private ExclusivePublication publication;
    private long progressNs;
    private boolean isWaiting;

    AgentConnection(int imageSessionId, long connectionId, long registrationId, int maxQueueBytes) {
        this.imageSessionId = imageSessionId;
        this.connectionId = connectionId;
        this.registrationId = registrationId;
        this.queue = new MessageQueue(maxQueueBytes);
    }

    int imageSessionId() {
        return imageSessionId;
    }

    long connectionId() {
        return connectionId;
    }

    void connectionId(long newConnectionId) {
        connectionId = newConnectionId;
    }

    State state() {
        return state;
    }

    void state(State newState) {
        state = newState;
    }

    boolean isWaiting() {
        return isWaiting;
    }

    void isWaiting(boolean waiting) {
        isWaiting = waiting;
    }

    /** Whether messages wait, or the publication is awaited. */
    boolean hasWork() {
        return !queue.isEmpty() || registrationId != Aeron.NULL_VALUE;
    }

    /** Whether it took nothing for longer than this although messages wait. */
    boolean isStuck(long nowNs, long patienceNs) {
        return !queue.isEmpty() && nowNs - progressNs > patienceNs;
    }

    /** Send a message, or queue it behind those that wait. */
    SendResult send(DirectBuffer buffer, int offset, int length, long nowNs) {
        if (queue.isEmpty()) {
            progressNs = nowNs;
            if (publication != null && trySend(buffer, offset, length)) {
                return SendResult.SENT;
            }
        }
        return queue.offer(buffer, offset, length) ? SendResult.QUEUED : SendResult.FULL;
    }

    /** Forget what waits. */
    void clear() {
        queue.clear();
    }

    /** Go on with what waits. */
    int drain(Aeron aeron, long nowNs) {
        if (publication == null && state != State.UNREACHABLE) {
            poll(aeron);
        }
        int sent = publication == null ? 0 : queue.drain(sender, DRAIN_LIMIT);
        if (sent > 0) {
            progressNs = nowNs;
        }
        return sent;
    }

    private void poll(Aeron aeron) {
        try {
            publication = aeron.getExclusivePublication(registrationId);
            if (publication != null) {
                registrationId = Aeron.NULL_VALUE;
            }
        } catch (RegistrationException e) {
            registrationId = Aeron.NULL_VALUE;
            state = State.UNREACHABLE;
        }
    }

    private boolean trySend(DirectBuffer buffer, int offset, int length) {
        long result = publication.offer(buffer, offset, length);
        if (result == Publication.CLOSED || result == Publication.MAX_POSITION_EXCEEDED) {
            state = State.UNREACHABLE;
        }
        return result > 0;
    }

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
    }

    /** How a message to an agent went. */
    enum SendResult {
        /** On its way. */
        SENT,
        /** It waits. */
        QUEUED,
        /** There is no room for it. */
        FULL
    }
}

package io.kernos.client;

import java.util.concurrent.TimeUnit;

/**
 * Connection and subscription of a session: connects, says who this is, backs off after a loss, and leaves when asked
 * to. What goes over the subscription is not its business.
 */
final class SessionLife {
    /** What the owner does about a change. */
    interface Owner {
        /** The connection is gone, or an attempt to make one failed; another attempt follows. */
        void onDisconnected(String reason);
    }

    private final SessionContext context;
    private final ClusterTransport transport;
    private final IngressPublisher publisher;
    private final Owner owner;
    private SessionState state = SessionState.BACKING_OFF;
    private long frameworkId;
    private long lastCorrelationId;
    private long subscribeCorrelationId;
    private long unsubscribeCorrelationId;
    private boolean isRequestSent;
    private boolean isLeaving;
    private boolean wasSubscribed;
    private boolean isPolling;
    private long nowNs;
    private long replyDeadlineNs;
    private long retryDueNs;
    private long backOffNs;

    SessionLife(SessionContext context, ClusterTransport transport, IngressPublisher publisher, Owner owner) {
        this.context = context;
        this.transport = transport;
        this.publisher = publisher;
        this.owner = owner;
        frameworkId = context.frameworkId();
        nowNs = context.nanoClock().nanoTime();
        retryDueNs = nowNs;
    }

    SessionState state() {
        return state;
    }

    long frameworkId() {
        return frameworkId;
    }

    boolean wasSubscribed() {
        return wasSubscribed;
    }

    boolean isLeaving() {
        return isLeaving;
    }

    long nextCorrelationId() {
        return ++lastCorrelationId;
    }

    /** One turn of the duty cycle: receives into the handler, then does what the state asks for. */
    int poll(ClusterTransport.Handler handler, long nowNs) {
        this.nowNs = nowNs;
        isPolling = true;
        try {
            return transport.poll(handler, nowNs) + advance();
        } finally {
            isPolling = false;
            if (state == SessionState.CLOSED) {
                transport.close();
            }
        }
    }

    private int advance() {
        return switch (state) {
            case CONNECTING -> whileConnecting();
            case SUBSCRIBING -> whileSubscribing();
            case SUBSCRIBED -> whileSubscribed();
            case UNSUBSCRIBING -> whileUnsubscribing();
            case BACKING_OFF -> whileBackingOff();
            case CLOSED -> 0;
        };
    }

    private int whileConnecting() {
        return switch (transport.state()) {
            case IDLE, CONNECTING -> 0;
            case LOST -> backOff(transport.lossReason());
            case CONNECTED -> subscribe();
        };
    }

    private int subscribe() {
        subscribeCorrelationId = nextCorrelationId();
        isRequestSent = false;
        awaitReply();
        state = SessionState.SUBSCRIBING;
        return 1;
    }

    private int whileSubscribing() {
        if (isBroken()) {
            return backOff(lossReason("a subscription"));
        }
        if (isRequestSent) {
            return 0;
        }
        isRequestSent = publisher.subscribe(subscribeCorrelationId, frameworkId, context);
        return isRequestSent ? 1 : 0;
    }

    private int whileSubscribed() {
        if (transport.state() == ClusterTransport.State.LOST) {
            return backOff(transport.lossReason());
        }
        if (!isLeaving) {
            return 0;
        }
        unsubscribeCorrelationId = nextCorrelationId();
        isRequestSent = false;
        awaitReply();
        state = SessionState.UNSUBSCRIBING;
        return 1;
    }

    private int whileUnsubscribing() {
        if (isBroken()) {
            return backOff(lossReason("an unsubscribe"));
        }
        if (isRequestSent) {
            return 0;
        }
        isRequestSent = publisher.unsubscribe(unsubscribeCorrelationId, frameworkId);
        return isRequestSent ? 1 : 0;
    }

    private int whileBackingOff() {
        if (nowNs - retryDueNs < 0) {
            return 0;
        }
        transport.connect();
        state = SessionState.CONNECTING;
        return 1;
    }

    private boolean isBroken() {
        return transport.state() == ClusterTransport.State.LOST || nowNs - replyDeadlineNs >= 0;
    }

    private String lossReason(String request) {
        return transport.state() == ClusterTransport.State.LOST
                ? transport.lossReason()
                : "the master did not answer " + request + " within " + context.connectTimeoutMs() + " ms";
    }

    private void awaitReply() {
        replyDeadlineNs = nowNs + TimeUnit.MILLISECONDS.toNanos(context.connectTimeoutMs());
    }

    private int backOff(String reason) {
        transport.disconnect();
        long minNs = TimeUnit.MILLISECONDS.toNanos(context.reconnectMinMs());
        long maxNs = TimeUnit.MILLISECONDS.toNanos(context.reconnectMaxMs());
        backOffNs = Math.min(maxNs, Math.max(minNs, backOffNs * 2));
        retryDueNs = nowNs + backOffNs;
        state = SessionState.BACKING_OFF;
        owner.onDisconnected(reason);
        return 1;
    }

    /** The master knows the framework; false when this does not answer what was asked. */
    boolean onSubscribed(long correlationId, long frameworkId) {
        if (state != SessionState.SUBSCRIBING || correlationId != subscribeCorrelationId) {
            return false;
        }
        this.frameworkId = frameworkId;
        backOffNs = 0;
        wasSubscribed = true;
        state = SessionState.SUBSCRIBED;
        return true;
    }

    /**
     * Another member leads: what was under way may be lost, so it begins with the subscription again. One that was not
     * answered is repeated as it was, for the master may have it: a first one with another id would join twice.
     */
    void onNewLeader() {
        if (state == SessionState.SUBSCRIBING) {
            isRequestSent = false;
            awaitReply();
        } else if (state == SessionState.SUBSCRIBED || state == SessionState.UNSUBSCRIBING) {
            subscribe();
            owner.onDisconnected("another master leads now");
        }
    }

    /** Whether a refusal answers the subscription. */
    boolean isOfSubscription(long correlationId) {
        return state == SessionState.SUBSCRIBING && correlationId == subscribeCorrelationId;
    }

    /** The framework shall leave for good, as soon as the master can be told. */
    void leave() {
        isLeaving = true;
    }

    /** Nothing comes after this. The transport is closed at once, or by the poll that this is called in. */
    void close() {
        state = SessionState.CLOSED;
        if (!isPolling) {
            transport.close();
        }
    }
}

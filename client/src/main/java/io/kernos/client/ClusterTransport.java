package io.kernos.client;

import org.agrona.DirectBuffer;

/**
 * The way to the cluster, as little of it as a session needs: one connection at a time, made without blocking, lost
 * without an exception. Used by one thread.
 */
interface ClusterTransport extends AutoCloseable {
    /** Where the connection is in its life. */
    enum State {
        /** None, and none is being made. */
        IDLE,
        /** Being made. */
        CONNECTING,
        /** Open: messages can be sent. */
        CONNECTED,
        /** Was lost, or could not be made; {@link #disconnect()} leads back to {@link #IDLE}. */
        LOST
    }

    /** Receives what the cluster says. */
    interface Handler {
        /**
         * A message from the leader.
         *
         * @param buffer that holds it, valid during the call.
         * @param offset at which it begins.
         * @param length in bytes.
         * @return false when it cannot be taken now: it comes again with a later poll, and nothing after it before.
         */
        boolean onMessage(DirectBuffer buffer, int offset, int length);

        /** Another member leads now; what was sent and not answered may be lost. */
        void onNewLeader();
    }

    /** Begins to connect; {@link #poll} carries on with it. Only in {@link State#IDLE}. */
    void connect();

    /**
     * Does what is due: connecting, receiving, keeping alive.
     *
     * @param handler of what is received.
     * @param nowNs   monotonic time.
     * @return how much was done; 0 for nothing.
     */
    int poll(Handler handler, long nowNs);

    /**
     * Where the connection is in its life.
     *
     * @return the state.
     */
    State state();

    /**
     * Why the connection was lost, in words.
     *
     * @return the reason of the last loss; empty when there was none.
     */
    String lossReason();

    /**
     * Sends one message to the leader.
     *
     * @param buffer that holds it.
     * @param offset at which it begins.
     * @param length in bytes.
     * @return false when it cannot be taken now.
     */
    boolean send(DirectBuffer buffer, int offset, int length);

    /** Ends the connection, if there is one; back to {@link State#IDLE}. */
    void disconnect();

    @Override
    void close();
}

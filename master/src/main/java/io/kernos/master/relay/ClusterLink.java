package io.kernos.master.relay;

import io.aeron.Aeron;
import io.aeron.CommonContext;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.EgressListener;
import io.aeron.cluster.codecs.EventCode;
import io.aeron.logbuffer.Header;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The relay's session with the master: opened without waiting, kept alive, and opened again when it is lost, after a
 * pause that doubles from attempt to attempt. For the thread of the relay.
 */
final class ClusterLink implements EgressListener, AutoCloseable {
    /** Where the session stands. */
    enum State {
        /** No session; the next attempt waits for its time. */
        PAUSED,
        /** An attempt is under way. */
        CONNECTING,
        /** The session is open; the relay has to introduce itself before anything else is said. */
        OPENED,
        /** The relay introduced itself: messages are passed. */
        CONNECTED
    }

    /** Told what happens on the session. */
    interface Listener {
        /** A new session is open: encodes the introduction, and returns its length. */
        int onOpened(MutableDirectBuffer introduction);

        /** The introduction is said. */
        void onConnected();

        /** The same session goes on with another leader; what the last one had not committed is lost. */
        void onNewLeader();

        /** The master says something. */
        void onMessage(DirectBuffer buffer, int offset, int length);
    }

    private static final Logger LOGGER = LoggerFactory.getLogger(ClusterLink.class);
    private static final long MIN_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long MAX_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long KEEP_ALIVE_NS = TimeUnit.SECONDS.toNanos(1);
    /** Sessions that share a media driver each listen on a stream of their own. */
    private static final int FIRST_EGRESS_STREAM_ID = 20_000;

    private final RelayContext context;
    private final Aeron aeron;
    private final Listener listener;
    private final int egressStreamId =
            FIRST_EGRESS_STREAM_ID + ThreadLocalRandom.current().nextInt(1 << 30);
    private final ExpandableArrayBuffer introduction = new ExpandableArrayBuffer();
    private State state = State.PAUSED;
    private AeronCluster.AsyncConnect connecting;
    private AeronCluster cluster;
    private long pauseNs = MIN_PAUSE_NS;
    private long dueNs;
    private long failures;
    private boolean isClosedByMaster;

    ClusterLink(RelayContext context, Aeron aeron, Listener listener, long nowNs) {
        this.context = context;
        this.aeron = aeron;
        this.listener = listener;
        this.dueNs = nowNs;
    }

    boolean isConnected() {
        return state == State.CONNECTED;
    }

    /** How many attempts failed. */
    long failures() {
        return failures;
    }

    /** Send a message; false when it is to be tried again later. */
    boolean offer(DirectBuffer buffer, int offset, int length) {
        return state == State.CONNECTED && cluster.offer(buffer, offset, length) > 0;
    }

    int poll(long nowNs) {
        try {
            return switch (state) {
                case PAUSED -> nowNs - dueNs >= 0 ? connect() : 0;
                case CONNECTING -> pollConnecting(nowNs);
                case OPENED -> introduce() + pollSession(nowNs);
                case CONNECTED -> pollSession(nowNs);
            };
        } catch (RuntimeException e) {
            lose(nowNs, e.getMessage());
            return 1;
        }
    }

    private int connect() {
        connecting = AeronCluster.asyncConnect(clusterContext());
        state(State.CONNECTING, "attempt begins");
        return 1;
    }

    private AeronCluster.Context clusterContext() {
        boolean overIpc = context.ingressEndpoints() == null;
        return new AeronCluster.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .clientName("relay-" + context.name())
                .ingressEndpoints(context.ingressEndpoints())
                .ingressChannel(
                        overIpc
                                ? context.transport().ipcChannel()
                                : context.transport().ingressChannel())
                .egressChannel(
                        overIpc
                                ? CommonContext.IPC_CHANNEL
                                : context.transport().egressChannel())
                .egressStreamId(egressStreamId)
                .messageTimeoutNs(TimeUnit.MILLISECONDS.toNanos(context.sessionTimeoutMs()))
                .idleStrategy(context.idleProfile().strategy())
                .errorHandler(context.errorHandler())
                .egressListener(this);
    }

    private int pollConnecting(long nowNs) {
        AeronCluster.AsyncConnect.State before = connecting.state();
        cluster = connecting.poll();
        if (cluster == null) {
            return before == connecting.state() ? 0 : 1;
        }
        connecting = null;
        pauseNs = MIN_PAUSE_NS;
        dueNs = nowNs + KEEP_ALIVE_NS;
        isClosedByMaster = false;
        state(State.OPENED, "session " + cluster.clusterSessionId());
        return 1;
    }

    private int introduce() {
        int length = listener.onOpened(introduction);
        if (cluster.offer(introduction, 0, length) <= 0) {
            return 0;
        }
        state(State.CONNECTED, "session " + cluster.clusterSessionId());
        listener.onConnected();
        return 1;
    }

    private int pollSession(long nowNs) {
        int workCount = cluster.pollEgress();
        if (isClosedByMaster || cluster.isClosed()) {
            lose(nowNs, isClosedByMaster ? "the master closed the session" : "the master cannot be reached");
            return workCount + 1;
        }
        if (nowNs - dueNs >= 0) {
            cluster.sendKeepAlive();
            dueNs = nowNs + KEEP_ALIVE_NS;
            workCount++;
        }
        return workCount;
    }

    private void lose(long nowNs, String reason) {
        CloseHelper.quietCloseAll(connecting, cluster);
        connecting = null;
        cluster = null;
        dueNs = nowNs + pauseNs;
        pauseNs = Math.min(2 * pauseNs, MAX_PAUSE_NS);
        failures++;
        state(State.PAUSED, reason);
    }

    private void state(State newState, String reason) {
        if (newState == State.CONNECTED || state == State.CONNECTED) {
            LOGGER.info("relay {}: {} -> {}: {}", context.name(), state, newState, reason);
        } else {
            LOGGER.debug("relay {}: {} -> {}: {}", context.name(), state, newState, reason);
        }
        state = newState;
    }

    @Override
    public void onMessage(
            long clusterSessionId, long timestamp, DirectBuffer buffer, int offset, int length, Header header) {
        listener.onMessage(buffer, offset, length);
    }

    @Override
    public void onSessionEvent(
            long correlationId,
            long clusterSessionId,
            long leadershipTermId,
            int leaderMemberId,
            EventCode code,
            String detail) {
        if (code == EventCode.CLOSED) {
            isClosedByMaster = true;
        }
    }

    @Override
    public void onNewLeader(long clusterSessionId, long leadershipTermId, int leaderMemberId, String ingressEndpoints) {
        listener.onNewLeader();
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(connecting, cluster);
        connecting = null;
        cluster = null;
        state(State.PAUSED, "closed");
    }
}

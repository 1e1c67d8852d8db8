package io.kernos.client;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.aeron.cluster.client.AeronCluster;
import io.aeron.cluster.client.ControlledEgressListener;
import io.aeron.cluster.codecs.EventCode;
import io.aeron.driver.MediaDriver;
import io.aeron.exceptions.TimeoutException;
import io.aeron.logbuffer.ControlledFragmentHandler.Action;
import io.aeron.logbuffer.Header;
import io.kernos.transport.DriverFactory;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AgentInvoker;

/** The way to the cluster by Aeron Cluster's client, over a media driver that may come and go. */
final class AeronClusterTransport implements ClusterTransport, ControlledEgressListener {
    private static final long KEEP_ALIVE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long DRIVER_ACTIVE_TIMEOUT_MS = 2_000;
    /** As Aeron has it. */
    private static final int MAX_CLIENT_NAME = 100;
    /** Each session listens on a stream of its own, so that a slow neighbour on the same driver cannot hold it up. */
    private static final int FIRST_EGRESS_STREAM_ID = 10_000;

    private final SessionContext context;
    private final int egressStreamId =
            FIRST_EGRESS_STREAM_ID + ThreadLocalRandom.current().nextInt(1 << 30);
    private MediaDriver driver;
    private Aeron aeron;
    private AgentInvoker conductor;
    private AeronCluster.AsyncConnect connecting;
    private AeronCluster cluster;
    private Handler handler;
    private State state = State.IDLE;
    private String lossReason = "";
    private long keepAliveDueNs;
    private boolean isClosed;

    AeronClusterTransport(SessionContext context) {
        this.context = context;
    }

    @Override
    public void connect() {
        if (state != State.IDLE) {
            throw new IllegalStateException("connect() while " + state);
        }
        if (isClosed) {
            throw new IllegalStateException("connect() after close()");
        }
        try {
            openAeron();
            connecting = AeronCluster.asyncConnect(clusterContext());
            state = State.CONNECTING;
        } catch (RuntimeException ex) {
            lost(reasonOf(ex));
        }
    }

    private void openAeron() {
        if (aeron != null && !aeron.isClosed()) {
            return;
        }
        CloseHelper.quietClose(aeron);
        if (context.embedsDriver() && driver == null) {
            driver = MediaDriver.launch(
                    DriverFactory.context(context.transport(), context.idleProfile(), context.errorHandler())
                            .aeronDirectoryName(context.aeronDirectory()));
        }
        File directory = new File(context.aeronDirectory());
        checkAccess(directory);
        if (!CommonContext.isDriverActive(directory, DRIVER_ACTIVE_TIMEOUT_MS, AeronClusterTransport::discard)) {
            throw new IllegalStateException("no media driver runs at " + directory);
        }
        aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(context.aeronDirectory())
                .useConductorAgentInvoker(true)
                .errorHandler(context.errorHandler()));
        conductor = aeron.conductorAgentInvoker();
        conductor.start();
    }

    /** Agrona throws what the compiler does not know of where a file may not be opened. */
    private static void checkAccess(File directory) {
        Path file = directory.toPath().resolve(CncFileDescriptor.CNC_FILE);
        if (Files.exists(file) && !(Files.isReadable(file) && Files.isWritable(file))) {
            throw new IllegalStateException("the media driver at " + directory
                    + " is another user's: connect as that user, or name the masters by their endpoints");
        }
    }

    /** Aeron shows it beside its counters. */
    private static String clientName(String frameworkName) {
        return frameworkName.substring(0, Math.min(frameworkName.length(), MAX_CLIENT_NAME));
    }

    private AeronCluster.Context clusterContext() {
        return new AeronCluster.Context()
                .aeron(aeron)
                .ownsAeronClient(false)
                .clientName(clientName(context.frameworkName()))
                .ingressEndpoints(context.ingressEndpoints())
                .ingressChannel(context.ingressChannel())
                .egressChannel(context.egressChannel())
                .egressStreamId(egressStreamId)
                .messageTimeoutNs(TimeUnit.MILLISECONDS.toNanos(context.connectTimeoutMs()))
                .idleStrategy(context.idleProfile().strategy())
                .errorHandler(context.errorHandler())
                .controlledEgressListener(this);
    }

    @Override
    public int poll(Handler handler, long nowNs) {
        this.handler = handler;
        try {
            return switch (state) {
                case IDLE, LOST -> 0;
                case CONNECTING -> conductor.invoke() + pollConnecting(nowNs);
                case CONNECTED -> conductor.invoke() + pollConnected(nowNs);
            };
        } catch (RuntimeException ex) {
            lost(reasonOf(ex));
            return 1;
        }
    }

    private int pollConnecting(long nowNs) {
        AeronCluster.AsyncConnect.State before = connecting.state();
        cluster = pollConnection();
        if (cluster != null) {
            connecting = null;
            keepAliveDueNs = nowNs + KEEP_ALIVE_INTERVAL_NS;
            state = State.CONNECTED;
            return 1;
        }
        return before == connecting.state() ? 0 : 1;
    }

    private AeronCluster pollConnection() {
        try {
            return connecting.poll();
        } catch (TimeoutException ex) {
            String way = context.ingressEndpoints() == null ? context.aeronDirectory() : context.ingressEndpoints();
            throw new KernosException("no master answers at " + way, ex);
        }
    }

    private int pollConnected(long nowNs) {
        int workCount = cluster.controlledPollEgress();
        if (state == State.CONNECTED && (cluster.isClosed() || aeron.isClosed())) {
            lost("the cluster closed the session or cannot be reached");
            return workCount + 1;
        }
        if (state == State.CONNECTED && nowNs - keepAliveDueNs >= 0) {
            cluster.sendKeepAlive();
            keepAliveDueNs = nowNs + KEEP_ALIVE_INTERVAL_NS;
            workCount++;
        }
        return workCount;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public String lossReason() {
        return lossReason;
    }

    @Override
    public boolean send(DirectBuffer buffer, int offset, int length) {
        if (state != State.CONNECTED) {
            return false;
        }
        try {
            return cluster.offer(buffer, offset, length) > 0;
        } catch (RuntimeException ex) {
            lost(reasonOf(ex));
            return false;
        }
    }

    private void lost(String reason) {
        lossReason = reason;
        state = State.LOST;
    }

    private static String reasonOf(RuntimeException ex) {
        return ex.getMessage() == null ? ex.toString() : ex.getMessage();
    }

    @Override
    public void disconnect() {
        CloseHelper.quietCloseAll(connecting, cluster);
        connecting = null;
        cluster = null;
        state = State.IDLE;
    }

    @Override
    public void close() {
        isClosed = true;
        disconnect();
        CloseHelper.quietCloseAll(conductor, aeron, driver);
    }

    @Override
    public Action onMessage(
            long clusterSessionId, long timestamp, DirectBuffer buffer, int offset, int length, Header header) {
        return handler.onMessage(buffer, offset, length) ? Action.COMMIT : Action.ABORT;
    }

    @Override
    public void onSessionEvent(
            long correlationId,
            long clusterSessionId,
            long leadershipTermId,
            int leaderMemberId,
            EventCode code,
            String detail) {
        if (code == EventCode.CLOSED && state == State.CONNECTED) {
            lost("the cluster closed the session" + (detail.isEmpty() ? "" : ": " + detail));
        }
    }

    @Override
    public void onNewLeader(long clusterSessionId, long leadershipTermId, int leaderMemberId, String ingressEndpoints) {
        handler.onNewLeader();
    }

    private static void discard(String message) {}
}

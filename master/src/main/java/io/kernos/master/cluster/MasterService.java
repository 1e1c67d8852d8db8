package io.kernos.master.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.aeron.cluster.codecs.CloseReason;
import io.aeron.cluster.service.ClientSession;
import io.aeron.cluster.service.Cluster;
import io.aeron.cluster.service.ClusteredService;
import io.aeron.logbuffer.Header;
import io.kernos.master.state.MasterCounter;
import io.kernos.master.state.MasterStateMachine;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The master's state machine as Aeron Cluster's service: applies the log in its order, one command at a time.
 * <p>
 * Sends by publications of its own, not by those of the service container (tell that with
 * {@code isRespondingService(false)}): what waits for a slow session can then go on between commands too.
 */
public final class MasterService implements ClusteredService {
    /** What the log brings. */
    private enum Command {
        /** A session was opened. */
        SESSION_OPEN,
        /** A session is gone. */
        SESSION_CLOSE,
        /** A session sent a message. */
        MESSAGE,
        /** The timer fired. */
        TIME,
        /** A leader took over. */
        NEW_LEADER
    }

    /** What {@link #snapshotPosition()} returns before there is one. */
    public static final long NO_SNAPSHOT = -1;

    private static final Logger LOGGER = LoggerFactory.getLogger(MasterService.class);

    private final MasterServiceContext context;
    private final Outboxes outboxes;
    private final DeadlineTimer timer = new DeadlineTimer();
    private final Faults faults = new Faults();
    private MasterStateMachine stateMachine;
    private CounterTable masterCounters;
    private CounterTable serviceCounters;
    private Cluster cluster;
    private long leadershipTermId;
    private boolean isLeader;
    private boolean isWritingSnapshot;
    private volatile long snapshotPosition = NO_SNAPSHOT;

    /**
     * A service that holds nothing.
     *
     * @param context its settings, concluded.
     */
    public MasterService(MasterServiceContext context) {
        this.context = context;
        outboxes = new Outboxes(context.maxOutboxBytes(), context.slowSessionTimeoutMs(), context.clock());
    }

    @Override
    public void onStart(Cluster cluster, Image snapshotImage) {
        this.cluster = cluster;
        masterCounters = CounterTable.allocate(
                cluster.aeron(),
                CounterTypes.MASTER,
                Stream.of(MasterCounter.values()).map(MasterCounter::label).toArray(String[]::new));
        serviceCounters = CounterTable.allocate(
                cluster.aeron(),
                CounterTypes.SERVICE,
                Stream.of(ServiceCounter.values()).map(ServiceCounter::label).toArray(String[]::new));
        outboxes.start(cluster.aeron(), serviceCounters);
        stateMachine = new MasterStateMachine(context.state()
                .effects(outboxes)
                .counting((counter, delta) -> masterCounters.add(counter.ordinal(), delta)));
        if (snapshotImage != null) {
            load(snapshotImage);
        }
    }

    private void load(Image snapshotImage) {
        long records = new SnapshotReader(stateMachine).load(snapshotImage, cluster.idleStrategy());
        serviceCounters.set(ServiceCounter.SNAPSHOT_RECORDS.ordinal(), records);
        cluster.forEachClientSession(outboxes::open);
        snapshotPosition = cluster.logPosition();
    }

    /**
     * Position of the log that the newest snapshot taken or loaded stands for. For any thread.
     *
     * @return the position, or {@link #NO_SNAPSHOT}.
     */
    public long snapshotPosition() {
        return snapshotPosition;
    }

    @Override
    public void onSessionOpen(ClientSession session, long timestamp) {
        outboxes.open(session);
        apply(Command.SESSION_OPEN, session.id(), timestamp, null, 0, 0);
    }

    @Override
    public void onSessionClose(ClientSession session, long timestamp, CloseReason closeReason) {
        outboxes.close(session.id());
        apply(Command.SESSION_CLOSE, session.id(), timestamp, null, 0, 0);
    }

    @Override
    public void onSessionMessage(
            ClientSession session, long timestamp, DirectBuffer buffer, int offset, int length, Header header) {
        if (session == null) {
            return;
        }
        apply(Command.MESSAGE, session.id(), timestamp, buffer, offset, length);
    }

    @Override
    public void onTimerEvent(long correlationId, long timestamp) {
        timer.onFired(correlationId);
        apply(Command.TIME, 0, timestamp, null, 0, 0);
    }

    @Override
    public void onNewLeadershipTermEvent(
            long leadershipTermId,
            long logPosition,
            long timestamp,
            long termBaseLogPosition,
            int leaderMemberId,
            int logSessionId,
            TimeUnit timeUnit,
            int appVersion) {
        this.leadershipTermId = leadershipTermId;
        outboxes.onNewLeadershipTerm(leadershipTermId);
        if (isLeader) {
            cluster.forEachClientSession(this::closeUnknown);
        }
        apply(Command.NEW_LEADER, 0, timestamp, null, 0, 0);
    }

    /** That it is to be closed is in no snapshot, and a leader that went away may not have come to it. */
    private void closeUnknown(ClientSession session) {
        if (!stateMachine.hasSession(session.id())) {
            outboxes.closeSession(session.id());
        }
    }

    @Override
    public void onRoleChange(Cluster.Role newRole) {
        isLeader = newRole == Cluster.Role.LEADER;
        outboxes.onRoleChange(newRole);
        LOGGER.info("member {} is {} from log position {}", cluster.memberId(), newRole, cluster.logPosition());
    }

    @Override
    public void onTakeSnapshot(ExclusivePublication snapshotPublication) {
        isWritingSnapshot = true;
        try {
            long beginNs = context.clock().nanoTime();
            SnapshotWriter writer = new SnapshotWriter(snapshotPublication, cluster.idleStrategy());
            stateMachine.writeSnapshot(writer);
            serviceCounters.add(ServiceCounter.SNAPSHOTS_TAKEN.ordinal(), 1);
            serviceCounters.set(ServiceCounter.SNAPSHOT_RECORDS.ordinal(), writer.recordCount());
            serviceCounters.set(ServiceCounter.SNAPSHOT_BYTES.ordinal(), snapshotPublication.position());
            serviceCounters.set(
                    ServiceCounter.SNAPSHOT_PAUSE_NS.ordinal(), context.clock().nanoTime() - beginNs);
            snapshotPosition = cluster.logPosition();
        } finally {
            isWritingSnapshot = false;
        }
    }

    @Override
    public int doBackgroundWork(long nowNs) {
        if (stateMachine == null || isWritingSnapshot) {
            return 0;
        }
        return outboxes.drain(nowNs) + feedReadSide();
    }

    @Override
    public void onTerminate(Cluster cluster) {
        LOGGER.info("member {} ends at log position {}", cluster.memberId(), cluster.logPosition());
    }

    private void apply(Command command, long sessionId, long nowMs, DirectBuffer buffer, int offset, int length) {
        outboxes.onTime(nowMs);
        try {
            switch (command) {
                case SESSION_OPEN -> stateMachine.onSessionOpen(sessionId, nowMs);
                case SESSION_CLOSE -> stateMachine.onSessionClose(sessionId, nowMs);
                case MESSAGE -> stateMachine.onMessage(sessionId, nowMs, buffer, offset, length);
                case TIME -> stateMachine.onTime(nowMs);
                case NEW_LEADER -> stateMachine.onNewLeader(nowMs);
            }
        } catch (RuntimeException e) {
            serviceCounters.add(ServiceCounter.COMMAND_FAULTS.ordinal(), 1);
            String where = command + " of session " + sessionId + " at log position " + cluster.logPosition();
            faults.onFault(where, e, stateMachine::verify);
        }
        timer.update(cluster, stateMachine.nextDeadlineMs());
        outboxes.closeCondemned(cluster);
    }

    private int feedReadSide() {
        ReadSide readSide = context.readSide();
        return readSide == null
                ? 0
                : readSide.project(
                        stateMachine,
                        cluster.logPosition(),
                        cluster.time(),
                        leadershipTermId,
                        cluster.memberId(),
                        isLeader);
    }
}

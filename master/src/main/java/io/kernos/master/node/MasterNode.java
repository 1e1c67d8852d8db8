package io.kernos.master.node;

import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.client.ClusterException;
import io.kernos.master.cluster.MasterService;
import io.kernos.master.store.StoreProjector;
import io.kernos.transport.FolderLock;
import io.kernos.transport.IdleProfile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A master as one process: media driver, archive, consensus module, service, state store and relay, on threads as its
 * {@link Threading} says. Starts from the snapshot and the log in its folder, after a clean end as after a kill.
 *
 * <pre>{@code
 * try (MasterNode master = MasterNode.launch(new MasterContext().directory(Path.of("/var/lib/kernos/master")))) {
 *     master.awaitTermination();
 * }
 * }</pre>
 */
public final class MasterNode implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(MasterNode.class);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SNAPSHOT_TIMEOUT_MS = 30_000;
    private static final long PURGE_CHECK_MS = 100;

    private final MasterContext context;
    private final CountDownLatch terminated = new CountDownLatch(1);
    /** What to close, the last opened first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private ModuleControl control;
    private volatile boolean isClosed;

    private MasterNode(MasterContext context) {
        this.context = context;
        ErrorHandler errorHandler = context.errorHandler();
        context.errorHandler(error -> onError(error, errorHandler));
    }

    /**
     * An agent that cannot go on says so by this error alone; at the end each may miss those that went before
     * it, as may a snapshot that is under way then.
     */
    private void onError(Throwable error, ErrorHandler errorHandler) {
        if (isClosed && (error instanceof AgentTerminationException || error instanceof ClusterException)) {
            LOGGER.debug("ended: {}", error.getMessage());
            return;
        }
        errorHandler.onError(error);
        if (error instanceof AgentTerminationException) {
            terminated.countDown();
        }
    }

    /**
     * Start a master; returns once all its parts run, which may be before it leads.
     *
     * @param context its settings; concluded here.
     * @return the master; close it to end it.
     * @throws io.kernos.transport.SettingException when a setting is wrong.
     * @throws IllegalStateException when another master uses its folder.
     */
    public static MasterNode launch(MasterContext context) {
        MasterNode node = new MasterNode(context.conclude());
        try {
            node.open();
            return node;
        } catch (RuntimeException | Error e) {
            node.isClosed = true;
            node.closeAll();
            throw e;
        }
    }

    private void open() {
        keep(FolderLock.take("directory", context.directory(), "master.lock", "master"));
        Leftovers.remove(context);
        StoreProjector projector = new StoreProjector(context.store());
        context.service().readSide(projector.feed()::project);
        ClusterLaunch launch = new ClusterLaunch(context, terminated::countDown);
        MasterService service = new MasterService(context.service());
        ClusterEngine engine = keep(
                context.threading() == Threading.SHARED
                        ? new SharedEngine(context, launch, service)
                        : new DedicatedEngine(context, launch, service));
        control = engine.open();
        StartedAgent startedProjector = new StartedAgent(projector);
        run(startedProjector);
        keep(startedProjector::awaitStart);
        purgeOldSnapshots(launch);
        LOGGER.info("master {} of {} runs in {}", context.memberId(), context.members(), context.directory());
    }

    private void purgeOldSnapshots(ClusterLaunch launch) {
        int kept = context.consensus().snapshotsKept();
        if (kept > 0 && context.memberList().size() == 1) {
            Agent agent = new PurgeAgent(
                    () -> AeronArchive.connect(launch.archiveClient()),
                    control::snapshotCount,
                    context.clusterDirectory().toFile(),
                    kept,
                    context.errorHandler());
            AgentRunner.startOnThread(keep(new AgentRunner(
                    new SleepingMillisIdleStrategy(PURGE_CHECK_MS), context.errorHandler(), null, agent)));
        }
    }

    /** Nobody waits for the read side, and what changes twice meanwhile is written once. */
    private void run(Agent projector) {
        IdleProfile profile = context.idleProfile() == IdleProfile.SPIN ? IdleProfile.SPIN : IdleProfile.ECO;
        AgentRunner runner = keep(new AgentRunner(profile.strategy(), context.errorHandler(), null, projector));
        AgentRunner.startOnThread(runner);
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    /**
     * Whether this master leads now.
     *
     * @return true once it is elected and applied its log.
     */
    public synchronized boolean isLeader() {
        return !isClosed && control.isLeader();
    }

    /**
     * Wait until this master leads.
     *
     * @param timeoutMs how long to wait at most.
     * @return false when it did not within the time, as a follower never does.
     */
    public boolean awaitLeader(long timeoutMs) {
        return await(() -> isLeader() || isTerminated(), timeoutMs) && isLeader();
    }

    /**
     * Take a snapshot of the whole cluster and wait for it; only the leader can.
     *
     * @param timeoutMs how long to wait at most.
     * @return whether it was taken within the time.
     */
    public boolean snapshot(long timeoutMs) {
        if (!isLeader()) {
            return false;
        }
        long before = snapshotCount();
        return await(this::requestSnapshot, timeoutMs) && await(() -> snapshotCount() > before, timeoutMs);
    }

    private synchronized boolean requestSnapshot() {
        return !isClosed && control.request();
    }

    /**
     * How many snapshots were taken since the start.
     *
     * @return the count.
     */
    public synchronized long snapshotCount() {
        return isClosed ? 0 : control.snapshotCount();
    }

    /**
     * Whether the master ended: by itself, because it cannot go on, or because it was closed.
     *
     * @return true once it did.
     */
    public boolean isTerminated() {
        return terminated.getCount() == 0;
    }

    /** Wait until the master ends by itself, which it does when it cannot go on, or is closed. */
    public void awaitTermination() {
        try {
            terminated.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean await(BooleanSupplier condition, long timeoutMs) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadlineNs > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    /**
     * The settings, concluded.
     *
     * @return the settings.
     */
    public MasterContext context() {
        return context;
    }

    /**
     * End the master. Where it is the only one of its cluster and leads, a snapshot is taken first, if so set. Tasks go
     * on; a later start takes up where this one ends.
     */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        boolean last = context.memberList().size() == 1 && context.consensus().snapshotOnClose();
        if (last && !isTerminated() && isLeader() && !snapshot(SNAPSHOT_TIMEOUT_MS)) {
            LOGGER.warn("no snapshot at the end of master {}: the next start replays the log", context.memberId());
        }
        isClosed = true;
        closeAll();
        terminated.countDown();
    }

    private void closeAll() {
        while (!opened.isEmpty()) {
            CloseHelper.close(context.errorHandler(), opened.pop());
        }
    }
}

package io.kernos.cli;

import io.kernos.agent.AgentContext;
import io.kernos.agent.AgentNode;
import io.kernos.cli.node.LibraryHooks;
import io.kernos.cli.node.ShortTimers;
import io.kernos.master.node.MasterContext;
import io.kernos.master.node.MasterNode;
import io.kernos.master.store.StateStore;
import io.kernos.master.store.StoreException;
import io.kernos.transport.MemberList;
import io.kernos.transport.TransportContext;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole cluster in this process: a master with its relay, and an agent, which share one media driver. */
final class LocalCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCluster.class);
    private static final long START_TIMEOUT_MS = 60_000;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LocalClusterContext context;
    private final UpLock lock;
    private MasterNode master;
    private AgentNode agent;
    private Thread exitHook;
    private volatile boolean isEnding;
    private boolean isClosed;

    private LocalCluster(LocalClusterContext context, UpLock lock) {
        this.context = context;
        this.lock = lock;
    }

    /**
     * Takes a folder for a cluster. From now on the cluster is closed when the process is told to end, also while it
     * starts.
     *
     * @param context  its settings.
     * @param onSignal done once it was closed for that reason.
     * @return the cluster, to be started; close it.
     * @throws CommandException when another process runs a cluster there.
     */
    static LocalCluster prepare(LocalClusterContext context, Runnable onSignal) {
        LibraryHooks.register();
        LocalCluster cluster = new LocalCluster(context, UpLock.take(context.home()));
        cluster.closeAtExit(onSignal);
        return cluster;
    }

    /**
     * Starts it, from what an earlier one left in its folder if there was one; returns once tasks can be submitted.
     * Where it does not come up the tasks of the earlier one run on, for the next start to take over.
     *
     * @throws CommandException when it does not come up.
     */
    void start() {
        ShortTimers.setFor(context.idleProfile());
        try {
            open();
        } catch (RuntimeException | Error ex) {
            closeAfter(ex);
            throwIfEnding();
            throw ex;
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close(isEnding);
        } catch (RuntimeException ex) {
            failure.addSuppressed(ex);
        }
    }

    private void closeAtExit(Runnable onSignal) {
        exitHook = new Thread(
                () -> {
                    isEnding = true;
                    try {
                        close();
                        onSignal.run();
                    } catch (RuntimeException ex) {
                        LOG.error("the cluster in {} did not end cleanly", context.home(), ex);
                    }
                },
                "kernos-end");
        Runtime.getRuntime().addShutdownHook(exitHook);
    }

    private void removeHook() {
        if (Thread.currentThread() != exitHook) {
            try {
                Runtime.getRuntime().removeShutdownHook(exitHook);
            } catch (IllegalStateException ex) {
                LOG.debug("the process ends, and the cluster with it");
            }
        }
    }

    /** Whether the process was told to end: then whoever uses the cluster loses it, and need not say so. */
    boolean isEnding() {
        return isEnding;
    }

    private synchronized void open() {
        throwIfEnding();
        context.ports().requireFree();
        String relay = "localhost:" + context.ports().relay();
        master = MasterNode.launch(new MasterContext()
                .directory(context.masterDirectory())
                .members("localhost:" + context.ports().master())
                .transport(new TransportContext().aeronDirectory(null).relayEndpoint(relay))
                .idleProfile(context.idleProfile()));
        if (!await(master::isLeader)) {
            throw startFailure("the master did not come to lead");
        }
        throwIfEnding();
        agent = AgentNode.launch(new AgentContext()
                .workDirectory(context.agentDirectory())
                .aeronDirectory(aeronDirectory())
                .relayEndpoints(List.of(relay))
                .cpusMilli(context.cpusMilli())
                .memoryBytes(context.memoryBytes())
                .user(context.user())
                .sandboxMaxCount(context.sandboxMaxCount())
                .idleProfile(context.idleProfile()));
        if (!await(agent::registered)) {
            throw startFailure("the agent did not register");
        }
        if (!await(this::isReadable)) {
            throw startFailure("the state store was not complete");
        }
        file().write(context.home());
    }

    /** Whether the state store shows the agent, so that commands can be used. */
    private boolean isReadable() {
        try (StateStore store = StateStore.open(storeDirectory())) {
            return store.agents().items().stream().anyMatch(view -> view.agentId() == agent.agentId());
        } catch (StoreException ex) {
            if (ex.problem() == StoreException.Problem.NOT_COMPLETE || ex.problem() == StoreException.Problem.ABSENT) {
                return false;
            }
            throw ex;
        }
    }

    private CommandException startFailure(String what) {
        return new CommandException(
                ExitCodes.FAILED, what + " within " + START_TIMEOUT_MS / 1_000 + " s: see " + context.logFile());
    }

    private void throwIfEnding() {
        if (isEnding) {
            throw new EndedException();
        }
    }

    private boolean await(BooleanSupplier condition) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS);
        while (!condition.getAsBoolean()) {
            throwIfEnding();
            if (System.nanoTime() - deadlineNs >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NS);
        }
        return true;
    }

    String aeronDirectory() {
        return master.context().transport().aeronDirectory();
    }

    Path storeDirectory() {
        return master.context().storeDirectory();
    }

    ClusterFile file() {
        return new ClusterFile(
                ProcessHandle.current().pid(),
                aeronDirectory(),
                MemberList.of("members", "localhost:" + context.ports().master())
                        .ingressEndpoints(),
                "localhost:" + context.ports().relay(),
                storeDirectory());
    }

    /** Returns when the master ended by itself, or the cluster was closed. */
    void awaitTermination() {
        master.awaitTermination();
    }

    /**
     * Ends what is left of it after its master ended by itself: nobody asked for that, so tasks go on under their
     * supervisor, for the next start to take over.
     */
    void abandon() {
        close(isEnding);
    }

    /** Ends all of it: tasks are killed, the state stays in the folder for the next start. */
    @Override
    public void close() {
        close(true);
    }

    private synchronized void close(boolean endsTasks) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        removeHook();
        try (lock) {
            closeAgent(endsTasks);
        } finally {
            if (master != null) {
                master.close();
            }
        }
    }

    /** First nobody finds it any more. Its supervisor is ended too unless it has tasks to keep. */
    private void closeAgent(boolean endsTasks) {
        try {
            ClusterFile.delete(context.home());
        } finally {
            if (agent != null) {
                agent.close(endsTasks || agent.liveTaskCount() == 0);
            }
        }
    }
}

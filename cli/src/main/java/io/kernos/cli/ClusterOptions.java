package io.kernos.cli;

import io.kernos.client.SandboxClient;
import io.kernos.client.SessionContext;
import io.kernos.master.store.StateStore;
import io.kernos.master.store.StoreException;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.TransportContext;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Which cluster a command is about: that of a folder, that of a settings file, or parts named one by one. */
final class ClusterOptions {
    private static final long START_PATIENCE_NS = TimeUnit.SECONDS.toNanos(15);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(50);

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the cluster that 'kernos up' runs (default: $KERNOS_HOME, else"
                    + " /var/tmp/kernos-USER).")
    private Path home;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "Settings file of a master that 'kernos master' runs on this machine, instead of --home.")
    private Path settings;

    @Option(
            names = "--masters",
            paramLabel = "0=HOST:PORT,...",
            description = "Masters of a cluster elsewhere, instead of --home.")
    private String masters;

    @Option(
            names = "--aeron-dir",
            paramLabel = "DIR",
            description =
                    "Media driver of this machine to use for it, such as that of an agent: run, logs and stat need"
                            + " one.")
    private String aeronDirectory;

    @Option(names = "--store", paramLabel = "DIR", description = "State store to read, instead of that of --home.")
    private Path store;

    private ClusterFile file;
    private MasterOfMachine master;

    private ClusterFile file() {
        if (file == null) {
            Path folder = home == null ? HomeFolder.standard() : home.toAbsolutePath();
            ClusterFile found = ClusterFile.await(folder);
            ClusterAccess.driver(found.aeronDirectory(), "the cluster in " + folder);
            file = found;
        }
        return file;
    }

    private MasterOfMachine master() {
        if (master == null) {
            MasterOfMachine found = MasterOfMachine.of(settings.toAbsolutePath());
            ClusterAccess.driver(found.aeronDirectory(), "the master of " + settings);
            master = found;
        }
        return master;
    }

    /** Settings of a session with the cluster's master. */
    SessionContext session(String name) {
        SessionContext context = new SessionContext()
                .frameworkName(name)
                .idleProfile(IdleProfile.BALANCED)
                .errorHandler(ClusterOptions::onError);
        if (masters == null && settings != null) {
            return master().reach(context);
        }
        return masters == null
                ? context.aeronDirectory(file().aeronDirectory())
                : context.ingressEndpoints(masters).aeronDirectory(aeronDirectory);
    }

    /** What it comes to the command says itself. */
    private static void onError(Throwable error) {
        LoggerFactory.getLogger(ClusterOptions.class).debug("session", error);
    }

    /** The cluster's state store; waits a while for a master that is starting. */
    StateStore store() {
        Path directory = storeDirectory();
        long deadlineNs = System.nanoTime() + START_PATIENCE_NS;
        while (true) {
            try {
                return StateStore.open(directory);
            } catch (StoreException ex) {
                boolean mayCome = ex.problem() == StoreException.Problem.NOT_COMPLETE && !Thread.interrupted();
                if (!mayCome || System.nanoTime() - deadlineNs >= 0) {
                    throw ex;
                }
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }

    /** Refuses, before anything is done, what names no state store or no media driver. */
    void requireStoreAndDriver() {
        storeDirectory();
        driverDirectory();
    }

    /** Whether it can be said which state store is meant. */
    boolean namesStore() {
        return store != null || settings != null || masters == null;
    }

    private Path storeDirectory() {
        if (store != null) {
            return store;
        }
        if (settings != null) {
            return master().store();
        }
        require(namesStore(), "--store", "which state store of this machine to read (masters have one each)");
        return file().store();
    }

    /** A reader of sandboxes that uses the cluster's media driver. */
    SandboxClient sandboxes() {
        TransportContext transport =
                new TransportContext().aeronDirectory(driverDirectory()).conclude();
        return new SandboxClient(transport, IdleProfile.BALANCED, ClusterOptions::onError);
    }

    /** Folder of the media driver that runs on this machine. */
    String driverDirectory() {
        if (aeronDirectory != null) {
            ClusterAccess.driver(aeronDirectory, "the media driver in " + aeronDirectory);
            return aeronDirectory;
        }
        if (settings != null) {
            return master().aeronDirectory();
        }
        require(masters == null, "--aeron-dir", "which media driver of this machine to use");
        return file().aeronDirectory();
    }

    private static void require(boolean isNamed, String option, String what) {
        if (!isNamed) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    "--masters names a cluster elsewhere: say by " + option + ' ' + what
                            + ", or by --settings which master of this machine");
        }
    }
}

package io.kernos.cli;

import io.kernos.client.SandboxClient;
import io.kernos.client.SessionContext;
import io.kernos.master.store.StateStore;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.TransportContext;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** Which cluster a command is about: the one of a folder, or parts named one by one. */
final class ClusterOptions {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Folder of the cluster that 'kernos up' runs (default: $KERNOS_HOME, else"
                    + " /var/tmp/kernos-USER).")
    private Path home;

    @Option(
            names = "--masters",
            paramLabel = "0=HOST:PORT,...",
            description = "Masters of a cluster elsewhere, instead of --home.")
    private String masters;

    @Option(
            names = "--aeron-dir",
            paramLabel = "DIR",
            description = "Media driver to use for it; without one a small one is run.")
    private String aeronDirectory;

    @Option(names = "--store", paramLabel = "DIR", description = "State store to read, instead of that of --home.")
    private Path store;

    private ClusterFile file;

    private ClusterFile file() {
        if (file == null) {
            file = ClusterFile.read(home == null ? HomeFolder.standard() : home.toAbsolutePath());
        }
        return file;
    }

    /** Settings of a session with the cluster's master. */
    SessionContext session(String name) {
        SessionContext context = new SessionContext()
                .frameworkName(name)
                .idleProfile(IdleProfile.BALANCED)
                .errorHandler(
                        error -> LoggerFactory.getLogger(ClusterOptions.class).warn("session", error));
        return masters == null
                ? context.aeronDirectory(file().aeronDirectory())
                : context.ingressEndpoints(masters).aeronDirectory(aeronDirectory);
    }

    /** The cluster's state store. */
    StateStore store() {
        require(store != null || masters == null, "--store", "which state store to read");
        return StateStore.open(store == null ? file().store() : store);
    }

    /** A reader of sandboxes that uses the cluster's media driver. */
    SandboxClient sandboxes() {
        TransportContext transport =
                new TransportContext().aeronDirectory(driverDirectory()).conclude();
        return new SandboxClient(transport, IdleProfile.BALANCED);
    }

    /** Folder of the media driver that runs on this machine. */
    String driverDirectory() {
        require(aeronDirectory != null || masters == null, "--aeron-dir", "which media driver of this machine to use");
        return aeronDirectory == null ? file().aeronDirectory() : aeronDirectory;
    }

    private static void require(boolean isNamed, String option, String what) {
        if (!isNamed) {
            throw new CommandException(
                    ExitCodes.USAGE, "--masters names a cluster elsewhere: say by " + option + ' ' + what);
        }
    }
}

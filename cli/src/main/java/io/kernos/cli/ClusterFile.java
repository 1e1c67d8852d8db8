package io.kernos.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Where the parts of a running cluster are found; written by {@code kernos up} into its folder, read by all other
 * commands.
 *
 * @param pid            of the process that runs the cluster.
 * @param aeronDirectory folder of its media driver.
 * @param ingress        where its master listens for sessions over UDP.
 * @param relay          where its relay listens for agents.
 * @param store          folder of its state store.
 */
record ClusterFile(long pid, String aeronDirectory, String ingress, String relay, Path store) {
    private static final long START_PATIENCE_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String NAME = "cluster.properties";

    /**
     * Reads the file of a cluster that runs; waits a while for one that is starting.
     *
     * @param home of the cluster.
     * @return what it says.
     * @throws CommandException when no cluster runs there.
     */
    static ClusterFile await(Path home) {
        long deadlineNs = System.nanoTime() + START_PATIENCE_NS;
        while (true) {
            try {
                return read(home);
            } catch (CommandException ex) {
                if (!UpLock.isStarting(home) || Thread.interrupted()) {
                    throw ex;
                }
                if (System.nanoTime() - deadlineNs >= 0) {
                    throw new CommandException(
                            ExitCodes.NO_CLUSTER,
                            "the cluster in " + home + " is still starting: try again, or see "
                                    + home.resolve("kernos.log"),
                            ex);
                }
                LockSupport.parkNanos(POLL_NS);
            }
        }
    }

    /**
     * Reads the file of a cluster that runs.
     *
     * @param home of the cluster.
     * @return what it says.
     * @throws CommandException when no cluster runs there.
     */
    static ClusterFile read(Path home) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(home.resolve(NAME))) {
            properties.load(reader);
            ClusterFile file = new ClusterFile(
                    Long.parseLong(text(properties, "pid")),
                    text(properties, "aeron.directory"),
                    text(properties, "ingress"),
                    text(properties, "relay"),
                    Path.of(text(properties, "store")));
            if (ProcessHandle.of(file.pid()).isEmpty()) {
                throw new CommandException(
                        ExitCodes.NO_CLUSTER,
                        "no cluster runs in " + home + " (process " + file.pid()
                                + " is gone): start it by 'kernos up'");
            }
            return file;
        } catch (NoSuchFileException ex) {
            throw new CommandException(
                    ExitCodes.NO_CLUSTER,
                    "no cluster runs in " + home
                            + ": start one by 'kernos up', or name its folder by --home, or the settings file of a"
                            + " master of this machine by --settings",
                    ex);
        } catch (AccessDeniedException ex) {
            throw ClusterAccess.refusal("the cluster in " + home, home, ex);
        } catch (IOException ex) {
            throw new CommandException(
                    ExitCodes.NO_CLUSTER, home.resolve(NAME) + " cannot be read: " + FileWords.of(ex), ex);
        } catch (IllegalArgumentException ex) {
            throw new CommandException(
                    ExitCodes.NO_CLUSTER,
                    home.resolve(NAME) + " is not what 'kernos up' writes (" + ex.getMessage() + "): name another"
                            + " folder by --home",
                    ex);
        }
    }

    private static String text(Properties properties, String name) {
        String value = properties.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    void write(Path home) {
        Properties properties = new Properties();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("aeron.directory", aeronDirectory);
        properties.setProperty("ingress", ingress);
        properties.setProperty("relay", relay);
        properties.setProperty("store", store.toString());
        Path fresh = home.resolve(NAME + ".new");
        try {
            try (Writer writer = Files.newBufferedWriter(fresh)) {
                properties.store(writer, "Where the parts of this cluster are found, while it runs");
            }
            Files.move(fresh, home.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException ex) {
            throw new UncheckedIOException("writing " + home.resolve(NAME), ex);
        }
    }

    static void delete(Path home) {
        try {
            Files.deleteIfExists(home.resolve(NAME));
        } catch (IOException ex) {
            throw new UncheckedIOException("removing " + home.resolve(NAME), ex);
        }
    }
}

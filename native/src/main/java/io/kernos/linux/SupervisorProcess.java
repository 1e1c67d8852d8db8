package io.kernos.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds the supervisor of a folder, or starts one.
 */
public final class SupervisorProcess {
    private static final String SOCKET = "supervisor.sock";
    private static final String STATE = "state";
    private static final int EXIT_RUNNING_ALREADY = 3;
    private static final int CONNECT_ATTEMPTS = 50;
    private static final long START_TIMEOUT_MS = 5_000;

    private SupervisorProcess() {}

    /**
     * Connects to the supervisor of a folder; starts one when none listens. Blocks for some milliseconds.
     *
     * @param folder of the supervisor: its program, socket, journal and log. Made when it is missing.
     * @return a client connected to it.
     * @throws UncheckedIOException or LinuxException when there is none and none can be started; the message carries
     *                              what the supervisor said.
     */
    public static SupervisorClient connectOrStart(Path folder) {
        Path socket = folder.toAbsolutePath().resolve(SOCKET);
        SupervisorClient client = tryConnect(socket);
        if (client != null) {
            return client;
        }
        start(folder.toAbsolutePath(), socket);
        return connectPatiently(socket);
    }

    /**
     * Connects to the supervisor of a folder when one listens.
     *
     * @param folder of the supervisor.
     * @return a client connected to it, or null when none listens.
     */
    public static SupervisorClient connectIfRunning(Path folder) {
        return tryConnect(folder.toAbsolutePath().resolve(SOCKET));
    }

    private static SupervisorClient tryConnect(Path socket) {
        try {
            SupervisorClient client = SupervisorClient.connect(socket);
            if (client.awaitHello(TimeUnit.MILLISECONDS.toNanos(START_TIMEOUT_MS))) {
                return client;
            }
            client.close();
            return null;
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENOENT || e.errno() == Errno.ECONNREFUSED) {
                return null;
            }
            throw e;
        }
    }

    /** One that holds the lock may not listen yet, or may be about to end. */
    private static SupervisorClient connectPatiently(Path socket) {
        for (int i = 0; i < CONNECT_ATTEMPTS; i++) {
            SupervisorClient client = tryConnect(socket);
            if (client != null) {
                return client;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        throw new LinuxException("connect to " + socket, Errno.ECONNREFUSED);
    }

    private static void start(Path folder, Path socket) {
        try {
            Files.createDirectories(folder);
            Path program = NativeProgram.SUPERVISOR.extractTo(folder);
            Process process = new ProcessBuilder(
                            program.toString(),
                            "--socket",
                            socket.toString(),
                            "--state",
                            folder.resolve(STATE).toString())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            checkStarted(process, said);
        } catch (IOException e) {
            throw new UncheckedIOException("could not start the supervisor in " + folder, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the supervisor started", e);
        }
    }

    private static void checkStarted(Process process, String said) throws InterruptedException, IOException {
        if (!process.waitFor(START_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IOException("the supervisor did not start in " + START_TIMEOUT_MS + " ms: " + said);
        }
        int code = process.exitValue();
        if (code != 0 && code != EXIT_RUNNING_ALREADY) {
            throw new IOException("the supervisor returned " + code + ": " + said);
        }
    }
}

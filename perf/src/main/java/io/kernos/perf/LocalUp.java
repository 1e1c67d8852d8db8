package io.kernos.perf;

import io.kernos.transport.IdleProfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cluster as {@code kernos up} starts it, in a process and a folder of its own. */
final class LocalUp implements AutoCloseable {
    /** Where the launcher is, which it says itself. */
    private static final String LAUNCHER_PROPERTY = "kernos.launcher";

    private static final long STOP_TIMEOUT_S = 60;

    private final Process process;
    private final Path home;
    private String facts;
    private final Cleanup cleanup;

    private LocalUp(Process process, Path home) {
        this.process = process;
        this.home = home;
        cleanup = new Cleanup(this::end);
    }

    /**
     * Starts a cluster; returns once tasks can be submitted.
     *
     * @param profile how it idles.
     * @param cpus    processors that its agent offers.
     * @return the cluster; close it.
     * @throws IOException when it does not come up.
     */
    static LocalUp start(IdleProfile profile, int cpus) throws IOException {
        String launcher = System.getProperty(LAUNCHER_PROPERTY, "./kernos");
        Path home = Files.createTempDirectory("kernos-perf");
        Process process = new ProcessBuilder(List.of(
                        launcher,
                        "up",
                        "--json",
                        "--home",
                        home.toString(),
                        "--port",
                        "0",
                        "--idle",
                        profile.toString(),
                        "--cpus",
                        Integer.toString(cpus)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        LocalUp up = new LocalUp(process, home);
        up.facts = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (up.facts == null) {
            up.close();
            throw new IOException("'" + launcher + " up' did not come up");
        }
        return up;
    }

    String aeronDirectory() {
        Matcher matcher = Pattern.compile("\"driver\":\"([^\"]+)\"").matcher(facts);
        if (!matcher.find()) {
            throw new IllegalStateException("no driver is named in " + facts);
        }
        return matcher.group(1);
    }

    /** The cluster's process, and its supervisor, which is no child of it: both name the cluster's folder. */
    List<ProcessHandle> processes() {
        return ProcessHandle.allProcesses()
                .filter(candidate -> candidate.pid() == process.pid()
                        || candidate.info().commandLine().orElse("").contains(home.toString()))
                .toList();
    }

    Path home() {
        return home;
    }

    @Override
    public void close() {
        cleanup.close();
    }

    private void end() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("the cluster did not end within " + STOP_TIMEOUT_S + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Cleanup.remove(home);
        }
    }
}

package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.agent.AgentNode;
import io.kernos.master.node.MasterContext;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever is told to end, ends: while it starts and in the middle of work, with nothing left and nothing to say. */
@Timeout(300)
class SignalTest {
    private static final long TIMEOUT_MS = 120_000;
    private static final int ENDED_BY_SIGTERM = 143;
    private static final String INPUT = System.getProperty("basedir", ".");

    @TempDir
    private Path folder;

    @Test
    void shouldEndCleanlyWhenTheDemoIsInterruptedWhileItStarts() throws IOException, InterruptedException {
        try (JavaProcess demo = startDemo()) {
            Path home = awaitHome(demo);
            awaitFile(demo, driverOf(home.resolve("master")));
            assertEndsCleanly(demo, home);
            assertTrue(Files.notExists(home), "the demonstration's folder");
        }
    }

    @Test
    void shouldEndCleanlyWhenTheDemoIsInterruptedAtWork() throws IOException, InterruptedException {
        try (JavaProcess demo = startDemo()) {
            demo.awaitLine("a cluster of one machine is up", TIMEOUT_MS);
            Path home = awaitHome(demo);
            awaitFile(demo, home.resolve("agent").resolve("sandboxes"));
            assertEndsCleanly(demo, home);
            assertTrue(Files.notExists(home), "the demonstration's folder");
        }
    }

    @Test
    void shouldEndCleanlyWhenUpIsInterruptedWhileItStarts() throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        try (JavaProcess up = JavaProcess.start(folder, Kernos.class, "up", "--port", "0", "--home", home.toString())) {
            awaitFile(up, driverOf(home.resolve("master")));
            assertEndsCleanly(up, home);
        }
    }

    @Test
    void shouldEndCleanlyWhenAMasterIsInterruptedWhileItStarts() throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        LocalPorts ports = LocalPorts.of(0);
        try (JavaProcess master = JavaProcess.start(
                folder,
                Kernos.class,
                "master",
                "--directory=" + home.resolve("master"),
                "--members=localhost:" + ports.master(),
                "--relay-endpoint=localhost:" + ports.relay())) {
            awaitFile(master, driverOf(home.resolve("master")));
            assertEndsQuietly(master, home);
        }
    }

    @Test
    void shouldEndCleanlyWhenAnAgentIsInterruptedWhileItStarts() throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        try (JavaProcess agent = JavaProcess.start(
                folder, Kernos.class, "agent", "--end-tasks", "--work-directory=" + home.resolve("agent"))) {
            awaitFile(agent, Path.of(AgentNode.aeronDirectoryOf(home.resolve("agent"))));
            assertEndsQuietly(agent, home);
        }
    }

    private JavaProcess startDemo() throws IOException {
        return JavaProcess.start(
                folder,
                List.of("-Djava.io.tmpdir=" + folder),
                Kernos.class,
                "demo",
                "--tasks",
                "100000",
                "--input",
                INPUT);
    }

    private static Path driverOf(Path directory) {
        return MasterContext.aeronDirectoryOf(directory).resolve("cnc.dat");
    }

    private Path awaitHome(JavaProcess demo) throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (true) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder, "kernos-demo-*")) {
                for (Path home : homes) {
                    return home;
                }
            }
            assertTrue(demo.isAlive() && System.nanoTime() < deadlineNs, demo::errors);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static void awaitFile(JavaProcess process, Path file) {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (Files.notExists(file)) {
            assertTrue(
                    process.isAlive() && System.nanoTime() < deadlineNs,
                    () -> file + " does not come: " + process.errors());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void assertEndsCleanly(JavaProcess process, Path home) throws InterruptedException, IOException {
        assertEquals(ENDED_BY_SIGTERM, process.terminate(TIMEOUT_MS), process::errors);
        assertEquals("", withoutWarning(process.errors()));
        assertNothingLeft(home);
    }

    /** Of a process that logs to standard error. */
    private void assertEndsQuietly(JavaProcess process, Path home) throws InterruptedException, IOException {
        assertEquals(ENDED_BY_SIGTERM, process.terminate(TIMEOUT_MS), process::errors);
        List<String> bad = process.errors()
                .lines()
                .filter(line -> line.contains(" ERROR ") || line.startsWith("\tat ") || line.startsWith("kernos:"))
                .toList();
        assertEquals(List.of(), bad);
        assertNothingLeft(home);
    }

    private void assertNothingLeft(Path home) throws IOException {
        assertEquals(List.of(), Leftovers.of(home).find());
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.so")) {
            files.forEach(file -> names.add(file.toString()));
        }
        assertEquals(List.of(), names, "unpacked libraries");
    }

    /** Which is printed where tests run as root. */
    private static String withoutWarning(String errors) {
        return String.join(
                "\n",
                errors.lines()
                        .filter(line -> !line.startsWith("kernos: warning: tasks run as root"))
                        .toList());
    }
}

package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the supervisor keeps out, and what it gets over. */
@Timeout(120)
class SupervisorGuardTest {
    private static final long TURNED_AWAY = 11;
    private static final long LET_IN = 12;
    private static final int STAGE_CGROUP = 6;
    private static final int SIGCONT = 18;

    @TempDir
    Path folder;

    private SupervisorHarness supervisor;

    @BeforeEach
    void start() {
        supervisor = new SupervisorHarness(folder);
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    private static LaunchPlan plan(long taskId, int flags, Path sandbox, String... args) {
        return plan(taskId, flags, sandbox, List.of(), args);
    }

    private static LaunchPlan plan(long taskId, int flags, Path sandbox, List<String> cgroups, String... args) {
        return SupervisorHarness.plain(taskId, flags, sandbox, cgroups, List.of(args));
    }

    @Test
    void shouldTurnAwayWhenPeerIsInContainer() {
        assumeTrue(Linux.isRoot(), "only root makes pid namespaces here");
        supervisor.launch(plan(1, PlanFlag.NEW_PID.bit(), folder, intruder()));
        awaitEnd(1);

        assertEquals(TURNED_AWAY, WaitStatus.exitCode(supervisor.exits.get(1L).waitStatus()));
    }

    @Test
    void shouldRunWhenControlGroupCouldNotBeEnteredBefore() throws IOException {
        assumeTrue(Linux.isRoot(), "only root makes pid namespaces here");
        Path procs = folder.resolve("procs");
        supervisor.launch(inGroups(1, procs));
        awaitEnd(1);
        Files.writeString(procs, "");
        supervisor.launch(inGroups(2, procs));
        awaitEnd(2);

        assertEquals(new SupervisorHarness.Failure(STAGE_CGROUP, Errno.ENOENT), supervisor.failures.get(1L));
        assertEquals(null, supervisor.failures.get(2L));
    }

    @Test
    void shouldEnterEveryControlGroupWhenFirstIsThatOfAnother() throws IOException {
        assumeTrue(Linux.isRoot(), "only root makes pid namespaces here");
        Path first = Files.writeString(folder.resolve("first"), "");
        Path second = Files.writeString(folder.resolve("second"), "");
        supervisor.launch(inGroups(1, first, second));
        awaitEnd(1);
        supervisor.launch(inGroups(2, first, folder.resolve("third")));
        awaitEnd(2);

        assertEquals(null, supervisor.failures.get(1L));
        assertEquals(new SupervisorHarness.Failure(STAGE_CGROUP, Errno.ENOENT), supervisor.failures.get(2L));
    }

    @Test
    void shouldListAtOnceWhenLaunchIsStuck() throws IOException {
        assumeTrue(Linux.isRoot(), "only root makes pid namespaces here");
        Path procs = Files.writeString(folder.resolve("procs"), "");
        supervisor.launch(inGroups(1, procs));
        awaitEnd(1);
        final List<Integer> stopped = supervisor.stopChildren();
        supervisor.launch(inGroups(2, procs));

        supervisor.list();
        assertEquals(Set.of(2L), supervisor.starting);
        assertEquals(Map.of(), supervisor.listed);

        stopped.forEach(pid -> Linux.kill(pid, SIGCONT));
        awaitEnd(2);
        assertEquals(Set.of(1L, 2L), supervisor.started.keySet());
        assertEquals(Set.of(1L, 2L), supervisor.exits.keySet());
    }

    @Test
    void shouldStartWhenNestAndWhatWaitsInItWereKilled() throws IOException {
        assumeTrue(Linux.isRoot(), "only root makes pid namespaces here");
        Path procs = Files.writeString(folder.resolve("procs"), "");
        for (long taskId = 1; taskId <= 5; taskId++) {
            supervisor.launch(inGroups(taskId, procs));
            awaitEnd(taskId);
            supervisor.stopChildren().forEach(pid -> Linux.kill(pid, Linux.SIGKILL));
            supervisor.await("reaping", () -> supervisor.children().isEmpty());
        }

        assertEquals(Set.of(1L, 2L, 3L, 4L, 5L), supervisor.started.keySet());
        supervisor.exits.values().forEach(exit -> assertEquals(0, exit.waitStatus()));
    }

    @Test
    void shouldHaveItsOwnNamespacesWhenTheOneBeforeHadOthers() throws IOException {
        assumeTrue(Linux.isRoot(), "only root makes pid namespaces here");
        Path procs = Files.writeString(folder.resolve("procs"), "");
        int count = 32;
        for (int i = 0; i < count; i++) {
            Path sandbox = Files.createDirectory(folder.resolve("box" + i));
            int flags = PlanFlag.NEW_PID.bit() | namespacesOf(i);
            String script = "readlink /proc/self/ns/uts /proc/self/ns/ipc";
            supervisor.launch(plan(i, flags, sandbox, List.of(procs.toString()), "/bin/sh", "-c", script));
            awaitEnd(i);
        }

        for (int i = 0; i < count; i++) {
            List<String> inside = Files.readAllLines(folder.resolve("box" + i).resolve("stdout"));
            int uts = isOwn("uts", inside.get(0)) ? PlanFlag.NEW_UTS.bit() : 0;
            int ipc = isOwn("ipc", inside.get(1)) ? PlanFlag.NEW_IPC.bit() : 0;
            assertEquals(namespacesOf(i), uts | ipc, "launch " + i);
        }
    }

    /** The four choices in an order in which some follow themselves and each follows others. */
    private static int namespacesOf(int launch) {
        int choice = launch * 7 % 11 % 4;
        return ((choice & 1) != 0 ? PlanFlag.NEW_UTS.bit() : 0) | ((choice & 2) != 0 ? PlanFlag.NEW_IPC.bit() : 0);
    }

    private static boolean isOwn(String name, String inside) throws IOException {
        return !Files.readSymbolicLink(Path.of("/proc/self/ns", name))
                .toString()
                .equals(inside);
    }

    /** What is to be written into is a pipe that nobody reads, so the launch hangs before the task has a session. */
    @Test
    void shouldEndBySignalWhenItComesBeforeTaskHasItsSession() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe");
        runTool("mkfifo", pipe.toString());
        supervisor.launch(plan(1, 0, folder, List.of(pipe.toString()), "/bin/sleep", "1000"));
        supervisor.client.signal(1, 1, Linux.SIGTERM);
        supervisor.list();
        assertEquals(Set.of(1L), supervisor.starting);

        try (InputStream reader = Files.newInputStream(pipe)) {
            assertEquals('0', reader.read());
        }
        awaitEnd(1);

        assertEquals(Linux.SIGTERM, WaitStatus.signal(supervisor.exits.get(1L).waitStatus()));
    }

    @Test
    void shouldTakeConnectionsAgainWhenDescriptorsWereShort() throws IOException, InterruptedException {
        Path socket = folder.resolve("supervisor.sock");
        String process = Integer.toString(supervisor.pid);
        runTool("prlimit", "--pid", process, "--nofile=" + lowestFreeDescriptor() + ":");
        for (int i = 0; i < 20; i++) {
            try (SupervisorClient turnedAway = SupervisorClient.connect(socket)) {
                assertFalse(turnedAway.awaitHello(TimeUnit.SECONDS.toNanos(60)));
            }
        }
        int before = supervisor.hellos;
        supervisor.client.ping();
        supervisor.await("pong", () -> supervisor.hellos > before);

        runTool("prlimit", "--pid", process, "--nofile=1024:");
        try (SupervisorClient letIn = SupervisorClient.connect(socket)) {
            assertTrue(letIn.awaitHello(TimeUnit.SECONDS.toNanos(60)));
        }
        supervisor.await("the old connection's end", () -> supervisor.gone);
    }

    private int lowestFreeDescriptor() {
        int number = 0;
        while (Files.exists(Path.of("/proc/" + supervisor.pid + "/fd/" + number), LinkOption.NOFOLLOW_LINKS)) {
            number++;
        }
        return number;
    }

    private static void runTool(String... command) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor(), () -> String.join(" ", command));
    }

    @Test
    void shouldSayWhyAtOnceWhenDaemonCannotBe() throws IOException {
        supervisor.close();
        Path log = folder.resolve("state/supervisor.log");
        Files.delete(log);
        Files.createDirectory(log);

        UncheckedIOException thrown =
                assertThrows(UncheckedIOException.class, () -> SupervisorProcess.connectOrStart(folder));
        Files.delete(log);

        assertEquals(
                "the supervisor returned 1: kernos-supervisor: could not open " + log + ": Is a directory",
                thrown.getCause().getMessage());
    }

    private LaunchPlan inGroups(long taskId, Path... procs) {
        List<String> entries = Arrays.stream(procs).map(Path::toString).toList();
        return plan(taskId, PlanFlag.NEW_PID.bit(), folder, entries, "/bin/true");
    }

    private void awaitEnd(long taskId) {
        supervisor.await("end", () -> supervisor.exits.containsKey(taskId) || supervisor.failures.containsKey(taskId));
    }

    private String[] intruder() {
        return new String[] {
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Intruder.class.getName(),
            folder.resolve("supervisor.sock").toString()
        };
    }

    /** A task that would be the agent. */
    static final class Intruder {
        private Intruder() {}

        public static void main(String[] args) {
            try (SupervisorClient client = SupervisorClient.connect(Path.of(args[0]))) {
                boolean letIn = client.awaitHello(TimeUnit.SECONDS.toNanos(60));
                System.exit((int) (letIn ? LET_IN : TURNED_AWAY));
            }
        }
    }
}

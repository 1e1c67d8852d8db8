package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A helper in a control group that does not answer, and a container's init through which root tells what is not so. */
@Timeout(120)
class SupervisorNestTest {
    private static final int SIGCONT = 18;
    private static final int CLONED = 4;
    private static final int READY = 6;
    private static final int ISOLATED = PlanFlag.NEW_PID.bit() | PlanFlag.NEW_MOUNT.bit() | PlanFlag.MOUNT_PROC.bit();
    private static final int OTHERWISE = PlanFlag.NEW_PID.bit() | PlanFlag.NEW_UTS.bit();

    @TempDir
    Path folder;

    private SupervisorHarness supervisor;
    private Path procs;

    @BeforeEach
    void start() throws IOException {
        assumeTrue(Linux.isRoot(), "only root makes pid namespaces here");
        supervisor = new SupervisorHarness(folder);
        procs = Files.writeString(folder.resolve("procs"), "");
    }

    @AfterEach
    void stop() {
        if (supervisor != null) {
            supervisor.close();
        }
    }

    private void launch(long taskId, int flags, List<Path> groups, String script) {
        supervisor.launch(
                taskId, flags, groups.stream().map(Path::toString).toList(), List.of("/bin/sh", "-c", script));
    }

    private void awaitEnd(long taskId) {
        supervisor.await("end", () -> supervisor.exits.containsKey(taskId) || supervisor.failures.containsKey(taskId));
    }

    /** Container 2 is ordered of a nest that is stopped, which also kept an init that is dead and not reaped now. */
    private List<Integer> launchInSilentNest(Path group) {
        launch(1, PlanFlag.NEW_PID.bit(), List.of(group), "exit 0");
        awaitEnd(1);
        supervisor.await("an init that waits", () -> supervisor.children().size() == 2);
        supervisor.await("all asleep", () -> supervisor.children().stream().allMatch(SupervisorNestTest::isAsleep));
        final List<Integer> stopped = supervisor.stopChildren();
        supervisor.list();
        launch(2, OTHERWISE, List.of(group), "exit 5");
        supervisor.starting.clear();
        supervisor.list();
        assertEquals(Set.of(2L), supervisor.starting);
        return stopped;
    }

    private static boolean isAsleep(int process) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/stat")).contains(") S ");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void shouldTellEndsOfOthersWhenNestIsSilent() throws IOException {
        List<Integer> stopped = launchInSilentNest(procs);

        launch(3, PlanFlag.NEW_PID.bit(), List.of(Files.writeString(folder.resolve("others"), "")), "exit 7");
        launch(4, 0, List.of(), "exit 8");
        awaitEnd(3);
        awaitEnd(4);
        assertEquals(7, exitCode(3));
        assertEquals(8, exitCode(4));
        assertFalse(supervisor.exits.containsKey(2L));

        stopped.forEach(pid -> Linux.kill(pid, SIGCONT));
        awaitEnd(2);
        assertEquals(5, exitCode(2));
    }

    @Test
    void shouldEndBySignalWhenKilledWhileNestIsSilent() {
        launchInSilentNest(procs);

        supervisor.client.kill(1, 2);
        awaitEnd(2);

        assertEquals(Linux.SIGKILL, WaitStatus.signal(supervisor.exits.get(2L).waitStatus()));
    }

    @Test
    void shouldShutDownWhenNestIsSilent() {
        List<Integer> stopped = launchInSilentNest(procs);
        int before = supervisor.pid;

        supervisor.close();

        stopped.forEach(pid -> assertFalse(Linux.exists(pid)));
        assertFalse(Files.exists(Path.of("/proc/" + before + "/exe")));
    }

    /** What a nest cloned and did not tell of before it died is known by its group alone. */
    @Test
    void shouldLeaveNothingInGroupWhenNestDiedSilent() throws IOException, InterruptedException {
        Path group = Files.createDirectory(cgroupMount()
                .resolve("kernos-nest-test-" + ProcessHandle.current().pid()));
        try {
            List<Integer> stopped = launchInSilentNest(group.resolve("cgroup.procs"));
            Process cloned = new ProcessBuilder("/bin/sleep", "1000").start();
            Files.writeString(group.resolve("cgroup.procs"), Long.toString(cloned.pid()));

            stopped.forEach(pid -> Linux.kill(pid, Linux.SIGKILL));
            awaitEnd(2);

            assertEquals(128 + Linux.SIGKILL, cloned.waitFor());
            supervisor.await("its emptiness", () -> supervisor.children().isEmpty());
        } finally {
            Files.delete(group);
        }
    }

    private static Path cgroupMount() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields[2].startsWith("cgroup") && !fields[3].contains("cpuset"))
                .map(fields -> Path.of(fields[1]))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKillOnlyItsOwnWhenInitTellsOfAnotherProcess(boolean inNest) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder("/bin/sleep", "1000").start();
        try {
            tellThroughInit(1, inNest, CLONED, (int) victim.pid());
            supervisor.client.kill(1, 1);
            awaitEnd(1);

            assertEquals(
                    Linux.SIGKILL, WaitStatus.signal(supervisor.exits.get(1L).waitStatus()));
            assertTrue(victim.isAlive());
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldKillOnlyItsOwnWhenInitTellsThatAnotherProcessWaits() throws IOException, InterruptedException {
        Process victim = new ProcessBuilder("/bin/sleep", "1000").start();
        try {
            tellThroughInit(1, true, READY, (int) victim.pid());
            supervisor.client.kill(1, 1);
            awaitEnd(1);
            launch(2, OTHERWISE, List.of(procs), "exit 6");
            awaitEnd(2);

            assertEquals(6, exitCode(2));
            assertTrue(victim.isAlive());
        } finally {
            victim.destroyForcibly().waitFor();
        }
    }

    @Test
    void shouldRunTheNextWhenInitToldHalfAStatus() {
        launch(1, ISOLATED, List.of(procs), "printf half > /proc/1/fd/3; exit 0");
        awaitEnd(1);
        for (long taskId = 2; taskId < 6; taskId++) {
            launch(taskId, ISOLATED, List.of(procs), "exit " + taskId);
            awaitEnd(taskId);

            assertEquals(taskId, exitCode(taskId));
        }
    }

    private void tellThroughInit(long taskId, boolean inNest, int kind, int pid) {
        StringBuilder status = new StringBuilder();
        for (int value : new int[] {kind, pid, 0, 0, 0, 0}) {
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                status.append('\\').append(Integer.toOctalString(value >> shift & 0xff));
            }
        }
        String script = "printf '" + status + "' > /proc/1/fd/3 && echo told; exec sleep 1000";
        launch(taskId, ISOLATED, inNest ? List.of(procs) : List.of(), script);
        supervisor.await("the lie", () -> supervisor.started.containsKey(taskId) && hasTold());
        supervisor.list();
    }

    private boolean hasTold() {
        try {
            return Files.readString(folder.resolve("stdout")).equals("told\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long exitCode(long taskId) {
        return WaitStatus.exitCode(supervisor.exits.get(taskId).waitStatus());
    }
}

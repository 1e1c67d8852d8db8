package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kernos.linux.Linux;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds where this machine and user have namespaces and control groups; skipped, with the reason, elsewhere. */
@Timeout(120)
class RootIsolationTest {
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    @TempDir
    Path folder;

    private Harness harness;

    @BeforeEach
    void start() {
        harness = Harness.start(folder);
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    private void needNamespaces() {
        need(!capabilities().namespaces().isEmpty());
    }

    private void needController(String name) {
        need(capabilities().controllers().contains(name));
    }

    private void need(boolean there) {
        if (!there) {
            System.err.println("SKIPPED: " + capabilities().describe());
        }
        assumeTrue(there, capabilities().describe());
    }

    private IsolationCapabilities capabilities() {
        return harness.containerizer().capabilities();
    }

    @Test
    void shouldHaveItsOwnNamespacesWhenRun() throws IOException {
        needNamespaces();

        harness.run(harness.shell(1, "for n in pid mnt uts ipc; do readlink /proc/self/ns/$n; done"));

        String[] inside = harness.output(1).split("\n", -1);
        String[] names = {"pid", "mnt", "uts", "ipc"};
        for (int i = 0; i < names.length; i++) {
            String outside =
                    Files.readSymbolicLink(Path.of("/proc/self/ns", names[i])).toString();
            assertTrue(inside[i].startsWith(names[i] + ":["), inside[i]);
            assertNotEquals(outside, inside[i]);
        }
    }

    @Test
    void shouldSeeOnlyItsOwnProcessesWhenInPidNamespace() {
        needNamespaces();

        harness.run(harness.shell(1, "echo /proc/[0-9]*; echo $$"));

        assertEquals("/proc/1 /proc/2\n2", harness.output(1));
    }

    @Test
    void shouldNameItsHostWhenAsked() {
        needNamespaces();

        harness.run(harness.shell(1, "uname -n").hostname("box-1"));

        assertEquals("box-1", harness.output(1));
        assertNotEquals("box-1", Harness.read(Path.of("/proc/sys/kernel/hostname")));
    }

    @Test
    void shouldEndWithItsTaskWhenChildrenAreLeft() {
        needNamespaces();

        harness.run(harness.shell(1, "setsid sh -c 'sleep 1234567' & exit 0"));

        assertFalse(anyProcessNamed("1234567"));
    }

    @Test
    void shouldReapOrphansWhenTheyEnd() {
        needNamespaces();

        String orphans = "for i in 1 2 3; do (sh -c 'exit 0' &); done;";
        String untilAlone = "while set -- /proc/[0-9]*; [ $# -gt 2 ]; do :; done;";
        harness.run(harness.shell(1, orphans + untilAlone + "echo $#"));

        assertEquals("2", harness.output(1));
    }

    @Test
    void shouldNotSignalItsInitWhenTaskTriesTo() {
        needNamespaces();

        ContainerExit exit = harness.run(harness.shell(1, "kill -9 1; kill -11 1; exit 4"));

        assertEquals(4, exit.exitCode());
    }

    @Test
    void shouldTellOomWhenMemoryLimitIsPassed() {
        needController("memory");

        ContainerExit exit =
                harness.run(harness.command(1, "/usr/bin/tail", "/dev/zero").memoryBytes(32L << 20));

        assertTrue(exit.oomKilled(), exit.toString());
        assertEquals(Linux.SIGKILL, exit.signal());
    }

    @Test
    void shouldNotTellOomWhenAnotherInTheSameGroupWasKilledBefore() {
        needController("memory");
        harness.run(harness.command(1, "/usr/bin/tail", "/dev/zero").memoryBytes(32L << 20));
        harness.acknowledge(1);

        for (int i = 2; i < 30; i++) {
            assertFalse(harness.run(harness.shell(i, "exit 0").memoryBytes(32L << 20))
                    .oomKilled());
            harness.acknowledge(i);
        }
    }

    @Test
    void shouldTellOomTrulyWhenAgentCameBack() {
        needController("memory");
        harness.launch(harness.shell(1, "cat go; tail /dev/zero").memoryBytes(32L << 20));
        harness.awaitStarted(1);
        harness.awaitExit(1);

        harness.forgetAll();
        harness.recover();

        assertTrue(harness.awaitExit(1).oomKilled());
    }

    @Test
    void shouldStopForkBombWhenPidsAreLimited() {
        needController("pids");

        ContainerExit exit = harness.run(
                harness.shell(1, "i=0; while [ $i -lt 100 ]; do sleep 1000 & i=$((i+1)); done; echo all started")
                        .pidsMax(10));

        assertNotEquals(0, exit.exitCode());
        assertEquals("", harness.output(1));
        assertTrue(Harness.read(harness.sandbox(1).resolve("stderr")).contains("fork"));
    }

    @Test
    void shouldRunInItsControlGroupsWhenStarted() throws IOException {
        needController("pids");

        harness.run(harness.shell(1, "cat /proc/self/cgroup"));

        String mine = "/kernos/" + harness.context().instance() + "/c";
        long entries =
                harness.output(1).lines().filter(line -> line.contains(mine)).count();
        assertEquals(capabilities().cgroupVersion() == IsolationCapabilities.CgroupVersion.V2 ? 1 : 3, entries);
    }

    @Test
    void shouldUseControlGroupsAgainWhenContainersFollowEachOther() {
        needController("pids");

        for (int i = 0; i < 50; i++) {
            harness.run(harness.shell(i, "exit 0"));
            harness.acknowledge(i);
        }

        int prepared = harness.context().preparedCgroups();
        assertTrue(groupsOf(harness.context().instance()).size() <= prepared, "groups");
    }

    @Test
    void shouldTakeLeftControlGroupsBackWhenAgentWasKilled() {
        needController("pids");
        harness.launch(harness.command(1, "/bin/sleep", "1000"));
        harness.awaitStarted(1);
        Set<String> before = groupsOf(harness.context().instance());

        harness.forgetAll();
        harness.recover();

        Set<String> after = groupsOf(harness.context().instance());
        assertTrue(after.containsAll(before));
        // One more in which the control groups were tried.
        assertTrue(after.size() <= before.size() + 1, after.toString());
        assertTrue(Linux.exists(harness.recovered.get(1L)));
    }

    @Test
    void shouldLetEveryLiveContainerBeWhenAgentComesBack() throws IOException {
        needController("memory");
        int count = 2 * harness.context().preparedCgroups();
        for (long i = 0; i < count; i++) {
            harness.launch(harness.shell(i, "until [ -e go ]; do sleep 0.01; done; exit 7"));
        }
        harness.await("starts", () -> harness.pids.size() == count);
        Set<String> limits = memoryLimits();

        harness.forgetAll();
        harness.recover();

        assertEquals(count, harness.recovered.size());
        assertEquals(limits, memoryLimits());
        for (long i = 0; i < count; i++) {
            Files.writeString(harness.sandbox(i).resolve("go"), "");
        }
        harness.await("ends", () -> harness.exits.size() == count);
        harness.exits.values().forEach(exit -> assertEquals(7, exit.exitCode()));
    }

    @Test
    void shouldFindGroupsEmptyWhenRecoveryFromLostSupervisorIsComplete() throws IOException {
        needController("pids");
        int count = 2 * harness.context().preparedCgroups();
        for (long i = 0; i < count; i++) {
            harness.launch(harness.shell(i, "setsid sh -c 'echo ready; exec sleep 1000' & wait")
                    .namespaces(Set.of()));
        }
        for (long i = 0; i < count; i++) {
            long taskId = i;
            harness.await("ready", () -> harness.hasPrinted(taskId, "ready"));
        }

        Linux.kill(harness.supervisorPid(), Linux.SIGKILL);
        harness.await("disconnection", () -> harness.disconnections == 1);
        harness.recover();

        assertEquals(List.of(), processesInGroups());
        assertEquals(count, harness.exits.size());
    }

    private List<String> processesInGroups() throws IOException {
        List<String> found = new ArrayList<>();
        for (String group : groupsOf(harness.context().instance())) {
            found.addAll(Files.readAllLines(Path.of(group, "cgroup.procs")));
        }
        return found;
    }

    @Test
    void shouldRunOnceWhenLaunchIsUnderWayAsAgentComesBack() {
        needNamespaces();
        needController("pids");
        need(capabilities().cgroupVersion() == IsolationCapabilities.CgroupVersion.V1);
        harness.run(harness.shell(1, "exit 0"));
        harness.acknowledge(1);
        final Set<Integer> nests = stopChildrenOf(harness.supervisorPid());
        harness.launch(harness.shell(2, "echo ran; exit 8"));

        harness.forgetAll();
        harness.recover();
        assertEquals(Map.of(), harness.recovered);
        harness.launch(harness.shell(2, "echo another; exit 9"));
        nests.forEach(nest -> Linux.kill(nest, SIGCONT));

        assertEquals(8, harness.awaitExit(2).exitCode());
        assertEquals("ran", harness.output(2));
        assertTrue(harness.pids.containsKey(2L));
        assertEquals(
                LaunchOutcome.DUPLICATE,
                harness.containerizer().launch(harness.shell(2, "exit 9").build()));
    }

    /** Those that they make meanwhile included. */
    private Set<Integer> stopChildrenOf(int pid) {
        Set<Integer> stopped = new TreeSet<>();
        ProcessHandle supervisor = ProcessHandle.of(pid).orElseThrow();
        while (stopped.addAll(
                supervisor.children().map(child -> (int) child.pid()).toList())) {
            for (int child : stopped) {
                Linux.kill(child, SIGSTOP);
                harness.await("stop of " + child, () -> isStopped(child));
            }
        }
        return stopped;
    }

    private static boolean isStopped(int pid) {
        return !Linux.exists(pid)
                || Harness.read(Path.of("/proc/" + pid + "/stat")).contains(") T ");
    }

    /** The limits of all groups in which something runs. */
    private Set<String> memoryLimits() throws IOException {
        Set<String> limits = new TreeSet<>();
        boolean unified = capabilities().cgroupVersion() == IsolationCapabilities.CgroupVersion.V2;
        for (String group : groupsOf(harness.context().instance())) {
            Path memory = Path.of(group.replace("/cgroup/pids/", "/cgroup/memory/"));
            if (Files.readAllLines(memory.resolve("cgroup.procs")).size() > 1) {
                limits.add(
                        group + " " + Harness.read(memory.resolve(unified ? "memory.max" : "memory.limit_in_bytes")));
            }
        }
        return limits;
    }

    @Test
    void shouldLeaveNothingWhenShutDown() {
        needController("pids");
        harness.launch(harness.command(1, "/bin/sleep", "1000"));
        harness.run(harness.shell(2, "exit 0"));
        harness.awaitStarted(1);
        final int supervisor = harness.supervisorPid();

        harness.containerizer().shutdown();

        assertEquals(Set.of(), groupsOf(harness.context().instance()));
        assertFalse(Harness.runs(harness.pids.get(1L)));
        // Its connection closes an instant before it is gone.
        harness.await("end of the supervisor", () -> !Harness.runs(supervisor));
        assertFalse(Harness.read(Path.of("/proc/mounts")).contains(folder.toString()));
    }

    @Test
    void shouldRemoveWhatWasLeftWhenShutDownByAnotherAgent() {
        needController("pids");
        harness.launch(harness.command(1, "/bin/sleep", "1000"));
        harness.awaitStarted(1);
        final int pid = harness.pids.get(1L);
        harness.forgetAll();

        try (Containerizer other = harness.context().newContainerizer()) {
            other.shutdown();
        }

        assertEquals(Set.of(), groupsOf(harness.context().instance()));
        assertFalse(Harness.runs(pid));
    }

    @Test
    void shouldRunAsUserWhenAsked() throws IOException {
        needController("pids");
        need(capabilities().root());
        Linux.own(harness.sandbox(1), 65534, 65534);
        folder.toFile().setExecutable(true, false);
        folder.toFile().setReadable(true, false);

        harness.run(harness.shell(1, "id -u; id -g; id -G; grep NoNewPrivs /proc/self/status")
                .user(new ContainerUser(65534, 65534, List.of(7))));

        assertEquals("65534\n65534\n65534 7\nNoNewPrivs:\t1", harness.output(1));
        assertEquals(
                "nobody", Files.getOwner(harness.sandbox(1).resolve("stdout")).getName());
    }

    private static boolean anyProcessNamed(String argument) {
        try (var processes = ProcessHandle.allProcesses()) {
            return processes.anyMatch(p -> p.info().commandLine().orElse("").contains(argument));
        }
    }

    private static Set<String> groupsOf(String instance) {
        Set<String> found = new TreeSet<>();
        for (String mount : List.of("/sys/fs/cgroup/pids", "/sys/fs/cgroup")) {
            Path agents = Path.of(mount, "kernos", instance);
            if (Files.isDirectory(agents)) {
                try (var groups = Files.newDirectoryStream(agents, Files::isDirectory)) {
                    groups.forEach(group -> found.add(group.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return found;
    }
}

package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which group an ordinary user's agent takes, on folders that have the kernel's file names. */
class DelegatedGroupTest {
    private static final String ALL = "cpuset cpu io memory pids";
    private static final long AGENT = 41;
    private static final long SUPERVISOR = 42;

    @TempDir
    Path folder;

    private final Map<String, String> notes = new TreeMap<>();
    private Path mount;

    /** As a machine with systemd has it; what cannot be written is not delegated. */
    @BeforeEach
    void makeTree() throws IOException {
        mount = Files.createDirectories(folder.resolve("unified"));
        Files.writeString(mount.resolve("cgroup.controllers"), ALL);
        group("system.slice", ALL, "");
        Files.delete(mount.resolve("system.slice/cgroup.subtree_control"));
    }

    private Path group(String name, String controllers, String processes) throws IOException {
        Path group = Files.createDirectories(mount.resolve(name));
        Files.writeString(group.resolve("cgroup.type"), "domain\n");
        Files.writeString(group.resolve("cgroup.controllers"), controllers + "\n");
        Files.writeString(group.resolve("cgroup.procs"), processes);
        Files.writeString(group.resolve("cgroup.subtree_control"), "");
        return group;
    }

    /** Folders below a delegated one that the agent makes; here somebody must fill them. */
    private void fillBelow(String name) throws IOException {
        group(name + "/kernos", ALL, "");
        group(name + "/kernos/agent", ALL, "");
        group(name + "/kernos/agent-daemons", ALL, "");
    }

    private UnifiedSearch.Found find(String own) {
        DaemonProcesses daemons =
                new DaemonProcesses(DaemonProcesses.parse("0::" + own + "\n"), Set.of(AGENT, SUPERVISOR));
        return new UnifiedSearch(mount, "kernos/agent", daemons, CgroupDetector.CONTROLLERS, notes).find();
    }

    @Test
    void shouldTakeItsOwnGroupWhenThatIsDelegatedAndHoldsNoOther() throws IOException {
        Path own = group("system.slice/kernos.service", ALL, AGENT + "\n" + SUPERVISOR + "\n");

        UnifiedSearch.Found found = find("/system.slice/kernos.service");

        assertEquals(new UnifiedSearch.Found(own, Set.of("cpu", "memory", "pids"), true), found);
        assertEquals(Map.of(), notes);
    }

    @Test
    void shouldTakeTheGroupAboveWhenAnotherProcessIsInItsOwn() throws IOException {
        Path above = group("system.slice/kernos.service", ALL, "");
        group("system.slice/kernos.service/shell", ALL, AGENT + "\n7\n");

        assertEquals(
                new UnifiedSearch.Found(above, Set.of("cpu", "memory", "pids"), false),
                find("/system.slice/kernos.service/shell"));
    }

    @Test
    void shouldSayWhoIsInTheWayWhenNoGroupIsFree() throws IOException {
        group("system.slice/kernos.service", ALL, AGENT + "\n7\n");

        assertNull(find("/system.slice/kernos.service"));
        assertTrue(notes.get("cgroups").contains("kernos.service holds process 7, which is not of this agent"));
    }

    @Test
    void shouldTakeTheGroupWithMoreControllersAndSayWhichAreMissing() throws IOException {
        Path above = group("system.slice/kernos.service", "memory pids", "");
        group("system.slice/kernos.service/daemon", "pids", AGENT + "\n");

        assertEquals(
                new UnifiedSearch.Found(above, Set.of("memory", "pids"), false),
                find("/system.slice/kernos.service/daemon"));
        assertEquals(Map.of("cgroup cpu", "it was not handed down to " + above), notes);
    }

    @Test
    void shouldTakeWhatItUsedBeforeWhenANearerGroupHasTheSameControllers() throws IOException {
        Path before = group("system.slice/kernos.service", ALL, "");
        fillBelow("system.slice/kernos.service");
        group("system.slice/kernos.service/daemon", ALL, AGENT + "\n");

        assertEquals(before, find("/system.slice/kernos.service/daemon").parent());
        assertEquals(
                before,
                find("/system.slice/kernos.service/kernos/agent-daemons").parent());
    }

    @Test
    void shouldTakeNoneWhenNothingIsDelegated() {
        assertNull(find("/system.slice"));
        assertEquals(
                "neither " + mount.resolve("system.slice") + " nor a group above it is delegated to this user",
                notes.get("cgroups"));
    }

    @Test
    void shouldTakeNoneWhenItsGroupIsOutsideOfTheMount() {
        assertNull(find("/../elsewhere"));
        assertNull(find("/not/there"));
    }

    @Test
    void shouldTakeTheRootWhenThatIsItsOwn() throws IOException {
        Files.writeString(mount.resolve("cgroup.procs"), "1\n");
        Files.writeString(mount.resolve("cgroup.subtree_control"), "");
        group("system.slice/kernos.service", ALL, AGENT + "\n");

        assertEquals(mount, find("/system.slice/kernos.service").parent());
    }

    @Test
    void shouldMoveItsProcessesOutAndBackWhenTheyAreInTheDelegatedGroup() throws IOException {
        Path own = group("system.slice/kernos.service", ALL, AGENT + "\n");
        fillBelow("system.slice/kernos.service");
        Path left = own.resolve("kernos/agent-daemons");

        CgroupsV2 cgroups = new CgroupsV2(own, "kernos/agent", Set.of("memory"), false, Set.of(AGENT));
        assertEquals("41", Files.readString(left.resolve("cgroup.procs")).strip());
        assertEquals(
                "+memory",
                Files.readString(own.resolve("cgroup.subtree_control")).strip());

        Files.writeString(own.resolve("cgroup.subtree_control"), "memory\n");
        Files.writeString(own.resolve("cgroup.procs"), "\n\n\n");
        clear(own.resolve("kernos/agent"));
        cgroups.removeFolder();
        assertEquals("41", Files.readString(own.resolve("cgroup.procs")).strip());
        assertTrue(Files.readString(own.resolve("cgroup.subtree_control")).startsWith("-memory"));
    }

    @Test
    void shouldTakeEachControllersOwnGroupOfVersionOneWhenTheRootIsNotItsOwn() throws IOException {
        Path memory = Files.createDirectories(folder.resolve("memory/mine/kernos/agent"))
                .getParent();
        Path pids = Files.createDirectories(folder.resolve("pids"));
        Files.writeString(folder.resolve("memory/kernos"), "not a folder");
        Files.writeString(pids.resolve("kernos"), "not a folder");
        Path mounts = folder.resolve("mounts");
        Files.writeString(
                mounts,
                "cgroup " + folder.resolve("memory") + " cgroup rw,memory 0 0\ncgroup " + pids
                        + " cgroup rw,pids 0 0\n");
        DaemonProcesses daemons =
                new DaemonProcesses(DaemonProcesses.parse("4:memory:/mine\n3:pids:/\n"), Set.of(AGENT));

        Cgroups found = new CgroupDetector(mounts, "kernos/agent", false, daemons, notes).detect();

        assertEquals(Set.of("memory"), found.controllers());
        assertTrue(found.where().contains(memory.toString()), found.where());
        assertEquals(Set.of("cgroup cpu", "cgroup pids"), notes.keySet());
        assertFalse(notes.containsKey("cgroup memory"));
    }

    private static void clear(Path group) throws IOException {
        try (var files = Files.list(group)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}

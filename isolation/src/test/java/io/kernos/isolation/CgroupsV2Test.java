package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.isolation.IsolationCapabilities.CgroupVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unified hierarchy's logic on a folder tree that has the kernel's file names. */
class CgroupsV2Test {
    private static final List<String> FILES = List.of(
            "cgroup.procs",
            "cgroup.kill",
            "cpu.weight",
            "cpu.max",
            "memory.max",
            "memory.swap.max",
            "pids.max",
            "cgroup.subtree_control");

    @TempDir
    Path mount;

    private final Map<String, String> notes = new TreeMap<>();

    @BeforeEach
    void makeTree() throws IOException {
        Files.writeString(mount.resolve("cgroup.controllers"), "cpuset cpu io memory hugetlb pids\n");
        Files.writeString(mount.resolve("cgroup.subtree_control"), "");
        Files.writeString(mount.resolve("cgroup.procs"), "1\n2\n");
        makeGroup("kernos");
        makeGroup("kernos/agent");
    }

    private Path makeGroup(String name) throws IOException {
        Path group = Files.createDirectories(mount.resolve(name));
        for (String file : FILES) {
            Files.writeString(group.resolve(file), "");
        }
        Files.writeString(group.resolve("memory.events"), "low 0\nhigh 0\nmax 3\noom 2\noom_kill 0\n");
        Files.writeString(group.resolve("cgroup.events"), "populated 0\nfrozen 0\n");
        return group;
    }

    private Cgroups detect() throws IOException {
        Path mounts = mount.resolve("mounts");
        Files.writeString(mounts, "proc /proc proc rw 0 0\ncgroup2 " + mount + " cgroup2 rw,nosuid 0 0\n");
        return new CgroupDetector(mounts, "kernos/agent", true, DaemonProcesses.of(0), notes).detect();
    }

    private static String firstLine(Path file) throws IOException {
        return Files.readAllLines(file).getFirst();
    }

    @Test
    void shouldLetAllContainersWeighAsTheMachine() throws IOException {
        detect();

        String weight = Long.toString(100L * Runtime.getRuntime().availableProcessors());
        assertEquals(weight, firstLine(mount.resolve("kernos/cpu.weight")));
        assertEquals(weight, firstLine(mount.resolve("kernos/agent/cpu.weight")));
    }

    @Test
    void shouldBeFoundAndHandedDownWhenMounted() throws IOException {
        Cgroups cgroups = detect();

        assertEquals(CgroupVersion.V2, cgroups.version());
        assertEquals(Set.of("cpu", "memory", "pids"), cgroups.controllers());
        assertTrue(cgroups.clonedInto());
        assertTrue(
                firstLine(mount.resolve("kernos/agent/cgroup.subtree_control")).startsWith("+"));
        assertEquals(Map.of(), notes);
    }

    @Test
    void shouldSayWhyWhenControllerIsMissing() throws IOException {
        Files.writeString(mount.resolve("cgroup.controllers"), "cpu\n");

        assertEquals(Set.of("cpu"), detect().controllers());
        assertEquals(Set.of("cgroup memory", "cgroup pids"), notes.keySet());
    }

    @Test
    void shouldUseNoneWhenHierarchyHasNoController() throws IOException {
        Files.writeString(mount.resolve("cgroup.controllers"), "hugetlb\n");

        assertEquals(null, detect());
    }

    @Test
    void shouldWriteKernelsUnitsWhenLimited() throws IOException {
        Cgroup group = open("c0");

        group.limit(1500, 64L << 20, 20);

        assertEquals("150", firstLine(mount.resolve("kernos/agent/c0/cpu.weight")));
        assertEquals("150000 100000", firstLine(mount.resolve("kernos/agent/c0/cpu.max")));
        assertEquals("67108864", firstLine(mount.resolve("kernos/agent/c0/memory.max")));
        assertEquals("0", firstLine(mount.resolve("kernos/agent/c0/memory.swap.max")));
        assertEquals("20", firstLine(mount.resolve("kernos/agent/c0/pids.max")));
        assertEquals(List.of(mount.resolve("kernos/agent/c0").toString()), group.planEntries());
        group.close();
    }

    @Test
    void shouldLiftLimitsWhenNextHasNone() throws IOException {
        Cgroup group = open("c0");
        group.limit(1500, 64L << 20, 20);

        group.limit(0, 0, 0);

        assertEquals("1", firstLine(mount.resolve("kernos/agent/c0/cpu.weight")));
        assertEquals("max 100000", firstLine(mount.resolve("kernos/agent/c0/cpu.max")));
        assertEquals("max", firstLine(mount.resolve("kernos/agent/c0/memory.max")));
        assertEquals("max", firstLine(mount.resolve("kernos/agent/c0/pids.max")));
        group.close();
    }

    @Test
    void shouldTellOomByDifferenceWhenGroupIsUsedAgain() throws IOException {
        makeGroup("kernos/agent/c0");
        CgroupPool pool = new CgroupPool(detect());
        pool.adopt(Set.of());
        pool.poll();
        CgroupPool.Slot slot = pool.take(100, 0, 0);
        assertFalse(slot.oomKilled());

        Files.writeString(mount.resolve("kernos/agent/c0/memory.events"), "oom 2\noom_kill 4\n");
        assertTrue(slot.oomKilled());

        pool.giveBack(slot);
        pool.poll();
        assertFalse(pool.take(100, 0, 0).oomKilled());
        pool.close();
    }

    @Test
    void shouldKillUntilEmptyWhenGivenBack() throws IOException {
        makeGroup("kernos/agent/c0");
        CgroupPool pool = new CgroupPool(detect());
        pool.adopt(Set.of());
        pool.poll();
        CgroupPool.Slot slot = pool.take(100, 0, 0);
        Files.writeString(mount.resolve("kernos/agent/c0/cgroup.events"), "populated 1\nfrozen 0\n");

        pool.giveBack(slot);
        pool.poll();
        assertEquals(0, pool.freeCount());
        assertEquals("1", firstLine(mount.resolve("kernos/agent/c0/cgroup.kill")));

        Files.writeString(mount.resolve("kernos/agent/c0/cgroup.events"), "populated 0\nfrozen 0\n");
        pool.poll();
        assertEquals(1, pool.freeCount());
        pool.close();
    }

    @Test
    void shouldAdoptOnlyItsOwnNumberedGroupsWhenSomeAreLeft() throws IOException {
        makeGroup("kernos/agent/c3");
        makeGroup("kernos/agent/c12");
        makeGroup("kernos/agent/other");
        makeGroup("kernos/another/c4");
        CgroupPool pool = new CgroupPool(detect());

        pool.adopt(Set.of(3));
        pool.poll();

        assertEquals(2, pool.size());
        assertEquals(1, pool.freeCount());
        pool.close();
    }

    private Cgroup open(String name) throws IOException {
        makeGroup("kernos/agent/" + name);
        return detect().open(Integer.parseInt(name.substring(1)));
    }
}

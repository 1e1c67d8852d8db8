package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kernos.isolation.IsolationCapabilities.CgroupVersion;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel itself says of a task's group where version 2 has the controllers; skipped elsewhere. */
@Timeout(120)
class UnifiedControllersTest {
    private static final String MY_GROUP = "g=/sys/fs/cgroup$(sed -n s/^0:://p /proc/self/cgroup); ";
    private static final int INIT = 1;
    private static final String LIMITS = MY_GROUP + "cd $g; cat cpu.weight cpu.max memory.max pids.max";

    @TempDir
    Path folder;

    private Harness harness;

    @BeforeEach
    void start() {
        ContainerizerContext context = new ContainerizerContext(folder.resolve("supervisor"))
                .cpuQuota(true)
                .preparedCgroups(0);
        harness = Harness.start(folder, context);
        IsolationCapabilities capabilities = harness.containerizer().capabilities();
        boolean usable = capabilities.cgroupVersion() == CgroupVersion.V2
                && capabilities.controllers().equals(Set.of("cpu", "memory", "pids"));
        if (!usable) {
            System.err.println("SKIPPED: " + capabilities.describe());
            harness.close();
        }
        assumeTrue(usable, capabilities.describe());
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void shouldHaveItsLimitsFromItsStartWhenRun() {
        harness.run(
                harness.shell(1, LIMITS).cpusMilli(1500).memoryBytes(64L << 20).pidsMax(20));

        assertEquals("150\n150000 100000\n67108864\n" + (20 + INIT), harness.output(1));
    }

    @Test
    void shouldHaveNoLimitsOfTheOneBeforeWhenRunInTheSameGroup() {
        for (int taskId = 1; taskId < 6; taskId++) {
            boolean limited = taskId % 2 == 1;
            harness.run(harness.shell(taskId, LIMITS)
                    .cpusMilli(limited ? 1000 : 2000)
                    .memoryBytes(limited ? 64L << 20 : 0)
                    .pidsMax(limited ? 20 : 0));
            harness.acknowledge(taskId);

            String expected = limited ? "100\n100000 100000\n67108864\n" + (20 + INIT) : "200\n200000 100000\nmax\nmax";
            assertEquals(expected, harness.output(taskId));
        }
    }

    @Test
    void shouldBeHeldToItsShareWhenItWouldTakeMore() {
        String untilThrottled = "until grep -q 'nr_throttled [1-9]' $g/cpu.stat; do :; done; echo held";

        harness.run(harness.shell(1, MY_GROUP + untilThrottled).cpusMilli(200));

        assertEquals("held", harness.output(1));
    }

    @Test
    void shouldRunInGroupThatHadGroupsInsideWhenTheirTaskEnded() {
        String movesAll = "mkdir $g/inner; for p in $(cat $g/cgroup.procs); do echo $p > $g/inner/cgroup.procs; done; ";
        String handsDown = "echo +memory +pids > $g/cgroup.subtree_control; cat $g/cgroup.subtree_control; echo $g";
        harness.run(harness.shell(1, MY_GROUP + movesAll + " 2> /dev/null; " + handsDown));
        String[] said = harness.output(1).split("\n", -1);
        assertEquals("memory pids", said[0]);
        harness.acknowledge(1);

        Set<String> groups = new HashSet<>();
        for (int taskId = 2; taskId < 6; taskId++) {
            ContainerExit exit = harness.run(harness.shell(taskId, MY_GROUP + "echo $g; test ! -e $g/inner"));
            assertEquals(0, exit.exitCode());
            groups.add(harness.output(taskId));
            harness.acknowledge(taskId);
        }

        assertTrue(groups.contains(said[1]), groups + " has no " + said[1]);
    }
}

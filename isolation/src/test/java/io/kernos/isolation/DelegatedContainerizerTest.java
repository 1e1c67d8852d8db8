package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kernos.isolation.IsolationCapabilities.CgroupVersion;
import io.kernos.linux.Linux;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ordinary user's containers in a group of version 2 that was delegated to the user, in which nothing is but this
 * process: {@code tools/delegate} makes one. Skipped elsewhere.
 */
@Timeout(120)
class DelegatedContainerizerTest {
    private static final Path MOUNT = Path.of("/sys/fs/cgroup");

    @TempDir
    Path folder;

    private Path delegated;
    private Harness harness;

    @BeforeEach
    void start() {
        delegated = ownGroup();
        boolean usable = !Linux.isRoot()
                && delegated != null
                && Files.isWritable(delegated.resolve("cgroup.subtree_control"))
                && Harness.read(delegated.resolve("cgroup.procs")).lines().count() == 1;
        if (!usable) {
            System.err.println("SKIPPED: needs an ordinary user in a delegated control group of version 2");
        }
        assumeTrue(usable, "needs an ordinary user in a delegated control group of version 2");
        harness = Harness.start(folder);
    }

    /** Nothing is left, and this process is back where it was. */
    @AfterEach
    void stop() {
        if (harness != null) {
            harness.close();
            assertEquals(delegated, ownGroup());
            assertFalse(Files.exists(delegated.resolve("kernos")));
        }
    }

    private static Path ownGroup() {
        return DaemonProcesses.of(0).groupIn(MOUNT, DaemonProcesses.UNIFIED);
    }

    @Test
    void shouldLimitByAllControllersWhenAllAreDelegated() {
        IsolationCapabilities found = harness.containerizer().capabilities();
        assertEquals(CgroupVersion.V2, found.cgroupVersion(), found::describe);
        assertEquals(Set.of("cpu", "memory", "pids"), found.controllers());

        harness.run(harness.shell(1, "cat /sys/fs/cgroup$(sed -n s/^0:://p /proc/self/cgroup)/memory.max"));
        assertEquals(Integer.toString(128 << 20), harness.output(1));
    }

    @Test
    void shouldTellThatTaskPassedItsMemoryWhenKernelEndedIt() {
        ContainerExit exit =
                harness.run(harness.command(1, "/usr/bin/tail", "/dev/zero").memoryBytes(32L << 20));

        assertTrue(exit.oomKilled());
    }

    @Test
    void shouldFindItsGroupsAgainWhenItWasKilled() {
        harness.launch(harness.command(1, "/bin/sleep", "1000"));
        harness.awaitStarted(1);
        harness.forgetAll();

        harness.recover();

        assertTrue(harness.recovered.containsKey(1L));
        assertEquals(
                Set.of("cpu", "memory", "pids"),
                harness.containerizer().capabilities().controllers());
        harness.containerizer().destroy(Harness.FRAMEWORK, 1);
        harness.awaitExit(1);
        harness.acknowledge(1);
        harness.run(harness.shell(2, "sed -n s/^0:://p /proc/self/cgroup"));
        assertTrue(harness.output(2).contains("/kernos/" + harness.context().instance() + "/c"), harness.output(2));
    }
}

package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kernos.linux.Linux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The same in groups of the kernel's unified hierarchy, cloned into and killed by it, with no namespaces to help and no
 * controllers, which a hybrid machine has elsewhere.
 */
class UnifiedContainerizerTest extends ContainerizerTest {
    private Path unified;

    @Override
    @BeforeEach
    void start() {
        unified = findUnified();
        boolean usable = unified != null && Linux.isRoot();
        if (!usable) {
            System.err.println("SKIPPED: needs root and a mounted unified hierarchy");
        }
        assumeTrue(usable, "needs root and a mounted unified hierarchy");
        super.start();
    }

    @Override
    @AfterEach
    void stop() {
        if (harness != null) {
            super.stop();
            assertFalse(Files.exists(unified.resolve(harness.context().cgroupName())));
        }
    }

    @Override
    ContainerizerContext context() {
        ContainerizerContext context = super.context().namespaces(false);
        return context.cgroupSource((_, _) -> new CgroupsV2(unified, context.cgroupName(), Set.of(), false, Set.of()));
    }

    private static Path findUnified() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .map(line -> line.split(" ", -1))
                    .filter(fields -> "cgroup2".equals(fields[2]))
                    .map(fields -> Path.of(fields[1]))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    @Test
    void shouldStartInItsGroupWhenClonedIntoIt() {
        harness.run(harness.shell(1, "grep ^0: /proc/self/cgroup"));

        assertTrue(harness.output(1).startsWith("0::/" + harness.context().cgroupName() + "/c"), harness.output(1));
        assertEquals("cgroups-v2", harness.containerizer().capabilities().isolation());
    }

    @Test
    void shouldKillWhatLeftItsSessionWhenTaskEnded() {
        harness.run(harness.shell(1, "setsid sh -c 'echo $$; exec sleep 1000' & while [ ! -s stdout ]; do :; done"));
        int escaped = Integer.parseInt(harness.output(1));
        assertTrue(Harness.runs(escaped));

        harness.acknowledge(1);

        harness.await("death of " + escaped, () -> !Harness.runs(escaped));
    }
}

package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;

/** The same without control groups and namespaces. */
class PlainContainerizerTest extends ContainerizerTest {
    @Override
    ContainerizerContext context() {
        return super.context().cgroups(false).namespaces(false);
    }

    @Test
    void shouldSayThatOnlyLimitsAreInForceWhenAllElseIsOff() {
        assertEquals("posix-rlimits", harness.containerizer().capabilities().isolation());
    }

    @Test
    void shouldFailToGrowWhenMemoryLimitIsPassed() {
        ContainerExit exit =
                harness.run(harness.command(1, "/usr/bin/tail", "/dev/zero").memoryBytes(32L << 20));

        assertEquals(1, exit.exitCode());
        assertFalse(exit.oomKilled());
    }

    @Test
    void shouldKillProcessGroupWhenTaskEndsBeforeItsChildren() {
        harness.run(harness.shell(1, "sleep 1000 & echo $!"));

        int child = Integer.parseInt(harness.output(1));
        harness.await("death of " + child, () -> !Harness.runs(child));
    }
}

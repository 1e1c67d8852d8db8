package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kernos.agent.AgentContext;
import io.kernos.transport.IdleProfile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpWarningsTest {
    private static final long GIB = 1L << 30;

    @Test
    void shouldSayNothingOfWhatFitsTheMachine() {
        assertEquals(List.of(), warnings(AgentContext.DISCOVER, AgentContext.DISCOVER, ""));
        assertEquals(List.of(), warnings(2_000, 8 * GIB, ""));
    }

    @Test
    void shouldWarnOfMoreThanTheMachineHas() {
        assertEquals(
                List.of("--cpus 100000 is more than the 2 of this machine: tasks share them"),
                warnings(100_000_000, GIB, ""));
        assertEquals(
                List.of("--mem 1t is more than the 8g of this machine: tasks that use what they ask for may be killed"),
                warnings(1_000, 1L << 40, ""));
    }

    @Test
    void shouldWarnOfLessThanATaskAsksFor() {
        assertEquals(
                List.of("--mem 32m is less than a task asks for without --mem: such tasks wait for ever"),
                warnings(1_000, 32L << 20, ""));
    }

    @Test
    void shouldWarnOfTasksThatRunAsRoot() {
        LocalClusterContext context = context(1_000, GIB, "nobody");
        assertEquals(List.of(), UpWarnings.of(context, 2, 8 * GIB, true));
        assertEquals(1, UpWarnings.of(context(1_000, GIB, ""), 2, 8 * GIB, true).size());
    }

    private static List<String> warnings(long cpusMilli, long memoryBytes, String user) {
        return UpWarnings.of(context(cpusMilli, memoryBytes, user), 2, 8 * GIB, false);
    }

    private static LocalClusterContext context(long cpusMilli, long memoryBytes, String user) {
        return new LocalClusterContext(
                Path.of("/home"), IdleProfile.ECO, new LocalPorts(1, 11), cpusMilli, memoryBytes, user, 1);
    }
}

package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AgentContextTest {
    @TempDir
    Path folder;

    private AgentContext context() {
        return new AgentContext().workDirectory(folder);
    }

    @Test
    void shouldDiscoverWhenNothingIsSet() {
        AgentContext context = context().conclude();
        assertTrue(context.cpusMilli() >= 1_000);
        assertTrue(context.memoryBytes() > 0);
        assertTrue(context.diskBytes() >= 0);
        assertEquals("localhost", context.bindHost());
        assertEquals("linux", context.attributes().get("os"));
    }

    @Test
    void shouldChangeNothingWhenConcludedAgain() {
        AgentContext context =
                context().attributes(Map.of("os", "mine")).cpusMilli(1_500).conclude();
        long memoryBytes = context.memoryBytes();
        context.conclude();
        assertEquals(memoryBytes, context.memoryBytes());
        assertEquals("mine", context.attributes().get("os"));
        assertEquals(1_500, context.cpusMilli());
    }

    @Test
    void shouldBeReachedByItsNameWhenRelaysAreElsewhere() {
        AgentContext context = context()
                .hostname("machine-7")
                .relayEndpoints(List.of("relay-1:7710", "localhost:7710"))
                .conclude();
        assertEquals("machine-7", context.bindHost());
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("workDirectory=null: ", context -> context.workDirectory(null)),
                wrong("workDirectory=/proc/", context -> context.workDirectory(Path.of("/proc/no/such"))),
                wrong("too long", context -> context.workDirectory(Path.of("/tmp/" + "x".repeat(100)))),
                wrong("relayEndpoints=[]: ", context -> context.relayEndpoints(List.of())),
                wrong("relayEndpoints=relay: ", context -> context.relayEndpoints(List.of("relay"))),
                wrong("relayEndpoints=relay:0: ", context -> context.relayEndpoints(List.of("relay:0"))),
                wrong("bindHost=0.0.0.0: ", context -> context.bindHost("0.0.0.0")),
                wrong("cpusMilli=0: ", context -> context.cpusMilli(0)),
                wrong("memoryBytes=-5: ", context -> context.memoryBytes(-5)),
                wrong("diskBytes=-5: ", context -> context.diskBytes(-5)),
                wrong("gpusMilli=-1: ", context -> context.gpusMilli(-1)),
                wrong("ports=5-4: ", context -> context.ports(5, 4)),
                wrong("ports=5-70000: ", context -> context.ports(5, 70_000)),
                wrong("statusRetryMs=1: ", context -> context.statusRetryMs(1)),
                wrong("statusRetryMaxMs=9999: must be from 10000 to", context -> context.statusRetryMaxMs(9_999)),
                wrong("connectTimeoutMs=0: ", context -> context.connectTimeoutMs(0)),
                wrong("reconnectMaxMs=5: must be from 10", context -> context.reconnectMs(10, 5)),
                wrong("sandboxMaxAgeMs=-1: ", context -> context.sandboxMaxAgeMs(-1)),
                wrong("sandboxMaxCount=-1: ", context -> context.sandboxMaxCount(-1)),
                wrong("journalCompactBytes=1: ", context -> context.journalCompactBytes(1)),
                wrong("taskPidsMax=-1: ", context -> context.taskPidsMax(-1)),
                wrong("taskPidsMax=4194305: ", context -> context.taskPidsMax(4_194_305)),
                wrong("maxTemplates=0: ", context -> context.maxTemplates(0)),
                wrong("idleProfile=null: ", context -> context.idleProfile(null)),
                wrong("attributes= =x: ", context -> context.attributes(Map.of(" ", "x"))),
                wrong("attributes=20", context -> context.attributes(Map.of("a", "x".repeat(20_000)))));
    }

    private static Arguments wrong(String message, Consumer<AgentContext> change) {
        return Arguments.of(message, change);
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void shouldNameSettingValueAndRemedyWhenWrong(String message, Consumer<AgentContext> change) {
        AgentContext context = context();
        change.accept(context);
        SettingException thrown = assertThrows(SettingException.class, context::conclude);
        assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
    }

    @Test
    void shouldKeepReserveWhenMemoryIsRead() throws IOException {
        Path meminfo = Files.writeString(folder.resolve("meminfo"), "MemFree: 1 kB\nMemTotal:  8388608 kB\n");
        assertEquals(7L << 30, HostResources.memoryBytes(meminfo));
        Files.writeString(meminfo, "MemTotal:  1048576 kB\n");
        assertEquals(512L << 20, HostResources.memoryBytes(meminfo));
        Files.writeString(meminfo, "MemTotal: much\n");
        assertThrows(IllegalArgumentException.class, () -> HostResources.memoryBytes(meminfo));
    }
}

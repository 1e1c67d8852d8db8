package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContainerizerContextTest {
    private static final Path SANDBOX = Path.of("/sandbox");

    @Test
    void shouldNameInstanceAlikeWhenFolderIsTheSame() {
        String name = new ContainerizerContext(Path.of("/a/b")).instance();

        assertEquals(name, new ContainerizerContext(Path.of("/a/x/../b")).instance());
        assertTrue(name.matches("agent-[0-9a-f]+"));
    }

    @Test
    void shouldRefuseWhenInstanceIsNoPlainName() {
        ContainerizerContext context = new ContainerizerContext(SANDBOX);

        assertThrows(IllegalArgumentException.class, () -> context.instance("../other"));
        assertThrows(IllegalArgumentException.class, () -> context.preparedCgroups(-1));
    }

    @Test
    void shouldNameFieldWhenSpecificationIsWrong() {
        assertEquals(
                "memoryBytes is -1: give 0 or more",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ContainerSpec.builder(1, 1, SANDBOX, List.of("true"))
                                        .memoryBytes(-1)
                                        .build())
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class,
                () -> ContainerSpec.builder(1, 1, Path.of("rel"), List.of("true"))
                        .build());
        assertThrows(
                IllegalArgumentException.class,
                () -> ContainerSpec.builder(1, 1, SANDBOX, List.of()).build());
    }

    @Test
    void shouldNameIsolationInForceWhenDescribed() {
        IsolationCapabilities all = new IsolationCapabilities(
                true,
                IsolationCapabilities.CgroupVersion.V1,
                Set.of("cpu"),
                EnumSet.allOf(Namespace.class),
                false,
                Map.of("cgroup memory", "no hierarchy of it is mounted"));
        IsolationCapabilities none = new IsolationCapabilities(
                false, IsolationCapabilities.CgroupVersion.NONE, Set.of(), Set.of(), false, Map.of());

        assertEquals("cgroups-v1+namespaces", all.isolation());
        assertEquals(Map.of("isolation", "posix-rlimits", "controllers", "none"), none.attributes());
        assertEquals(
                "isolation cgroups-v1+namespaces: root, controllers [cpu], namespaces [PID, MOUNT, UTS, IPC];"
                        + " no cgroup memory: no hierarchy of it is mounted",
                all.describe());
    }
}

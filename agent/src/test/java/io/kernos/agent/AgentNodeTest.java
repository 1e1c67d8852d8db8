package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.isolation.ContainerizerContext;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.SettingException;
import io.kernos.transport.codecs.SandboxStatus;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent, real supervisor and containers, beside a relay in the hands of the test. */
class AgentNodeTest {
    @TempDir
    Path folder;

    private TestRelay relay;
    private AgentNode agent;

    @BeforeEach
    void start() {
        relay = new TestRelay(folder, "aeron");
        agent = launch();
        relay.awaitRegistration(1);
    }

    @AfterEach
    void stop() {
        agent.close(true);
        relay.close();
    }

    private AgentNode launch() {
        return AgentNode.launch(context());
    }

    private AgentContext context() {
        return new AgentContext()
                .workDirectory(folder.resolve("agent"))
                .aeronDirectory(relay.aeronDirectory())
                .relayEndpoints(List.of(relay.endpoint()))
                .statusRetryMs(200)
                .reconnectMs(10, 50)
                .idleProfile(IdleProfile.BALANCED);
    }

    @Test
    void shouldAskForTemplatesAndLaunchWhenItForgotSome() {
        agent.close(true);
        agent = AgentNode.launch(context().maxTemplates(1));
        relay.awaitRegistration(2);
        relay.define(1, 1_000, "/bin/true");
        relay.define(2, 1_000, "/bin/true");
        for (int round = 0; round < 3; round++) {
            long first = 2L * round + 1;
            relay.launch(first, 1);
            relay.launch(first + 1, 2);
            relay.awaitRegistration(3 + 2 * round);
            relay.define(1, 1_000, "/bin/true");
            relay.launch(first, 1);
            assertEquals(TaskState.FINISHED, relay.awaitEnd(first).state());
            relay.launch(first + 1, 2);
            relay.awaitRegistration(4 + 2 * round);
            relay.define(2, 1_000, "/bin/true");
            relay.launch(first + 1, 2);
            assertEquals(TaskState.FINISHED, relay.awaitEnd(first + 1).state());
        }
    }

    @Test
    void shouldTellWhatItIsWhenItRegisters() {
        assertEquals(0, relay.registeredAs);
        assertTrue(relay.attributes.keySet().containsAll(List.of("os", "kernel", "arch", "isolation")));
        assertEquals(System.getProperty("user.name"), relay.attributes.get("taskUser"));
        relay.await("the agent's number", () -> agent.agentId() == 7 && agent.registered());
    }

    @Test
    void shouldReportEndsWhenTasksRun() {
        relay.define(1, 1_000, "/bin/true");
        relay.define(2, 1_000, "/bin/sh", "-c", "exit 3");
        relay.define(3, 1_000, "/no/such/command");
        relay.launch(1, 1);
        relay.launch(2, 2);
        relay.launch(3, 3);
        assertEquals(TaskState.FINISHED, relay.awaitEnd(1).state());
        assertEquals(3, relay.awaitEnd(2).exitStatus());
        assertEquals(TaskState.FAILED, relay.end(2).state());
        assertEquals(TaskReason.CONTAINER_LAUNCH_FAILED, relay.awaitEnd(3).reason());
        assertTrue(
                relay.end(3).message().contains("/no/such/command"),
                relay.end(3).message());
        long[] stampsNs = relay.end(1).stampsNs();
        assertEquals(5, stampsNs[0]);
        assertTrue(stampsNs[1] <= stampsNs[2] && stampsNs[2] <= stampsNs[3], List.of(stampsNs[1], stampsNs[2]) + "");
        relay.await("no task to be left", () -> agent.liveTaskCount() == 0);
    }

    @Test
    void shouldServeSandboxWhenTaskWrites() {
        relay.define(
                1, 1_000, "/bin/sh", "-c", "echo $KERNOS_TASK_ID $KERNOS_TASK_INDEX $PORT1 $KERNOS_PORTS $GREETING");
        relay.send(TestMessages.launch(1, 9, 1, 31_000, 31_000, 31_002, 31_002));
        relay.awaitEnd(9);
        TestRelay.Chunk chunk = relay.read(9, "stdout", 0, 1_000);
        assertEquals(new TestRelay.Chunk(SandboxStatus.DATA, "9 8 31002 31000,31002 hello\n", true), chunk);
        assertEquals("8 31002", relay.read(9, "stdout", 2, 7).text());
        assertEquals(SandboxStatus.REFUSED, relay.read(9, "../../../lock", 0, 9).status());
        assertEquals(SandboxStatus.UNKNOWN_FILE, relay.read(9, "none", 0, 9).status());
        assertEquals(SandboxStatus.UNKNOWN_TASK, relay.read(10, "stdout", 0, 9).status());
    }

    @Test
    void shouldEndWithTermWhenTaskHeedsIt() {
        relay.define(1, 10_000, "/bin/sh", "-c", "trap 'exit 5' TERM; echo up; while :; do sleep 0.05; done");
        relay.launch(1, 1);
        relay.awaitRunning(1);
        relay.await("the trap", () -> relay.read(1, "stdout", 0, 10).text().equals("up\n"));
        relay.kill(1, -1);
        TestRelay.Status end = relay.awaitEnd(1);
        assertEquals(TaskState.KILLED, end.state());
        assertEquals(5, end.exitStatus());
    }

    @Test
    void shouldKillWhenTaskOutlivesItsGrace() {
        relay.define(1, 10_000, "/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done");
        relay.launch(1, 1);
        relay.awaitRunning(1);
        relay.await("the trap", () -> relay.read(1, "stdout", 0, 10).text().equals("up\n"));
        relay.kill(1, 100);
        TestRelay.Status end = relay.awaitEnd(1);
        assertEquals(TaskState.KILLED, end.state());
        assertEquals(-9, end.exitStatus());
    }

    @Test
    void shouldLoseNothingWhenAgentIsKilledWhileTasksRun() {
        relay.define(1, 1_000, "/bin/sh", "-c", "while [ ! -e go ]; do sleep 0.02; done; exit 4");
        relay.define(2, 1_000, "/bin/sleep", "1000");
        relay.launch(1, 1);
        relay.launch(2, 2);
        relay.awaitRunning(1);
        relay.awaitRunning(2);
        agent.abandon();
        touch(1);
        agent = launch();
        relay.awaitRegistration(2);
        assertEquals(7, relay.registeredAs);
        assertEquals(TaskState.RUNNING, relay.listed.get(2L));
        assertEquals(4, relay.awaitEnd(1).exitStatus());
        relay.kill(2, 0);
        assertEquals(TaskState.KILLED, relay.awaitEnd(2).state());
    }

    @Test
    void shouldRepeatEndWhenAgentIsKilledBeforeItIsAcknowledged() {
        relay.acknowledges = false;
        relay.define(1, 1_000, "/bin/true");
        relay.launch(1, 1);
        relay.awaitEnd(1);
        agent.abandon();
        relay.statuses.clear();
        agent = launch();
        relay.awaitRegistration(2);
        assertEquals(TaskState.FINISHED, relay.listed.get(1L));
        relay.acknowledges = true;
        assertEquals(TaskState.FINISHED, relay.awaitEnd(1).state());
        relay.registerAgain();
        relay.awaitRegistration(3);
        relay.await("the task to be forgotten", () -> {
            if (relay.listed.isEmpty()) {
                return true;
            }
            relay.registerAgain();
            return false;
        });
    }

    @Test
    void shouldGoOnWhenMessagesAreMalformed() {
        long seed = 21;
        Random random = new Random(seed);
        byte[] launch = TestMessages.launch(1, 1, 1, 31_000, 31_001).byteArray();
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = random.nextBoolean() ? new byte[random.nextInt(200)] : launch.clone();
            if (bytes.length != launch.length) {
                random.nextBytes(bytes);
            } else {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            relay.sendRaw(bytes);
        }
        relay.define(1, 1_000, "/bin/true");
        relay.launch(7, 1);
        assertEquals(TaskState.FINISHED, relay.awaitEnd(7).state(), "seed " + seed);
        assertNull(relay.end(1));
    }

    @Test
    void shouldKillTasksAndLeaveNothingWhenClosedWithItsTasks() throws IOException {
        relay.define(1, 60_000, "/bin/sleep", "1000");
        relay.launch(1, 1);
        relay.awaitRunning(1);
        Thread closing = Thread.ofPlatform().start(() -> agent.close(true));
        assertEquals(TaskState.KILLED, relay.awaitEnd(1).state());
        relay.await("the agent to end", () -> !closing.isAlive());
        String instance = new ContainerizerContext(folder.resolve("agent/supervisor")).instance();
        try (Stream<Path> hierarchies = Files.list(Path.of("/sys/fs/cgroup"))) {
            List<Path> left = hierarchies
                    .map(hierarchy -> hierarchy.resolve("kernos").resolve(instance))
                    .filter(Files::exists)
                    .toList();
            assertEquals(List.of(), left);
        }
        agent = launch();
        relay.awaitRegistration(2);
        assertEquals(Map.of(), relay.listed);
    }

    @Test
    void shouldKillAndTellTaskWhenItIsLaunchedWhileTheAgentEnds() {
        relay.define(1, 60_000, "/bin/sh", "-c", "trap '' TERM; echo up; while :; do sleep 0.05; done");
        relay.define(2, 60_000, "/bin/sleep", "1000");
        relay.launch(1, 1);
        relay.awaitRunning(1);
        relay.await("the trap", () -> relay.read(1, "stdout", 0, 10).text().equals("up\n"));
        Thread closing = Thread.ofPlatform().start(() -> agent.close(true));
        relay.await("the kill of task 1", () -> relay.has(1, TaskState.KILLING));
        relay.launch(2, 2);
        assertEquals(TaskState.KILLED, relay.awaitEnd(2).state());
        assertEquals(TaskState.KILLED, relay.awaitEnd(1).state());
        relay.await("the agent to end", () -> !closing.isAlive());
    }

    @Test
    void shouldRegisterElsewhereWhenRelayIsGone() {
        agent.close(true);
        try (TestRelay other = new TestRelay(folder, "other")) {
            agent = AgentNode.launch(new AgentContext()
                    .workDirectory(folder.resolve("agent"))
                    .relayEndpoints(List.of("localhost:1", relay.endpoint(), other.endpoint()))
                    .connectTimeoutMs(200)
                    .reconnectMs(10, 50)
                    .idleProfile(IdleProfile.BALANCED));
            relay.awaitRegistration(2);
            relay.define(1, 1_000, "/bin/sleep", "1000");
            relay.launch(1, 1);
            relay.awaitRunning(1);
            relay.close();
            other.awaitRegistration(1);
            assertEquals(7, other.registeredAs);
            assertEquals(TaskState.RUNNING, other.listed.get(1L));
            other.kill(1, 0);
            assertEquals(TaskState.KILLED, other.awaitEnd(1).state());
            agent.close(true);
        }
    }

    @Test
    void shouldRefuseWhenWorkFolderIsInUse() {
        IllegalStateException thrown = assertThrows(IllegalStateException.class, this::launch);
        assertTrue(thrown.getMessage().contains("another agent"));
    }

    @Test
    void shouldSayWhatIsWrongWhenSettingIs() {
        SettingException thrown = assertThrows(
                SettingException.class,
                () -> new AgentContext()
                        .workDirectory(folder.resolve("other"))
                        .ports(10, 5)
                        .conclude());
        assertTrue(thrown.getMessage().startsWith("ports=10-5: "), thrown.getMessage());
        assertFalse(thrown.getMessage().endsWith(": "));
    }

    private void touch(long taskId) {
        try {
            Files.createFile(folder.resolve("agent/sandboxes/1/" + taskId + "/go"));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}

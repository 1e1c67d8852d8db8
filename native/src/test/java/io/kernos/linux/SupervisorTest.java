package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SupervisorTest {
    private static final int STAGE_PLAN = 1;
    private static final int STAGE_KEY = 2;

    @TempDir
    Path folder;

    private SupervisorHarness supervisor;

    @BeforeEach
    void start() {
        supervisor = new SupervisorHarness(folder);
    }

    @AfterEach
    void stop() {
        supervisor.close();
    }

    private void runAll(int count) {
        for (long i = 0; i < count; i++) {
            supervisor.launch(i, "/bin/sh", "-c", "exit " + i);
        }
        supervisor.await("exits", () -> supervisor.exits.size() == count);
    }

    private Path journal() {
        return folder.resolve("state/journal");
    }

    @Test
    void shouldTellStartThenEndWhenLaunched() {
        supervisor.launch(1, "/bin/sh", "-c", "exit 9");
        supervisor.await("exit", () -> supervisor.exits.containsKey(1L));

        assertEquals(9, WaitStatus.exitCode(supervisor.exits.get(1L).waitStatus()));
        assertEquals(42, supervisor.exits.get(1L).cookie());
        assertTrue(supervisor.started.containsKey(1L));
    }

    @Test
    void shouldRefuseKeyWhenItIsKnown() {
        supervisor.launch(1, "/bin/sleep", "1000");
        supervisor.launch(1, "/bin/true");
        supervisor.await("refusal", () -> supervisor.refusals == 1);

        assertEquals(new SupervisorHarness.Failure(STAGE_KEY, Errno.EEXIST), supervisor.lastRefusal);
    }

    @Test
    void shouldTellAgainUntilAcknowledgedWhenListed() {
        runAll(3);
        supervisor.client.acknowledge(1, 1);
        supervisor.exits.clear();

        supervisor.list();
        assertEquals(Set.of(0L, 2L), supervisor.exits.keySet());
    }

    @Test
    void shouldTellNewClientWhenOldOneWasReplaced() {
        supervisor.launch(1, "/bin/sleep", "1000");
        supervisor.await("start", () -> supervisor.started.containsKey(1L));
        final int pid = supervisor.started.get(1L);

        SupervisorClient old = supervisor.client;
        supervisor.connect();
        supervisor.list();

        assertEquals(Map.of(1L, pid), supervisor.listed);
        old.close();
    }

    @Test
    void shouldOutliveItsClientWhenThatIsKilled() throws IOException, InterruptedException {
        supervisor.close();
        Process agent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledClient.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals('r', agent.getInputStream().read());
        agent.destroyForcibly().waitFor();

        supervisor.connect();
        supervisor.list();
        assertTrue(supervisor.listed.containsKey(1L));
        Files.writeString(folder.resolve("go"), "");
        supervisor.await("exit", () -> supervisor.exits.containsKey(1L));
        assertEquals(6, WaitStatus.exitCode(supervisor.exits.get(1L).waitStatus()));
    }

    /** An agent that starts a task which outlives it. */
    static final class KilledClient {
        private KilledClient() {}

        public static void main(String[] args) {
            SupervisorHarness harness = new SupervisorHarness(Path.of(args[0]));
            harness.launch(1, "/bin/sh", "-c", "until [ -e go ]; do sleep 0.01; done; exit 6");
            harness.await("start", () -> harness.started.containsKey(1L));
            System.out.print("r");
            System.out.flush();
            harness.await("nothing", () -> false);
        }
    }

    @Test
    void shouldRememberEndsWhenItWasKilled() {
        runAll(5);
        supervisor.launch(100, "/bin/sleep", "1000");
        supervisor.await("start", () -> supervisor.started.containsKey(100L));
        supervisor.client.acknowledge(1, 3);
        supervisor.launch(101, "/no/such/command");
        supervisor.await("failure", () -> supervisor.failures.containsKey(101L));
        SupervisorHarness.Exit before = supervisor.exits.get(4L);

        supervisor.kill();
        supervisor.connect();
        supervisor.list();

        assertEquals(Set.of(0L, 1L, 2L, 4L, 100L), supervisor.exits.keySet());
        assertEquals(before, supervisor.exits.get(4L));
        assertTrue(supervisor.exits.get(100L).lost());
        assertEquals(Errno.ENOENT, supervisor.failures.get(101L).errno());
    }

    @Test
    void shouldRememberWhatIsWholeWhenJournalIsTorn() throws IOException {
        runAll(5);
        supervisor.kill();
        byte[] whole = Files.readAllBytes(journal());
        Files.write(journal(), Arrays.copyOf(whole, whole.length - 17));

        supervisor.connect();
        supervisor.list();

        assertEquals(5, supervisor.exits.size());
        long lost = supervisor.exits.values().stream()
                .filter(SupervisorHarness.Exit::lost)
                .count();
        assertEquals(1, lost);
    }

    @Test
    void shouldStopAtFirstDamagedRecordWhenJournalIsDamaged() throws IOException {
        runAll(5);
        supervisor.kill();
        byte[] whole = Files.readAllBytes(journal());
        whole[30] ^= 1;
        Files.write(journal(), whole);

        supervisor.connect();
        supervisor.list();

        assertEquals(Set.of(), supervisor.exits.keySet());
    }

    @Test
    void shouldStartWhenJournalIsNonsense() throws IOException {
        supervisor.close();
        byte[] nonsense = new byte[10_000];
        new Random(1).nextBytes(nonsense);
        Files.write(journal(), nonsense, StandardOpenOption.APPEND);

        supervisor.connect();
        runAll(1);
    }

    @Test
    void shouldRefuseAndGoOnWhenPacketsAreNonsense() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            byte[] packet = new byte[1 + random.nextInt(300)];
            random.nextBytes(packet);
            sendAll(packet);
        }
        supervisor.await("refusals", () -> supervisor.refusals == count);

        runAll(3);
    }

    @Test
    void shouldRefuseWhenPlanIsCutOffAnywhere() {
        byte[] whole = encoded(LaunchPlanTest.plan(1, 0, folder.toString(), "/bin/true"));
        for (int cut = 24; cut < whole.length; cut++) {
            byte[] packet = Arrays.copyOf(whole, cut);
            ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).putInt(0, cut);
            sendAll(packet);
        }
        supervisor.await("refusals", () -> supervisor.refusals == whole.length - 24);

        assertEquals(new SupervisorHarness.Failure(STAGE_PLAN, Errno.EINVAL), supervisor.lastRefusal);
        assertFalse(supervisor.started.containsKey(1L));
    }

    @Test
    void shouldGoOnWhenPlansHaveFlippedBits() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] packet = encoded(LaunchPlanTest.plan(i, 0, folder.toString(), "/bin/true"));
            // The cookie and what follows: a flipped key would be a right plan for another container.
            packet[24 + random.nextInt(packet.length - 24)] ^= (byte) (1 << random.nextInt(8));
            sendAll(packet);
        }
        supervisor.await(
                "an answer to each",
                () -> supervisor.refusals + supervisor.exits.size() + supervisor.failures.size() == 1_000);

        supervisor.launch(5_000, "/bin/true");
        supervisor.await("exit", () -> supervisor.exits.containsKey(5_000L));
    }

    @Test
    void shouldLeakNoDescriptorWhenManyRan() throws IOException {
        runAll(20);
        long before = descriptors();
        for (long i = 1000; i < 1100; i++) {
            supervisor.launch(i, i % 2 == 0 ? "/bin/true" : "/no/such/command");
        }
        supervisor.await("ends", () -> supervisor.exits.size() == 70 && supervisor.failures.size() == 50);

        assertEquals(before, descriptors());
    }

    private long descriptors() throws IOException {
        try (var entries = Files.list(Path.of("/proc/" + supervisor.pid + "/fd"))) {
            return entries.count();
        }
    }

    private void sendAll(byte[] packet) {
        supervisor.await("room", () -> supervisor.client.sendRaw(packet));
    }

    private static byte[] encoded(LaunchPlan plan) {
        UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(LaunchPlan.MAX_BYTES));
        byte[] packet = new byte[plan.encode(buffer)];
        buffer.getBytes(0, packet);
        return packet;
    }
}

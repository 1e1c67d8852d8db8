package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.client.KernosClient;
import io.kernos.client.SessionContext;
import io.kernos.client.Submission;
import io.kernos.client.TaskTemplate;
import io.kernos.client.TaskUpdate;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kills the commands of a cluster in the middle of work: nothing may be lost, and nothing happen twice. */
@Timeout(300)
class KillTest {
    /** Ended, running and waiting when the kill comes; the agent has room for those that run, and for no more. */
    private static final int ENDED = 40;

    private static final int RUNNING = 200;
    private static final String COMMAND =
            "echo $KERNOS_TASK_ID >> \"$RECORD\"; [ $KERNOS_TASK_INDEX -lt " + ENDED + " ] || sleep 5";
    private static final int TASKS = ENDED + RUNNING + 60;
    private static final long TIMEOUT_MS = 120_000;

    private Path home;
    private Leftovers leftovers;
    private LocalPorts ports;
    private JavaProcess master;
    private JavaProcess agent;
    private KernosClient client;
    private Submission submission;
    private final Map<Long, Queue<TaskState>> finalUpdates = new ConcurrentHashMap<>();

    @BeforeEach
    void startCluster() throws IOException, InterruptedException {
        home = Files.createTempDirectory("kernos-kill-");
        leftovers = Leftovers.of(home);
        ports = LocalPorts.of(0);
        startMaster();
        startAgent();
        client = KernosClient.connect(
                new SessionContext()
                        .ingressEndpoints("0=localhost:" + ports.master())
                        .frameworkName("kill-test")
                        .failoverTimeoutMs(TIMEOUT_MS),
                TIMEOUT_MS);
    }

    @AfterEach
    void endCluster() throws InterruptedException {
        try {
            client.close();
            agent.terminate(TIMEOUT_MS);
            master.terminate(TIMEOUT_MS);
        } finally {
            agent.close();
            master.close();
        }
        assertToldOnce();
        assertEquals(List.of(), leftovers.find());
        IoUtil.delete(home.toFile(), true);
    }

    @Test
    void shouldAccountForEachTaskOnceWhenTheAgentIsKilled() throws IOException, InterruptedException {
        submitAndAwaitSome();
        agent.kill();
        startAgent();
        assertAllAccountedForOnce();
    }

    @Test
    void shouldAccountForEachTaskOnceWhenTheMasterIsKilled() throws IOException, InterruptedException {
        submitAndAwaitSome();
        master.kill();
        startMaster();
        assertAllAccountedForOnce();
    }

    @Test
    void shouldAccountForEachTaskOnceWhenMasterAndAgentAreKilled() throws IOException, InterruptedException {
        submitAndAwaitSome();
        master.kill();
        agent.kill();
        startAgent();
        startMaster();
        assertAllAccountedForOnce();
    }

    private void startMaster() throws IOException, InterruptedException {
        master = start("master");
    }

    private void startAgent() throws IOException, InterruptedException {
        agent = start("agent", "--end-tasks");
    }

    private JavaProcess start(String command, String... flags) throws IOException, InterruptedException {
        Path settings = Files.write(
                home.resolve("kernos.properties"),
                List.of(
                        "master.directory = " + home.resolve("master"),
                        "master.members = localhost:" + ports.master(),
                        "master.relayEndpoint = localhost:" + ports.relay(),
                        "master.idleProfile = balanced",
                        "agent.workDirectory = " + home.resolve("agent"),
                        "agent.relayEndpoints = localhost:" + ports.relay(),
                        "agent.cpusMilli = 40000",
                        "agent.memoryBytes = 8g",
                        "agent.reconnectMinMs = 50",
                        "agent.reconnectMaxMs = 500",
                        "agent.statusRetryMs = 1000",
                        "agent.idleProfile = balanced"));
        List<String> arguments = new ArrayList<>(List.of(command, "--settings", settings.toString()));
        arguments.addAll(List.of(flags));
        JavaProcess process = JavaProcess.start(home, Kernos.class, arguments.toArray(String[]::new));
        process.awaitLine("kernos " + command + " is up", TIMEOUT_MS);
        return process;
    }

    private void submitAndAwaitSome() throws IOException {
        TaskTemplate template = TaskTemplate.builder()
                .command("/bin/sh", "-c", COMMAND)
                .environment("RECORD", home.resolve("record").toString())
                .cpusMilli(200)
                .memoryBytes(16 << 20)
                .build();
        int templateId = client.registerTemplate(template, TIMEOUT_MS);
        submission = client.submit(templateId, TASKS, this::note, TIMEOUT_MS);
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (submission.endedCount() < ENDED || record().size() < ENDED + RUNNING) {
            assertTrue(System.nanoTime() < deadlineNs, () -> submission.endedCount() + " tasks ended: " + states());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private List<String> record() throws IOException {
        Path record = home.resolve("record");
        return Files.exists(record) ? Files.readAllLines(record) : List.of();
    }

    private void note(TaskUpdate update) {
        if (update.isFinal()) {
            finalUpdates
                    .computeIfAbsent(update.taskId(), _ -> new ConcurrentLinkedQueue<>())
                    .add(update.state());
        }
    }

    private void assertAllAccountedForOnce() throws IOException {
        assertTrue(
                submission.await(TIMEOUT_MS), () -> submission.endedCount() + " of " + TASKS + " ended: " + states());
        assertEquals(Map.of(TaskState.FINISHED, TASKS), states());
        List<String> expected = taskIds().mapToObj(Long::toString).sorted().toList();
        assertEquals(expected, record().stream().sorted().toList(), "each task ran once");
    }

    /** Once nothing can come any more. */
    private void assertToldOnce() {
        Map<Long, List<TaskState>> told = new TreeMap<>();
        finalUpdates.forEach((taskId, states) -> told.put(taskId, List.copyOf(states)));
        Map<Long, List<TaskState>> expected = new TreeMap<>();
        taskIds().forEach(taskId -> expected.put(taskId, List.of(TaskState.FINISHED)));
        assertEquals(expected, told, "each end was told once");
    }

    private LongStream taskIds() {
        return LongStream.range(submission.firstTaskId(), submission.firstTaskId() + TASKS);
    }

    private Map<TaskState, Integer> states() {
        Map<TaskState, Integer> states = new TreeMap<>();
        for (int i = 0; i < TASKS; i++) {
            states.merge(submission.state(i), 1, Integer::sum);
        }
        return states;
    }
}

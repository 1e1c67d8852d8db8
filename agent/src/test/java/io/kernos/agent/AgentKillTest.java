package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's process is killed with SIGKILL again and again while real tasks come and go. */
class AgentKillTest {
    private static final int KILLS = Integer.getInteger("kernos.agent.kills", 5);
    private static final int TASKS_A_LIFE = 40;
    private static final long SEED = Long.getLong("kernos.agent.killSeed", System.nanoTime());

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final Map<Long, Integer> templateOf = new TreeMap<>();
    private long lastTaskId;

    @Test
    void shouldReportEachEndOnceWhenAgentIsKilledAgainAndAgain() throws IOException {
        Path work = folder.resolve("agent");
        Path runs = Files.createFile(folder.resolve("runs"));
        try (TestRelay relay = new TestRelay(folder, "aeron")) {
            for (int life = 1; life <= KILLS; life++) {
                AgentProcess agent = AgentProcess.start(work, relay);
                try {
                    beginLife(relay, life, runs);
                    launchNew(relay, random.nextInt(TASKS_A_LIFE) + 1);
                    int statuses = relay.statuses.size() + random.nextInt(TASKS_A_LIFE);
                    long deadlineNs = System.nanoTime() + 200_000_000;
                    relay.await(
                            "a moment to kill in",
                            () -> relay.statuses.size() >= statuses || System.nanoTime() - deadlineNs > 0);
                } finally {
                    agent.kill();
                }
            }
            AgentNode agent = AgentNode.launch(AgentProcess.context(work, relay.aeronDirectory(), relay.endpoint()));
            try {
                beginLife(relay, KILLS + 1, runs);
                templateOf.keySet().forEach(relay::awaitEnd);
                relay.await("no task to be left", () -> agent.liveTaskCount() == 0);
            } finally {
                agent.close(true);
            }
            check(relay, runs);
        }
    }

    /** As the master does: what the agent does not know and was never told of is launched again. */
    private void beginLife(TestRelay relay, int life, Path runs) {
        relay.awaitRegistration(life);
        String told = "echo $KERNOS_TASK_ID >> " + runs + "; ";
        relay.define(1, 1_000, "/bin/sh", "-c", told);
        relay.define(2, 1_000, "/bin/sh", "-c", told + "exit 3");
        relay.define(3, 1_000, "/bin/sh", "-c", told + "sleep 0.$((KERNOS_TASK_ID % 10)); exit 4");
        Set<Long> reported = new TreeSet<>();
        relay.statuses.forEach(status -> reported.add(status.taskId()));
        templateOf.forEach((taskId, template) -> {
            if (!reported.contains(taskId) && !relay.listed.containsKey(taskId)) {
                relay.launch(taskId, template);
            } else if (relay.end(taskId) == null) {
                assertTrue(relay.listed.containsKey(taskId), "seed " + SEED + ": task " + taskId + " was forgotten");
            }
        });
    }

    private void launchNew(TestRelay relay, int count) {
        for (int i = 0; i < count; i++) {
            int template = 1 + random.nextInt(3);
            templateOf.put(++lastTaskId, template);
            relay.launch(lastTaskId, template);
        }
    }

    private void check(TestRelay relay, Path runs) throws IOException {
        Map<Long, Integer> counts = new HashMap<>();
        for (String line : Files.readAllLines(runs)) {
            counts.merge(Long.parseLong(line), 1, Integer::sum);
        }
        templateOf.forEach((taskId, template) -> {
            String which = "seed " + SEED + ": task " + taskId;
            assertEquals(1, counts.getOrDefault(taskId, 0), which + " must run once");
            Set<String> ends = new TreeSet<>();
            relay.statuses.stream()
                    .filter(status -> status.taskId() == taskId && AgentTask.bit(status.state()) == AgentTask.END_BIT)
                    .forEach(status -> ends.add(status.state() + " " + status.exitStatus()));
            TaskState state = template == 1 ? TaskState.FINISHED : TaskState.FAILED;
            int code = template == 1 ? 0 : template + 1;
            assertEquals(Set.of(state + " " + code), ends, which);
        });
    }
}

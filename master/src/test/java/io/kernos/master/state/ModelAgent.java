package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** An agent that does anything: runs and ends tasks, loses its connection, starts again, repeats what it said. */
final class ModelAgent {
    private static final long CPUS = 4_000;
    private static final long MEMORY = 8L << 30;

    private record Key(long frameworkId, long taskId) {}

    private final Random random;
    private final TestAgent agent;
    private final Map<Key, TaskState> tasks = new LinkedHashMap<>();
    private final Map<Key, List<TaskState>> unacknowledged = new LinkedHashMap<>();
    private final Map<Key, List<Long>> ports = new LinkedHashMap<>();
    private final Set<Integer> templates = new HashSet<>();
    private final Set<Key> everRan = new HashSet<>();
    private boolean isConnected;

    ModelAgent(TestRelay relay, Random random, int number) {
        this.random = random;
        agent = new TestAgent(relay, CPUS, MEMORY);
        agent.instanceId = 10_000L + number;
        register();
    }

    void act() {
        if (!isConnected) {
            if (random.nextInt(3) == 0) {
                register();
            }
            return;
        }
        switch (random.nextInt(12)) {
            case 0 -> disconnect();
            case 1 -> restart();
            case 2 -> register();
            case 3 -> repeat();
            default -> progress();
        }
    }

    void comeBack() {
        if (!isConnected) {
            register();
        }
    }

    void finishAll() {
        for (Key key : new ArrayList<>(tasks.keySet())) {
            if (!TaskStates.isFinal(tasks.get(key))) {
                end(key, TaskState.FINISHED);
            }
        }
        repeat();
    }

    boolean isQuiet() {
        return tasks.isEmpty() && unacknowledged.isEmpty();
    }

    void assertNothingRuns() {
        assertTrue(tasks.values().stream().allMatch(TaskStates::isFinal), () -> "still runs: " + tasks);
    }

    void onRelayLost(TestRelay relay) {
        if (agent.relay == relay) {
            isConnected = false;
        }
    }

    void on(TestRelay relay, Inbox.Message message) {
        if (relay != agent.relay || !isConnected) {
            return;
        }
        switch (message) {
            case Inbox.Define define -> {
                if (define.connectionId() == agent.connectionId) {
                    templates.add(templateKey(define.frameworkId(), define.templateId()));
                }
            }
            case Inbox.Launch launch -> onLaunch(launch);
            case Inbox.Kill kill -> onKill(kill);
            case Inbox.Ack ack -> onAck(ack);
            default -> {}
        }
    }

    private void onLaunch(Inbox.Launch launch) {
        Key key = new Key(launch.frameworkId(), launch.taskId());
        if (launch.connectionId() != agent.connectionId || tasks.containsKey(key)) {
            return;
        }
        assertTrue(
                templates.contains(templateKey(launch.frameworkId(), launch.templateId())),
                () -> "a template that was not told: " + launch);
        assertTrue(everRan.add(key), () -> "runs twice: " + launch);
        for (Map.Entry<Key, List<Long>> other : ports.entrySet()) {
            if (tasks.containsKey(other.getKey()) && !TaskStates.isFinal(tasks.get(other.getKey()))) {
                for (long port : launch.ports()) {
                    assertFalse(other.getValue().contains(port), () -> "a port twice: " + launch);
                }
            }
        }
        ports.put(key, launch.ports());
        tasks.put(key, TaskState.STAGING);
    }

    private void onKill(Inbox.Kill kill) {
        Key key = new Key(kill.frameworkId(), kill.taskId());
        if (kill.connectionId() != agent.connectionId) {
            return;
        }
        TaskState state = tasks.get(key);
        if (state == null) {
            report(key, TaskState.LOST);
        } else if (!TaskStates.isFinal(state)) {
            end(key, TaskState.KILLED);
        }
    }

    private void onAck(Inbox.Ack ack) {
        Key key = new Key(ack.frameworkId(), ack.taskId());
        if (ack.connectionId() != agent.connectionId || !unacknowledged.containsKey(key)) {
            return;
        }
        List<TaskState> states = unacknowledged.get(key);
        states.remove(ack.state());
        if (states.isEmpty()) {
            unacknowledged.remove(key);
            if (TaskStates.isFinal(tasks.getOrDefault(key, ack.state()))) {
                tasks.remove(key);
                ports.remove(key);
            }
        }
    }

    private void progress() {
        List<Key> keys = new ArrayList<>(tasks.keySet());
        if (keys.isEmpty()) {
            return;
        }
        Key key = keys.get(random.nextInt(keys.size()));
        switch (tasks.get(key)) {
            case STAGING -> become(key, random.nextInt(5) == 0 ? TaskState.FAILED : TaskState.STARTING);
            case STARTING -> become(key, TaskState.RUNNING);
            case RUNNING -> become(key, random.nextInt(4) == 0 ? TaskState.FAILED : TaskState.FINISHED);
            default -> repeat();
        }
    }

    private void end(Key key, TaskState state) {
        become(key, state);
    }

    private void become(Key key, TaskState state) {
        tasks.put(key, state);
        report(key, state);
    }

    private void report(Key key, TaskState state) {
        unacknowledged.computeIfAbsent(key, each -> new ArrayList<>()).add(state);
        if (isConnected && random.nextInt(5) != 0) {
            agent.relay.send(
                    Messages.status(agent.connectionId, key.frameworkId(), key.taskId(), state, TaskReason.NONE, "m"));
        }
    }

    private void repeat() {
        if (!isConnected) {
            return;
        }
        for (Map.Entry<Key, List<TaskState>> each : new ArrayList<>(unacknowledged.entrySet())) {
            for (TaskState state : new ArrayList<>(each.getValue())) {
                Key key = each.getKey();
                agent.relay.send(Messages.status(
                        agent.connectionId, key.frameworkId(), key.taskId(), state, TaskReason.NONE, "m"));
            }
        }
    }

    private void disconnect() {
        isConnected = false;
        agent.disconnect();
    }

    private void restart() {
        agent.restart();
        if (random.nextBoolean()) {
            disconnect();
        } else {
            register();
        }
    }

    private void register() {
        templates.clear();
        isConnected = true;
        agent.begin();
        List<Key> keys = new ArrayList<>(tasks.keySet());
        int half = random.nextInt(keys.size() + 1);
        list(keys.subList(0, half), false);
        list(keys.subList(half, keys.size()), true);
    }

    private void list(List<Key> keys, boolean last) {
        long[][] listed = keys.stream()
                .map(each -> TestAgent.task(each.frameworkId(), each.taskId(), tasks.get(each)))
                .toArray(long[][]::new);
        agent.list(last, listed);
    }

    private static int templateKey(long frameworkId, int templateId) {
        return (int) frameworkId * 1_000 + templateId;
    }

    @Override
    public String toString() {
        return "agent " + agent.id + (isConnected ? " here " : " away ") + tasks + unacknowledged;
    }
}

package io.kernos.agent;

import io.kernos.transport.codecs.TaskState;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What the master owes an agent: launches until they are known, acknowledgements, kills. */
final class SimulatedMaster {
    /** What the master knows of a task. */
    static final class Known {
        TaskState state = TaskState.STAGING;
        boolean killWanted;
    }

    final Map<Long, Known> tasks = new TreeMap<>();
    private final ArrayDeque<Consumer<AgentCore>> toAgent = new ArrayDeque<>();
    private final Random random;
    private final String seed;

    SimulatedMaster(Random random, String seed) {
        this.random = random;
        this.seed = seed;
    }

    void submit(long taskId, boolean connected) {
        tasks.put(taskId, new Known());
        if (connected) {
            launch(taskId);
        }
    }

    void kill(long taskId, boolean connected) {
        Known known = tasks.get(taskId);
        if (known != null && !finalState(known.state)) {
            known.killWanted = true;
            if (connected) {
                sendKill(taskId);
            }
        }
    }

    private void sendKill(long taskId) {
        int graceMs = random.nextInt(3) * 50 - 50;
        toAgent.add(core -> core.onKill(1, taskId, graceMs));
    }

    private void launch(long taskId) {
        toAgent.add(core -> {
            var template = TestMessages.template(1, 1, 40, "/bin/true");
            core.onDefineTemplate(template, 0, template.capacity());
            var launch = TestMessages.launch(1, taskId, 1);
            core.onLaunch(launch, 0, launch.capacity(), 6);
        });
    }

    void onDisconnected() {
        toAgent.clear();
    }

    /** The agent registered and told of its tasks. */
    void onRegistered(AgentCore core) {
        onDisconnected();
        Map<Long, TaskState> listed = new TreeMap<>();
        core.forEachTask(task -> listed.put(task.taskId(), task.state()));
        listed.forEach((taskId, state) -> tell(tasks.get(taskId), taskId, state));
        core.onRegistered(7, 70);
        tasks.forEach((taskId, known) -> {
            if (finalState(known.state)) {
                return;
            }
            if (!listed.containsKey(taskId)) {
                if (known.state != TaskState.STAGING) {
                    throw new AssertionError(seed + ": task " + taskId + " was " + known.state + " and is unknown now");
                }
                launch(taskId);
            }
            if (known.killWanted) {
                sendKill(taskId);
            }
        });
    }

    void onStatus(long taskId, TaskState state) {
        tell(tasks.get(taskId), taskId, state);
        toAgent.add(core -> core.onStatusAck(1, taskId, state));
    }

    /** What was told stays so: an end is the only one, and what is being killed is killed, or lost. */
    private void tell(Known known, long taskId, TaskState state) {
        boolean end = finalState(state);
        boolean killed = state == TaskState.KILLED || state == TaskState.LOST;
        if (end && (finalState(known.state) ? state != known.state : known.state == TaskState.KILLING && !killed)) {
            throw new AssertionError(seed + ": task " + taskId + " was told " + known.state + ", then " + state);
        }
        if (end || !finalState(known.state) && known.state != TaskState.KILLING) {
            known.state = state;
        }
    }

    int deliver(AgentCore core) {
        Consumer<AgentCore> message = toAgent.poll();
        if (message == null) {
            return 0;
        }
        message.accept(core);
        return 1;
    }

    boolean hasEnded(long taskId) {
        return finalState(tasks.get(taskId).state);
    }

    boolean allEnded() {
        return tasks.values().stream().allMatch(known -> finalState(known.state));
    }

    static boolean finalState(TaskState state) {
        return AgentTask.bit(state) == AgentTask.END_BIT;
    }
}

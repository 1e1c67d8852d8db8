package io.kernos.agent;

import io.kernos.isolation.ContainerExit;
import io.kernos.isolation.LaunchOutcome;
import io.kernos.isolation.LaunchStage;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/** A core whose effects are written down, for tests of single scenarios. */
final class CoreHarness implements TaskContainers, StatusPublisher {
    static final long SUPERVISOR = 77;
    static final long CLUSTER = 90;
    static final long RETRY_MS = 1_000;
    static final long RETRY_MAX_MS = 4_000;

    final List<String> effects = new ArrayList<>();
    final long[] counters = new long[AgentCounter.values().length];
    MemoryJournal journal = new MemoryJournal();
    AgentCore core;
    long nowMs = 1_000;
    long supervisorId = SUPERVISOR;
    boolean registered;
    boolean supervisorTakes = true;
    LaunchException refusal;
    final Set<Long> broken = new HashSet<>();
    final List<Long> sandboxesEnded = new ArrayList<>();
    private int maxTemplates = TemplateTable.MAX_COUNT;

    CoreHarness() {
        core = newCore();
        core.onReplayed(false);
    }

    /** Recovered, registered, with template 1 of framework 1 told; nothing of it in the effects. */
    static CoreHarness ready() {
        CoreHarness harness = new CoreHarness();
        harness.core.onRecoveryComplete();
        harness.register();
        harness.define(TestMessages.template(1, 1, 500, "/bin/true"));
        harness.effects.clear();
        return harness;
    }

    private AgentCore newCore() {
        return new AgentCore(
                (buffer, offset, length) -> journal.append(buffer, offset, length),
                this,
                this,
                (counter, delta) -> counters[counter.ordinal()] += delta,
                RETRY_MS,
                RETRY_MAX_MS,
                maxTemplates);
    }

    /** From now on the agent, which is started anew, has another limit. */
    void maxTemplates(int value) {
        maxTemplates = value;
        restart();
        core.onRecoveryComplete();
        register();
        effects.clear();
    }

    /** The agent dies and another finds its journal; the supervisor has not told anything yet. */
    void restart() {
        registered = false;
        core = newCore();
        MemoryJournal.replay(journal.bytes, core);
        advance(0);
        effects.clear();
    }

    void register() {
        register(CLUSTER);
    }

    void register(long clusterId) {
        registered = true;
        core.onRegistered(9, clusterId);
        advance(0);
    }

    void define(UnsafeBuffer template) {
        core.onDefineTemplate(template, 0, template.capacity());
    }

    void launch(long taskId) {
        launch(TestMessages.launch(1, taskId, 1));
    }

    void launch(UnsafeBuffer launch) {
        core.onLaunch(launch, 0, launch.capacity(), 6);
        core.verify();
    }

    void started(long taskId) {
        core.onStarted(1, taskId, 100, 7, 0, 0);
        core.verify();
    }

    void exited(long taskId, int code) {
        exited(taskId, new ContainerExit(code, 0, false, false, 0, 0, 0, 8));
    }

    void exited(long taskId, ContainerExit exit) {
        core.onExited(1, taskId, exit);
        core.verify();
    }

    void failed(long taskId) {
        core.onFailed(1, taskId, LaunchStage.EXEC, 2, "could not execute the command: ENOENT");
        core.verify();
    }

    void acknowledge(long taskId, TaskState state) {
        core.onStatusAck(1, taskId, state);
        core.verify();
    }

    void advance(long ms) {
        nowMs += ms;
        core.onTime(nowMs, nowMs * 1_000_000);
        core.verify();
    }

    long count(AgentCounter counter) {
        return counters[counter.ordinal()];
    }

    List<String> takeEffects() {
        List<String> taken = List.copyOf(effects);
        effects.clear();
        return taken;
    }

    @Override
    public boolean publish(AgentTask task, TaskState state) {
        if (!registered) {
            return false;
        }
        boolean end = AgentTask.bit(state) == AgentTask.END_BIT;
        effects.add("status " + task.taskId() + " " + state + (end ? " " + task.endReason() : ""));
        return true;
    }

    @Override
    public LaunchOutcome launch(AgentTask task) throws LaunchException {
        if (refusal != null) {
            throw refusal;
        }
        if (!supervisorTakes) {
            return LaunchOutcome.BACK_PRESSURED;
        }
        if (broken.contains(task.taskId())) {
            throw new IllegalStateException("the machine is out of order");
        }
        task.sandboxMade = true;
        effects.add("launch " + task.taskId());
        return LaunchOutcome.ACCEPTED;
    }

    @Override
    public boolean signal(long frameworkId, long taskId, int signal) {
        return effect("signal " + taskId + " " + signal);
    }

    @Override
    public boolean destroy(long frameworkId, long taskId) {
        return effect("destroy " + taskId);
    }

    @Override
    public boolean acknowledge(long frameworkId, long taskId) {
        return effect("acknowledge " + taskId);
    }

    private boolean effect(String effect) {
        if (supervisorTakes) {
            effects.add(effect);
        }
        return supervisorTakes;
    }

    @Override
    public void ended(AgentTask task) {
        sandboxesEnded.add(task.taskId());
    }

    @Override
    public long supervisorId() {
        return supervisorId;
    }
}

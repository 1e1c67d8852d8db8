package io.kernos.agent;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/**
 * How tasks are made to end: a signal, a grace period, and then all of it is killed.
 */
final class TaskKiller {
    private static final int SIGTERM = 15;

    private final KillTimers timers = new KillTimers(this::destroy);
    private final TaskLife life;
    private final ContainerOrders orders;
    private long nowMs;
    private long epochNs;

    TaskKiller(TaskLife life, ContainerOrders orders) {
        this.life = life;
        this.orders = orders;
    }

    int onTime(long newNowMs, long newEpochNs) {
        nowMs = newNowMs;
        epochNs = newEpochNs;
        return timers.onTime(nowMs);
    }

    /** Asks a live task to end; again, with less grace only. */
    void kill(AgentTask task, int graceMs) {
        if (task.phase == TaskPhase.ACCEPTED) {
            String message = "killed before it was started";
            life.end(task, TaskState.KILLED, TaskReason.KILLED_DURING_LAUNCH, 0, epochNs, message);
            return;
        }
        boolean first = !task.killRequested;
        if (!first && nowMs + graceMs >= task.destroyAtMs) {
            return;
        }
        task.killRequested = true;
        task.killGraceMs = graceMs;
        if (first) {
            life.phase(task, TaskPhase.KILLING);
        }
        life.killing(task);
        timers.add(task, nowMs + graceMs);
        if (graceMs == 0) {
            timers.onTime(nowMs);
        } else if (first && orders.isOpen()) {
            orders.signal(task, SIGTERM);
        }
    }

    /** A supervisor that may not have been asked yet holds the task. */
    void goOn(AgentTask task) {
        if (task.phase == TaskPhase.DESTROYING) {
            orders.destroy(task.frameworkId, task.taskId);
        } else if (task.phase == TaskPhase.KILLING) {
            orders.signal(task, SIGTERM);
            timers.add(task, nowMs + task.killGraceMs);
        }
    }

    private void destroy(AgentTask task) {
        if (task.phase == TaskPhase.KILLING) {
            life.phase(task, TaskPhase.DESTROYING);
            if (orders.isOpen()) {
                orders.destroy(task.frameworkId, task.taskId);
            }
        }
    }
}

package io.kernos.agent;

import io.kernos.transport.codecs.TaskState;
import java.util.ArrayDeque;
import org.agrona.collections.MutableInteger;

/**
 * The statuses that the master has not acknowledged: each is sent when it comes to be, after each registration, and
 * again when it was not acknowledged in time, after pauses that double. They are kept with their tasks, so they cannot
 * overflow.
 */
final class StatusOutbox {
    private final ArrayDeque<AgentTask> queue = new ArrayDeque<>();
    private final TaskTable tasks;
    private final StatusPublisher publisher;
    private final Counting counting;
    private final long retryMs;
    private final long retryMaxMs;
    private long nowMs;
    private long sweepAtMs;

    StatusOutbox(TaskTable tasks, StatusPublisher publisher, Counting counting, long retryMs, long retryMaxMs) {
        this.tasks = tasks;
        this.publisher = publisher;
        this.counting = counting;
        this.retryMs = retryMs;
        this.retryMaxMs = retryMaxMs;
    }

    void report(AgentTask task, TaskState state) {
        int bit = AgentTask.bit(state);
        pending(task, task.unacknowledged | bit);
        task.unsent |= bit;
        task.retryPauseMs = retryMs;
        if (!queue.isEmpty() || !send(task)) {
            enqueue(task);
        }
    }

    /**
     * Takes an acknowledgement.
     *
     * @return whether it was of the end of the task.
     */
    boolean acknowledged(AgentTask task, TaskState state) {
        int bit = AgentTask.bit(state) & task.unacknowledged;
        if (bit == AgentTask.END_BIT && state != task.endState) {
            return false;
        }
        pending(task, bit == 0 ? task.unacknowledged : task.unacknowledged & ~(bit | bit - 1));
        task.unsent &= task.unacknowledged;
        return bit == AgentTask.END_BIT;
    }

    /** Queues all that is not acknowledged, as after a registration. */
    void repeatAll() {
        tasks.forEach(task -> {
            task.retryPauseMs = retryMs;
            repeat(task);
        });
    }

    /** Counts what a journal restored. */
    void restored() {
        tasks.forEach(task -> {
            if (task.unacknowledged != 0) {
                counting.add(AgentCounter.STATUSES_PENDING, 1);
            }
        });
    }

    int onTime(long newNowMs) {
        nowMs = newNowMs;
        if (nowMs >= sweepAtMs) {
            sweepAtMs = nowMs + Math.max(1, retryMs / 4);
            repeatOverdue();
        }
        return flush();
    }

    private int flush() {
        int count = 0;
        while (!queue.isEmpty()) {
            AgentTask task = queue.peekFirst();
            if (!send(task)) {
                return count;
            }
            queue.pollFirst();
            task.statusQueued = false;
            count++;
        }
        return count;
    }

    private void repeatOverdue() {
        MutableInteger repeated = new MutableInteger();
        tasks.forEach(task -> {
            if (task.unacknowledged != 0 && !task.statusQueued && nowMs - task.sentMs >= task.retryPauseMs) {
                task.retryPauseMs = Math.min(2 * task.retryPauseMs, retryMaxMs);
                repeat(task);
                repeated.increment();
            }
        });
        if (repeated.get() > 0) {
            counting.add(AgentCounter.STATUSES_REPEATED, repeated.get());
        }
    }

    private void repeat(AgentTask task) {
        task.unsent = task.unacknowledged;
        if (task.unsent != 0) {
            enqueue(task);
        }
    }

    private void enqueue(AgentTask task) {
        if (!task.statusQueued) {
            task.statusQueued = true;
            queue.addLast(task);
        }
    }

    private boolean send(AgentTask task) {
        return send(task, AgentTask.RUNNING_BIT, TaskState.RUNNING)
                && send(task, AgentTask.KILLING_BIT, TaskState.KILLING)
                && send(task, AgentTask.END_BIT, task.endState);
    }

    private boolean send(AgentTask task, int bit, TaskState state) {
        if ((task.unsent & bit) == 0) {
            return true;
        }
        if (!publisher.publish(task, state)) {
            return false;
        }
        task.unsent &= ~bit;
        task.sentMs = nowMs;
        return true;
    }

    private void pending(AgentTask task, int unacknowledged) {
        if (task.unacknowledged == 0 != (unacknowledged == 0)) {
            counting.add(AgentCounter.STATUSES_PENDING, unacknowledged == 0 ? -1 : 1);
        }
        task.unacknowledged = unacknowledged;
    }
}

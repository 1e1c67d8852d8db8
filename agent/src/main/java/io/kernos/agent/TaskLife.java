package io.kernos.agent;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayDeque;

/**
 * The one place where tasks come, change their phase, end and go.
 */
final class TaskLife {
    private final ArrayDeque<AgentTask> notDurable = new ArrayDeque<>();
    private final AgentState state;
    private final JournalPublisher journal;
    private final TaskContainers containers;
    private final ContainerOrders orders;
    private final StatusOutbox statuses;
    private final Counting counting;
    private int liveCount;

    TaskLife(
            AgentState state,
            JournalPublisher journal,
            TaskContainers containers,
            ContainerOrders orders,
            StatusOutbox statuses,
            Counting counting) {
        this.state = state;
        this.journal = journal;
        this.containers = containers;
        this.orders = orders;
        this.statuses = statuses;
        this.counting = counting;
    }

    /** Counts what a journal restored. */
    void restored() {
        state.tasks.forEach(task -> liveCount += task.live() ? 1 : 0);
        counting.add(AgentCounter.TASKS_LIVE, liveCount);
    }

    int liveCount() {
        return liveCount;
    }

    void add(AgentTask task) {
        state.tasks.add(task);
        liveCount++;
        counting.add(AgentCounter.TASKS_LIVE, 1);
    }

    void end(AgentTask task, TaskState endState, TaskReason reason, int exitStatus, long endedNs, String message) {
        task.endState = endState;
        task.endReason = reason;
        task.exitStatus = exitStatus;
        task.endedNs = endedNs;
        task.message = message;
        phase(task, TaskPhase.ENDED);
        liveCount--;
        counting.add(AgentCounter.TASKS_LIVE, -1);
        counting.add(AgentCounter.TASKS_ENDED, 1);
        if (!makeDurable(task)) {
            notDurable.add(task);
        }
        statuses.report(task, endState);
        if (task.template != null) {
            containers.ended(task);
        }
    }

    /** Whether each end is in the journal. */
    boolean allDurable() {
        return notDurable.isEmpty();
    }

    boolean makeDurable(AgentTask task) {
        task.endDurable = task.endDurable || journal.status(task, task.endState);
        if (task.endDurable && task.supervisorId != 0) {
            orders.acknowledge(task.frameworkId, task.taskId);
        }
        return task.endDurable;
    }

    int makeDurable() {
        int count = 0;
        while (!notDurable.isEmpty() && makeDurable(notDurable.peekFirst())) {
            notDurable.pollFirst();
            count++;
        }
        return count;
    }

    /** The supervisor tells the end of a task that ended here before, or is not known any more. */
    void settle(AgentTask task, long frameworkId, long taskId) {
        if (task == null || task.endDurable) {
            orders.acknowledge(frameworkId, taskId);
        }
    }

    void forget(AgentTask task) {
        task.endDurable = true;
        state.tasks.remove(task);
    }

    void phase(AgentTask task, TaskPhase next) {
        if (!task.phase.mayBecome(next)) {
            throw new IllegalStateException(task + " cannot become " + next);
        }
        task.phase = next;
    }
}

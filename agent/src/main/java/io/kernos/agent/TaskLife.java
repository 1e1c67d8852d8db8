package io.kernos.agent;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayDeque;

/**
 * The one place where tasks come, change their phase, end and go.
 * <p>
 * What the master is told cannot be taken back, and an agent that dies knows only what is in its journal. So a kill and
 * an end are told once they are written; while that fails they wait, and are tried again.
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
        write(task);
        if (task.refused) {
            statuses.report(task, endState);
        }
        if (task.sandboxMade || task.restored) {
            containers.ended(task);
        }
    }

    /** A live task was asked to end. */
    void killing(AgentTask task) {
        write(task);
    }

    private void write(AgentTask task) {
        if (!makeDurable(task) && !task.journalQueued) {
            task.journalQueued = true;
            notDurable.addLast(task);
        }
    }

    /** Writes what could not be written before, as far as that is possible now. */
    int makeDurable() {
        int count = 0;
        while (!notDurable.isEmpty() && journal.mayTryAgain() && makeDurable(notDurable.peekFirst())) {
            notDurable.pollFirst().journalQueued = false;
            count++;
        }
        return count;
    }

    private boolean makeDurable(AgentTask task) {
        return task.live() ? makeKillDurable(task) : makeEndDurable(task);
    }

    private boolean makeKillDurable(AgentTask task) {
        if (!journal.kill(task, task.killGraceMs)) {
            return false;
        }
        if (!task.killDurable) {
            task.killDurable = true;
            statuses.report(task, TaskState.KILLING);
        }
        return true;
    }

    private boolean makeEndDurable(AgentTask task) {
        if (task.endDurable) {
            return true;
        }
        if (!journal.status(task, task.endState)) {
            return false;
        }
        task.endDurable = true;
        if (task.supervisorId != 0) {
            orders.acknowledge(task.frameworkId, task.taskId);
        }
        if (!task.refused) {
            statuses.report(task, task.endState);
        }
        return true;
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

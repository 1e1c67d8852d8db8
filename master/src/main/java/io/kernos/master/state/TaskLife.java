package io.kernos.master.state;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/** The one place that changes a task's state. States go forward only, except that UNREACHABLE gives way to what was. */
final class TaskLife {
    private final Ledger ledger;
    private final Updates updates;
    private final Projection projection;
    private final Counting counting;

    TaskLife(Tables tables, Ledger ledger, Updates updates, StateContext context) {
        this.ledger = ledger;
        this.updates = updates;
        this.projection = tables.projection;
        this.counting = context.counting();
    }

    /**
     * Changes a task's state, frees what it has where that is final, and tells its framework. The task may be gone
     * after this call.
     */
    void change(Task task, TaskState state, TaskReason reason, long nowMs) {
        checkForward(task, state);
        task.state = state;
        task.reason = reason;
        task.updatedMs = nowMs;
        if (state != TaskState.UNREACHABLE) {
            task.progress = state;
        }
        projection.changed(task);
        if (TaskStates.isFinal(state)) {
            counting.add(MasterCounter.ofFinal(state), 1);
            counting.add(MasterCounter.TASKS_UNACKNOWLEDGED, 1);
            leaveAgent(task);
        }
        if (state != TaskState.STAGING || task.sequence > 0) {
            updates.changed(task);
        }
    }

    /** Whether a state that an agent reports is news. */
    static boolean isNews(Task task, TaskState reported) {
        if (task.isFinal()) {
            return false;
        }
        int progress = TaskStates.rank(task.progress);
        int rank = TaskStates.rank(reported);
        return rank > progress || (task.state == TaskState.UNREACHABLE && rank == progress);
    }

    private void leaveAgent(Task task) {
        if (task.agent == null) {
            return;
        }
        ledger.recoverUsed(task);
        task.inAgent.unlink();
        task.agent = null;
        task.framework.liveCount--;
        projection.changed(task.framework);
        counting.add(MasterCounter.TASKS_LIVE, -1);
    }

    private static void checkForward(Task task, TaskState state) {
        boolean isForward = !task.isFinal()
                && state != task.state
                && (task.state == TaskState.UNREACHABLE
                        ? TaskStates.rank(state) >= TaskStates.rank(task.progress)
                        : TaskStates.rank(state) > TaskStates.rank(task.state));
        if (!isForward) {
            throw new IllegalStateException(task + " cannot become " + state);
        }
    }
}

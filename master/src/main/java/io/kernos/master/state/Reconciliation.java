package io.kernos.master.state;

import io.kernos.transport.codecs.ReconcileTasksDecoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/** Tells a framework the states of its tasks: of those it names, or of all that were placed. */
final class Reconciliation {
    private final Updates updates;
    private final FrameworkPublisher publisher;

    Reconciliation(Publishers publishers, Updates updates) {
        this.updates = updates;
        this.publisher = publishers.frameworks;
    }

    void reconcile(Framework framework, ReconcileTasksDecoder message) {
        ReconcileTasksDecoder.TasksDecoder tasks = message.tasks();
        if (tasks.count() == 0) {
            updates.answerAll(framework);
        }
        while (tasks.hasNext()) {
            long taskId = tasks.next().taskId();
            Task task = framework.taskById.get(taskId);
            Demand demand = framework.demands.of(taskId);
            if (task != null) {
                updates.answer(task);
            } else if (demand != null && !demand.isKilled()) {
                publisher.answer(framework, taskId, TaskState.PENDING, TaskReason.RECONCILIATION);
            } else if (demand == null) {
                publisher.answer(framework, taskId, TaskState.UNKNOWN, TaskReason.RECONCILIATION);
            }
        }
    }
}

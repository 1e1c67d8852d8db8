package io.kernos.master.state;

import io.kernos.transport.codecs.TaskReason;

/**
 * Tells frameworks what became of their tasks, until they acknowledge it.
 *
 * <p>Each change of a task's state is an update with the next sequence; only the latest state is kept, so a framework
 * that is slow sees fewer steps. An acknowledgement covers all sequences up to its own. A framework has at most
 * {@link #WINDOW} tasks with updates on the way; those of further tasks wait in its queue, where answers to a
 * reconciliation of everything wait too.
 */
final class Updates {
    /** Most tasks of a framework with an update that is sent and not acknowledged. */
    static final int WINDOW = 4096;

    /** Most answers in one step. */
    static final int MAX_ANSWERS = 1024;

    private final FrameworkPublisher publisher;
    private final TaskTable taskTable;
    private final Projection projection;
    private final Tables tables;
    private final Stamps stamps;
    private final Counting counting;

    Updates(Tables tables, Publishers publishers, StateContext context) {
        this.publisher = publishers.frameworks;
        this.taskTable = tables.tasks;
        this.projection = tables.projection;
        this.tables = tables;
        this.stamps = tables.stamps;
        this.counting = context.counting();
    }

    /** A task has a new state. It may be gone after this call. */
    void changed(Task task) {
        Framework framework = task.framework;
        task.sequence++;
        if (framework.isUnattended()) {
            forgo(task);
        } else if (framework.session != null) {
            if (isOnTheWay(task) || (framework.queue.isEmpty() && framework.inFlight < WINDOW)) {
                send(task);
            } else {
                enqueue(task);
            }
        }
    }

    /** A framework acknowledges all updates of a task up to a sequence; false if it was not sent that many. */
    boolean acknowledge(Task task, int sequence) {
        if (sequence <= task.acknowledgedSequence) {
            return true;
        }
        if (sequence > task.sentSequence) {
            return false;
        }
        counting.add(MasterCounter.UPDATES_ACKNOWLEDGED, sequence - task.acknowledgedSequence);
        task.acknowledgedSequence = sequence;
        if (!isOnTheWay(task)) {
            task.framework.inFlight--;
            tables.attend(task.framework);
        }
        if (task.isFinal() && sequence == task.sequence) {
            retire(task);
        } else {
            projection.changed(task);
        }
        return true;
    }

    /** Tells a task's state now: its unacknowledged update again, or an answer. */
    void answer(Task task) {
        if (isOnTheWay(task)) {
            publish(task, task.sentSequence == task.sequence ? task.sequence : 0);
        } else {
            publish(task, 0);
        }
    }

    /** Tells the states of all tasks, as there is room. */
    void answerAll(Framework framework) {
        for (Task task = framework.tasks.first(); task != null; task = task.inFramework.after()) {
            task.answerWanted = true;
            enqueue(task);
        }
        tables.attend(framework);
    }

    /** A framework's session is new: all that it did not acknowledge is to be sent again. */
    void restart(Framework framework) {
        clearQueue(framework);
        framework.inFlight = 0;
        for (Task task = framework.tasks.first(); task != null; task = task.inFramework.after()) {
            task.sentSequence = task.acknowledgedSequence;
            if (task.sequence > task.acknowledgedSequence) {
                enqueue(task);
            }
        }
        tables.attend(framework);
    }

    /** A framework's session is gone: nothing is sent until it restarts. */
    void stop(Framework framework) {
        clearQueue(framework);
        framework.inFlight = 0;
        for (Task task = framework.tasks.first(); task != null; task = task.inFramework.after()) {
            task.sentSequence = task.acknowledgedSequence;
        }
    }

    /** Nobody will acknowledge what a stopped framework was told: all of it counts as acknowledged. */
    void forgoAll(Framework framework) {
        Task task = framework.tasks.first();
        while (task != null) {
            Task next = task.inFramework.after();
            forgo(task);
            task = next;
        }
        tables.attend(framework);
    }

    /** Sends what waits, as far as there is room; true if the rest waits for the next step only. */
    boolean drain(Framework framework) {
        int answers = 0;
        while (!framework.queue.isEmpty()) {
            Task task = framework.queue.first();
            boolean isUpdate = task.sequence > task.sentSequence;
            if (isUpdate && !isOnTheWay(task) && framework.inFlight >= WINDOW) {
                return false;
            }
            if (!isUpdate && ++answers > MAX_ANSWERS) {
                return true;
            }
            dequeue(task);
            if (isUpdate) {
                send(task);
            } else {
                answer(task);
            }
        }
        return false;
    }

    /** Whether a task that ends now would be told at once. */
    boolean hasRoom(Framework framework) {
        return framework.isUnattended()
                || (framework.session != null && framework.queue.isEmpty() && framework.inFlight < WINDOW);
    }

    void enqueue(Task task) {
        if (!task.inQueue.isLinked()) {
            task.queueStamp = stamps.next();
            task.framework.queue.append(task.inQueue);
        }
    }

    static boolean isOnTheWay(Task task) {
        return task.sentSequence > task.acknowledgedSequence;
    }

    private void send(Task task) {
        if (!isOnTheWay(task)) {
            task.framework.inFlight++;
        }
        task.sentSequence = task.sequence;
        publish(task, task.sequence);
    }

    private void publish(Task task, int sequence) {
        counting.add(MasterCounter.UPDATES, 1);
        publisher.update(task, sequence, sequence == 0 ? TaskReason.RECONCILIATION : task.reason);
    }

    private void forgo(Task task) {
        task.sentSequence = task.sequence;
        task.acknowledgedSequence = task.sequence;
        if (task.isFinal()) {
            retire(task);
        }
    }

    private void dequeue(Task task) {
        task.inQueue.unlink();
        task.queueStamp = 0;
        task.answerWanted = false;
    }

    private void clearQueue(Framework framework) {
        while (!framework.queue.isEmpty()) {
            dequeue(framework.queue.first());
        }
    }

    private void retire(Task task) {
        counting.add(MasterCounter.TASKS_UNACKNOWLEDGED, -1);
        if (task.inQueue.isLinked()) {
            dequeue(task);
        }
        taskTable.remove(task);
        projection.retired(task);
        tables.attend(task.framework);
    }
}

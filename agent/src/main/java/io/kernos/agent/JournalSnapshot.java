package io.kernos.agent;

import io.kernos.transport.codecs.TaskState;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes an agent's state as the shortest journal that restores it.
 */
final class JournalSnapshot {
    private final JournalPublisher journal;
    private final Set<TaskTemplate> written = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean complete = true;

    private JournalSnapshot(JournalPublisher journal) {
        this.journal = journal;
    }

    /**
     * Writes all of it.
     *
     * @param state     to write.
     * @param log       an empty one.
     * @param createdMs now, milliseconds since 1970.
     * @return false when a record could not be written: the log is of no use.
     */
    static boolean write(AgentState state, JournalLog log, long createdMs) {
        JournalSnapshot snapshot = new JournalSnapshot(new JournalPublisher(log, Counting.NONE));
        snapshot.complete = snapshot.journal.begin(createdMs, state);
        state.tasks.forEach(snapshot::task);
        state.templates.forEach(snapshot::template);
        return snapshot.complete;
    }

    private void template(TaskTemplate template) {
        if (complete && written.add(template)) {
            byte[] encoded = template.encoded();
            complete = journal.message(new UnsafeBuffer(encoded), 0, encoded.length);
        }
    }

    /** A task comes after the template that it was launched with, which may have been told otherwise since. */
    private void task(AgentTask task) {
        if (task.template != null) {
            template(task.template);
            write(journal.launch(task));
        }
        if (task.supervisorId != 0) {
            write(journal.ordered(task, task.supervisorId));
        }
        if (task.phase == TaskPhase.RUNNING || task.startedNs != 0 && task.live()) {
            write(journal.status(task, TaskState.RUNNING));
        }
        if (task.killRequested) {
            write(journal.kill(task, task.killGraceMs));
        }
        if (!task.live()) {
            write(journal.status(task, task.endState));
        }
    }

    private void write(boolean written) {
        complete &= written;
    }
}

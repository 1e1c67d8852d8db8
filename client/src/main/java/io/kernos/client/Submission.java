package io.kernos.client;

import io.kernos.transport.codecs.TaskState;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tasks that were submitted together, and what became of them. May be used by any thread. Repeats are filtered out:
 * every update of a task is seen once, in order. A listener that threw is handed the update again, until it takes that
 * or a later one of the task.
 */
public final class Submission {
    private final KernosClient client;
    private final SessionDriver driver;
    private final Consumer<TaskUpdate> listener;
    private final int templateId;
    private final long firstTaskId;
    private final TaskState[] states;
    private final int[] sequences;
    private final int[] exitStatuses;
    private final Queue<TaskUpdate> updates = new ArrayDeque<>();
    /** Tasks at whose last update the listener threw. */
    private final Set<Long> untold = new HashSet<>();

    private int endedCount;
    private int finishedCount;
    private boolean isDurable;
    private KernosException failure;

    Submission(
            KernosClient client,
            SessionDriver driver,
            Consumer<TaskUpdate> listener,
            int templateId,
            long firstTaskId,
            int count) {
        this.client = client;
        this.driver = driver;
        this.listener = listener;
        this.templateId = templateId;
        this.firstTaskId = firstTaskId;
        states = new TaskState[count];
        sequences = new int[count];
        exitStatuses = new int[count];
        Arrays.fill(states, TaskState.PENDING);
    }

    /**
     * The first task's id; the others follow it.
     *
     * @return the id.
     */
    public long firstTaskId() {
        return firstTaskId;
    }

    /**
     * How many tasks there are.
     *
     * @return the count.
     */
    public int count() {
        return states.length;
    }

    /**
     * Waits until the master's log holds the tasks: from then on each of them will be heard of.
     *
     * @param timeoutMs milliseconds to wait at most.
     * @throws RefusedException       when the master refused them.
     * @throws KernosTimeoutException when the time ran out.
     */
    public void awaitDurable(long timeoutMs) {
        if (!driver.await(() -> isDurable || failure != null, timeoutMs)) {
            throw client.timeout("the submit was not confirmed", timeoutMs);
        }
        throwFailure();
    }

    /**
     * Waits until every task has ended.
     *
     * @param timeoutMs milliseconds to wait at most.
     * @return whether they have; false when the time ran out.
     * @throws KernosException when they will never be heard of: refused, or the framework was removed.
     */
    public boolean await(long timeoutMs) {
        boolean isOver = driver.await(() -> endedCount == states.length || failure != null, timeoutMs);
        throwFailure();
        return isOver;
    }

    /**
     * Takes the next update of any of the tasks, in the order in which they came. Only where no listener was given.
     *
     * @param timeoutMs milliseconds to wait at most.
     * @return a copy; null when the time ran out, or when every task has ended and every update was taken.
     * @throws KernosException when they will never be heard of: refused, or the framework was removed.
     */
    public TaskUpdate nextUpdate(long timeoutMs) {
        driver.await(() -> !updates.isEmpty() || endedCount == states.length || failure != null, timeoutMs);
        TaskUpdate[] next = new TaskUpdate[1];
        driver.locked(() -> next[0] = updates.poll());
        if (next[0] == null) {
            throwFailure();
        }
        return next[0];
    }

    /**
     * Ends all of the tasks that have not ended yet.
     *
     * @param graceMs   milliseconds from SIGTERM to SIGKILL, or {@link SchedulerSession#TEMPLATE_GRACE}.
     * @param timeoutMs milliseconds that sending this may take.
     */
    public void kill(int graceMs, long timeoutMs) {
        client.kill(firstTaskId, states.length, graceMs, timeoutMs);
    }

    /**
     * State of a task as last heard of.
     *
     * @param index of the task in this submission, from 0.
     * @return the state.
     */
    public TaskState state(int index) {
        TaskState[] result = new TaskState[1];
        driver.locked(() -> result[0] = states[index]);
        return result[0];
    }

    /**
     * How a task ended.
     *
     * @param index of the task in this submission, from 0.
     * @return the exit code, or the negative number of the signal that ended it; 0 before that.
     */
    public int exitStatus(int index) {
        int[] result = new int[1];
        driver.locked(() -> result[0] = exitStatuses[index]);
        return result[0];
    }

    /**
     * How many tasks have ended, in whichever way.
     *
     * @return the count.
     */
    public int endedCount() {
        int[] result = new int[1];
        driver.locked(() -> result[0] = endedCount);
        return result[0];
    }

    /**
     * How many tasks have ended well.
     *
     * @return the count.
     */
    public int finishedCount() {
        int[] result = new int[1];
        driver.locked(() -> result[0] = finishedCount);
        return result[0];
    }

    private void throwFailure() {
        KernosException[] result = new KernosException[1];
        driver.locked(() -> result[0] = failure);
        if (result[0] != null) {
            throw result[0];
        }
    }

    int templateId() {
        return templateId;
    }

    boolean isOver() {
        return endedCount == states.length || failure != null;
    }

    /** Whether nothing more is to be told. */
    boolean isTold() {
        return isOver() && untold.isEmpty();
    }

    void onDurable() {
        isDurable = true;
    }

    void onFailure(KernosException reason) {
        if (!isOver()) {
            failure = reason;
        }
    }

    void onUpdate(TaskUpdate update) {
        int index = (int) (update.taskId() - firstTaskId);
        if (!isEnd(states[index]) && isNews(update, index)) {
            record(update, index);
        } else if (untold.isEmpty() || !untold.contains(update.taskId()) || update.sequence() < sequences[index]) {
            return;
        }
        if (listener == null) {
            updates.add(update.copy());
        } else {
            tell(update);
        }
    }

    private void tell(TaskUpdate update) {
        try {
            listener.accept(update);
        } catch (RuntimeException ex) {
            if (update.sequence() > 0) {
                untold.add(update.taskId());
            }
            throw ex;
        }
        if (!untold.isEmpty()) {
            untold.remove(update.taskId());
        }
    }

    private void record(TaskUpdate update, int index) {
        isDurable = true;
        sequences[index] = Math.max(sequences[index], update.sequence());
        states[index] = update.state();
        exitStatuses[index] = update.exitStatus();
        if (isEnd(update.state())) {
            endedCount++;
            finishedCount += update.state() == TaskState.FINISHED ? 1 : 0;
        }
    }

    private boolean isNews(TaskUpdate update, int index) {
        boolean isAnswer = update.sequence() == 0;
        return isAnswer ? isEnd(update.state()) : update.sequence() > sequences[index];
    }

    private static boolean isEnd(TaskState state) {
        return TaskUpdate.isFinal(state) || state == TaskState.UNKNOWN;
    }
}

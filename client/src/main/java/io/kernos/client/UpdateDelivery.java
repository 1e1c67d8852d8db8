package io.kernos.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Hands updates of tasks to the listener and gathers acknowledgements of those that it took. One at which the listener
 * threw is kept, and handed over again every second until it is taken or a later one of the same task comes. Both are
 * bounded; where there is no room, what was received has to wait.
 */
final class UpdateDelivery {
    /** Most acknowledgements, and most updates that failed, that wait; the master sends so many tasks' and no more. */
    static final int CAPACITY = 4_096;

    private static final int ACKNOWLEDGEMENTS_A_MESSAGE = 512;
    private static final long REPEAT_NS = TimeUnit.SECONDS.toNanos(1);

    private final SessionContext context;
    private final SchedulerListener listener;
    private final Acknowledgements acknowledgements = new Acknowledgements(CAPACITY);
    private final Map<Long, TaskUpdate> failed = new LinkedHashMap<>();
    private long repeatDueNs;

    UpdateDelivery(SessionContext context, SchedulerListener listener) {
        this.context = context;
        this.listener = listener;
    }

    /** Whether one more update can be delivered without losing track of it. */
    boolean hasRoom() {
        return !acknowledgements.isFull() && failed.size() < CAPACITY;
    }

    void deliver(TaskUpdate update) {
        boolean isAnswer = update.sequence() == 0;
        if (!isAnswer && !failed.isEmpty()) {
            failed.remove(update.taskId());
        }
        try {
            listener.onTaskUpdate(update);
        } catch (RuntimeException ex) {
            context.errorHandler().onError(ex);
            if (!isAnswer) {
                keep(update);
            }
            return;
        }
        if (context.automaticAcknowledgement()) {
            acknowledge(update.taskId(), update.sequence());
        }
    }

    private void keep(TaskUpdate update) {
        if (failed.isEmpty()) {
            repeatDueNs = context.nanoClock().nanoTime() + REPEAT_NS;
        }
        failed.put(update.taskId(), update.copy());
    }

    /** Delivers again what failed, when it is time to. */
    int repeat(long nowNs) {
        if (failed.isEmpty() || nowNs - repeatDueNs < 0) {
            return 0;
        }
        repeatDueNs = nowNs + REPEAT_NS;
        int count = 0;
        for (TaskUpdate update : List.copyOf(failed.values())) {
            if (acknowledgements.isFull()) {
                break;
            }
            if (update.equals(failed.get(update.taskId()))) {
                deliver(update);
                count++;
            }
        }
        return count;
    }

    /** False when there is no room. */
    boolean acknowledge(long taskId, int sequence) {
        return sequence <= 0 || acknowledgements.add(taskId, sequence);
    }

    int sendAcknowledgements(IngressPublisher publisher, long frameworkId) {
        int total = 0;
        while (acknowledgements.size() > 0) {
            int count = Math.min(acknowledgements.size(), ACKNOWLEDGEMENTS_A_MESSAGE);
            if (!publisher.acknowledge(frameworkId, acknowledgements, count)) {
                break;
            }
            acknowledgements.drop(count);
            total += count;
        }
        return total;
    }

    /** The master sends again what is not acknowledged, or nothing more is to be said to the listener. */
    void clear() {
        acknowledgements.clear();
        failed.clear();
    }
}

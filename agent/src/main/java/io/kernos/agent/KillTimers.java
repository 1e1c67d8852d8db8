package io.kernos.agent;

import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * Ends of grace periods. Few tasks are being killed at any one time, so they are one list and its earliest deadline.
 */
final class KillTimers {
    private final ArrayList<AgentTask> waiting = new ArrayList<>();
    private final Consumer<AgentTask> expired;
    private long earliestMs = Long.MAX_VALUE;

    KillTimers(Consumer<AgentTask> expired) {
        this.expired = expired;
    }

    void add(AgentTask task, long deadlineMs) {
        task.destroyAtMs = deadlineMs;
        earliestMs = Math.min(earliestMs, deadlineMs);
        waiting.add(task);
    }

    int onTime(long nowMs) {
        if (nowMs < earliestMs) {
            return 0;
        }
        int count = 0;
        earliestMs = Long.MAX_VALUE;
        for (int i = waiting.size() - 1; i >= 0; i--) {
            AgentTask task = waiting.get(i);
            if (task.phase != TaskPhase.KILLING || nowMs >= task.destroyAtMs) {
                waiting.set(i, waiting.getLast());
                waiting.removeLast();
                count++;
                expired.accept(task);
            } else {
                earliestMs = Math.min(earliestMs, task.destroyAtMs);
            }
        }
        return count;
    }
}

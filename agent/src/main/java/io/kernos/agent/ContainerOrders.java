package io.kernos.agent;

import io.kernos.isolation.LaunchOutcome;
import java.util.ArrayDeque;

/**
 * Orders to the supervisor that wait because it did not take them at once. Launches keep their order among themselves,
 * and so do all others; none is given while the supervisor is being asked what it holds.
 */
final class ContainerOrders {
    /** What is done with a launch whose turn has come. */
    @FunctionalInterface
    interface LaunchAttempt {
        /**
         * Orders the task.
         *
         * @return {@link LaunchOutcome#ACCEPTED} when nothing is left to do for it.
         */
        LaunchOutcome attempt(AgentTask task);
    }

    private enum Kind {
        SIGNAL,
        DESTROY,
        ACKNOWLEDGE
    }

    private record Order(Kind kind, long frameworkId, long taskId, int signal) {}

    private final ArrayDeque<AgentTask> launches = new ArrayDeque<>();
    private final ArrayDeque<Order> others = new ArrayDeque<>();
    private final TaskContainers containers;
    private final LaunchAttempt attempt;
    private boolean open;

    ContainerOrders(TaskContainers containers, LaunchAttempt attempt) {
        this.containers = containers;
        this.attempt = attempt;
    }

    void open() {
        open = true;
    }

    /** Drops what waits, for the supervisor is gone; what is still wanted is ordered anew after the recovery. */
    void close() {
        open = false;
        others.clear();
    }

    boolean isOpen() {
        return open;
    }

    /** Whether all was given but launches. */
    boolean allGiven() {
        return others.isEmpty();
    }

    void launch(AgentTask task) {
        if (!open || !launches.isEmpty() || attempt.attempt(task) != LaunchOutcome.ACCEPTED) {
            enqueue(task);
        }
    }

    void signal(AgentTask task, int signal) {
        order(new Order(Kind.SIGNAL, task.frameworkId, task.taskId, signal));
    }

    void destroy(long frameworkId, long taskId) {
        order(new Order(Kind.DESTROY, frameworkId, taskId, 0));
    }

    void acknowledge(long frameworkId, long taskId) {
        if (!others.isEmpty() || !containers.acknowledge(frameworkId, taskId)) {
            others.addLast(new Order(Kind.ACKNOWLEDGE, frameworkId, taskId, 0));
        }
    }

    int flush() {
        if (!open) {
            return 0;
        }
        return flushOthers() + flushLaunches();
    }

    private int flushOthers() {
        int count = 0;
        while (!others.isEmpty() && give(others.peekFirst())) {
            others.pollFirst();
            count++;
        }
        return count;
    }

    /** One that is refused for its own sake does not hold up those behind it. */
    private int flushLaunches() {
        int count = 0;
        for (int left = launches.size(); left > 0 && open; left--) {
            AgentTask task = launches.peekFirst();
            LaunchOutcome outcome = attempt.attempt(task);
            if (outcome == LaunchOutcome.BACK_PRESSURED || outcome == LaunchOutcome.NOT_CONNECTED) {
                return count;
            }
            launches.pollFirst();
            task.orderQueued = false;
            if (outcome == LaunchOutcome.DUPLICATE) {
                enqueue(task);
            } else {
                count++;
            }
        }
        return count;
    }

    private void enqueue(AgentTask task) {
        if (!task.orderQueued) {
            task.orderQueued = true;
            launches.addLast(task);
        }
    }

    private void order(Order order) {
        if (!open || !others.isEmpty() || !give(order)) {
            others.addLast(order);
        }
    }

    private boolean give(Order order) {
        return switch (order.kind) {
            case SIGNAL -> containers.signal(order.frameworkId, order.taskId, order.signal);
            case DESTROY -> containers.destroy(order.frameworkId, order.taskId);
            case ACKNOWLEDGE -> containers.acknowledge(order.frameworkId, order.taskId);
        };
    }
}

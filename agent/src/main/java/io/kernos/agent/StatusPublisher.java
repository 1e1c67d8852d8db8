package io.kernos.agent;

import io.kernos.transport.codecs.TaskState;

/**
 * Carries statuses of tasks to the master.
 */
@FunctionalInterface
public interface StatusPublisher {
    /**
     * Sends one status.
     *
     * @param task  what to tell: its stamps, and for a final state how it ended.
     * @param state {@link TaskState#RUNNING}, {@link TaskState#KILLING} or the task's final state.
     * @return false when it could not be sent now: not registered, or back-pressure. The core keeps it and tries again.
     */
    boolean publish(AgentTask task, TaskState state);
}

package io.kernos.agent;

import io.kernos.isolation.LaunchOutcome;

/**
 * What the agent's core orders: containers of tasks in sandboxes. Nothing here blocks.
 */
public interface TaskContainers {
    /**
     * Makes the task's sandbox, if it is not there, and orders its container.
     *
     * @param task to start; its template is set.
     * @return whether it is on its way; anything but {@link LaunchOutcome#ACCEPTED} ordered nothing.
     * @throws LaunchException when it never can be started like this.
     */
    LaunchOutcome launch(AgentTask task) throws LaunchException;

    /**
     * Sends a signal to a task. One that is unknown or has ended is let be.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @param signal      number of the signal.
     * @return false on back-pressure.
     */
    boolean signal(long frameworkId, long taskId, int signal);

    /**
     * Kills a container whole.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @return false on back-pressure.
     */
    boolean destroy(long frameworkId, long taskId);

    /**
     * Says that the end of a container was made durable.
     *
     * @param frameworkId first half of the key.
     * @param taskId      second half of the key.
     * @return false on back-pressure.
     */
    boolean acknowledge(long frameworkId, long taskId);

    /**
     * A task has ended that has a sandbox, which may be removed when its time comes.
     *
     * @param task that was ordered, now or before the agent was restarted.
     */
    void ended(AgentTask task);

    /**
     * Which supervisor takes the orders.
     *
     * @return random, one a life of a supervisor, never 0.
     */
    long supervisorId();
}

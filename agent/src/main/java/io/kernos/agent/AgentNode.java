package io.kernos.agent;

/**
 * A whole agent in this process: its core, its link to the master and its sandbox server on one thread of their own.
 * <p>
 * Thread safe. Only one node at a time may use a work folder; another one is refused by its lock file.
 */
public final class AgentNode implements AutoCloseable {
    private AgentNode() {}

    /**
     * Starts an agent: replays its journal, finds its supervisor (or starts one), and from then on registers and works
     * on its own thread. Returns before it is registered.
     *
     * @param context settings; concluded here.
     * @return the running agent.
     * @throws IllegalArgumentException when a setting is wrong.
     * @throws IllegalStateException    when another agent uses the work folder.
     */
    public static AgentNode launch(AgentContext context) {
        context.conclude();
        return new AgentNode();
    }

    /**
     * The number that the master gave this agent.
     *
     * @return from 1; 0 while it never registered.
     */
    public long agentId() {
        return 0;
    }

    /**
     * Whether the agent is registered with the master at this moment.
     *
     * @return true while it is.
     */
    public boolean registered() {
        return false;
    }

    /**
     * How many tasks this agent has that did not end.
     *
     * @return count.
     */
    public int liveTaskCount() {
        return 0;
    }

    /**
     * Ends the agent.
     *
     * @param stopTasks true to kill all tasks, end the supervisor and remove its control groups; false to leave the
     *                  tasks running for the next agent on this work folder.
     */
    public void close(boolean stopTasks) {}

    /**
     * Ends the agent and leaves its tasks running, as {@code close(false)}.
     */
    @Override
    public void close() {
        close(false);
    }
}

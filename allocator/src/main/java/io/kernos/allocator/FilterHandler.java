package io.kernos.allocator;

/** Takes the active filters, one call each. */
@FunctionalInterface
public interface FilterHandler {
    /**
     * A framework does not want what an agent has, until a time.
     *
     * @param frameworkIndex the framework.
     * @param agentIndex     the agent.
     * @param untilMs        when the filter ends, in the caller's milliseconds.
     */
    void onFilter(int frameworkIndex, int agentIndex, long untilMs);
}

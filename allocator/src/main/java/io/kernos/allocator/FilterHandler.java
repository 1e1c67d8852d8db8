package io.kernos.allocator;

/** Takes the active filters, one call each. */
@FunctionalInterface
public interface FilterHandler {
    /**
     * A framework refused what an agent had, until a time.
     *
     * @param frameworkIndex the framework.
     * @param agentIndex     the agent.
     * @param refused        what it refused; the allocator's own, to be read only until this returns.
     * @param untilMs        when the filter ends, in the caller's milliseconds.
     */
    void onFilter(int frameworkIndex, int agentIndex, Resources refused, long untilMs);
}

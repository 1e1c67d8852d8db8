package io.kernos.agent;

/**
 * Takes what is counted.
 */
@FunctionalInterface
public interface Counting {
    /** Counts nothing. */
    Counting NONE = (counter, delta) -> {};

    /**
     * Adds to a counter.
     *
     * @param counter which.
     * @param delta   may be negative where the counter is a level.
     */
    void add(AgentCounter counter, long delta);
}

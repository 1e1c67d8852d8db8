package io.kernos.allocator;

/**
 * Which of the agents that a task fits is chosen. What is free is compared by its <em>level</em>, eight levels between
 * powers of two, of the first scalar kind that a task wants; where levels are equal, the lowest index is chosen.
 */
public enum AgentChoice {
    /** The agent with the lowest index, which leaves high agents whole. The cheapest. */
    LOWEST,
    /** The agent that has least free: fills agents up, and leaves room for large tasks. */
    PACK,
    /** The agent that has most free: evens load out. */
    SPREAD
}

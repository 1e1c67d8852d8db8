package io.kernos.allocator;

/** By what the order of contenders is decided, of roles among their siblings or of frameworks in a role. */
public enum Sorter {
    /** Dominant resource fairness: who has the lowest share is first. */
    DRF,
    /**
     * By lot: each step goes to one drawn anew of those that can take one, roles in proportion to their weights and
     * frameworks alike. What is drawn is a function of the seed that {@link Allocator#allocate(long, long)} is given.
     */
    RANDOM
}

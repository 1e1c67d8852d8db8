package io.kernos.allocator;

/** What a framework refused of an agent, and until when that holds. */
record NaiveFilter(int agent, NaiveAmounts refused, long untilMs) {
    boolean holdsForAtLeast(NaiveFilter other) {
        return agent == other.agent && untilMs >= other.untilMs && refused.containsAll(other.refused);
    }
}

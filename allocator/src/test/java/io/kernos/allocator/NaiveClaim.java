package io.kernos.allocator;

/** A place for one task that others are to leave; each is itself, however alike they are. */
final class NaiveClaim {
    private final int demand;
    private final int agent;
    private final long untilMs;

    NaiveClaim(int demand, int agent, long untilMs) {
        this.demand = demand;
        this.agent = agent;
        this.untilMs = untilMs;
    }

    int demand() {
        return demand;
    }

    int agent() {
        return agent;
    }

    long untilMs() {
        return untilMs;
    }

    @Override
    public String toString() {
        return demand + "@" + agent + " until " + untilMs;
    }
}

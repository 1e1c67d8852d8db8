package io.kernos.allocator;

/** What is free, kind by kind, on all agents that may give; kept only while some role has a guarantee. */
final class Headroom {
    private final long[] free = new long[ResourceKinds.MAX_SCALARS];
    private final ScalarTable counted = new ScalarTable();
    private final AgentTable agents;
    private boolean tracked;
    private boolean grown;
    private long version;

    Headroom(AgentTable agents) {
        this.agents = agents;
    }

    long free(int kind) {
        return free[kind];
    }

    long version() {
        return version;
    }

    boolean isGrown() {
        return grown;
    }

    boolean takeGrown() {
        boolean grew = grown;
        grown = false;
        return grew;
    }

    boolean isTracked() {
        return tracked;
    }

    /** Counts every agent when there is something to count for. */
    void track(boolean track) {
        if (track && !tracked) {
            tracked = true;
            for (int agent = 0; agent < agents.bound(); agent++) {
                onFreeChanged(agent);
            }
        } else if (!track && tracked) {
            for (int agent = 0; agent < agents.bound(); agent++) {
                count(agent, false);
            }
            tracked = false;
        }
    }

    /** To be called after what is free on an agent, or whether it gives, has changed. */
    void onFreeChanged(int agent) {
        if (tracked) {
            count(agent, agents.mayGive(agent));
        }
    }

    private void count(int agent, boolean gives) {
        int kinds = agents.givableKinds();
        counted.ensureKinds(kinds);
        counted.ensureRow(agent);
        for (int kind = 0; kind < kinds; kind++) {
            long now = gives ? agents.givableUnderQuotas(agent, kind) : 0;
            long change = now - counted.at(agent, kind);
            if (change != 0) {
                counted.put(agent, kind, now);
                free[kind] += change;
                grown |= change > 0;
                version++;
            }
        }
    }
}

package io.kernos.allocator;

/** Levels of what is free, for those kinds that a choice among agents has ever asked for: others cost nothing. */
final class FreeOrder {
    private final ScalarTable free;
    private final FreeLevels[] byKind = new FreeLevels[ResourceKinds.MAX_SCALARS];
    private int kinds;

    FreeOrder(ScalarTable free) {
        this.free = free;
    }

    boolean isKept(int kind) {
        return byKind[kind] != null;
    }

    /** Keeps levels of a kind from now on; {@link #update} is then to be called for every agent. */
    void keep(int kind) {
        byKind[kind] = new FreeLevels();
        kinds = Math.max(kinds, kind + 1);
    }

    FreeLevels of(int kind) {
        return byKind[kind];
    }

    /** What is free on an agent has changed, or whether it may give. */
    void update(int agent, boolean gives) {
        for (int kind = 0; kind < kinds; kind++) {
            if (byKind[kind] != null) {
                byKind[kind].put(agent, gives ? free.at(agent, kind) : FreeLevels.NONE);
            }
        }
    }
}

package io.kernos.allocator;

/**
 * Which frameworks have something on an agent, offered or used. How much is told by one number, the sum of all amounts:
 * as none of them is negative it is zero just where there is nothing.
 */
final class AgentHolders {
    private static final int NONE = -1;

    private final Slab slab = new Slab();
    private int[] heads = new int[0];
    private int[] next = new int[0];
    private int[] frameworks = new int[0];
    private long[] weights = new long[0];

    /** One of those who hold something on an agent, or NONE. */
    int first(int agent) {
        return agent < heads.length ? heads[agent] : NONE;
    }

    /** Another one, or NONE. */
    int next(int holder) {
        return next[holder];
    }

    int framework(int holder) {
        return frameworks[holder];
    }

    boolean holds(int framework, int agent) {
        int holder = first(agent);
        while (holder != NONE && frameworks[holder] != framework) {
            holder = next[holder];
        }
        return holder != NONE;
    }

    /** Adds to what a framework has on an agent, or takes from it; whether it had nothing before. */
    boolean change(int agent, int framework, Resources resources, int times) {
        long change = weight(resources) * times;
        if (change == 0) {
            return false;
        }
        int before = NONE;
        int holder = first(agent);
        while (holder != NONE && frameworks[holder] != framework) {
            before = holder;
            holder = next[holder];
        }
        if (holder == NONE) {
            open(agent, framework, change);
            return true;
        }
        weights[holder] += change;
        if (weights[holder] == 0) {
            unlink(agent, before, holder);
            slab.giveBack(holder);
        }
        return false;
    }

    private void open(int agent, int framework, long weight) {
        int holder = slab.take();
        heads = Columns.grow(heads, agent + 1, NONE);
        next = Columns.grow(next, holder + 1);
        frameworks = Columns.grow(frameworks, holder + 1);
        weights = Columns.grow(weights, holder + 1);
        next[holder] = heads[agent];
        heads[agent] = holder;
        frameworks[holder] = framework;
        weights[holder] = weight;
    }

    private void unlink(int agent, int before, int holder) {
        if (before == NONE) {
            heads[agent] = next[holder];
        } else {
            next[before] = next[holder];
        }
    }

    private static long weight(Resources resources) {
        long weight = 0;
        for (int kind = 0; kind < resources.scalarKinds(); kind++) {
            weight += resources.scalar(kind);
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            weight += resources.hasRange(kind) ? resources.range(kind).count() : 0;
        }
        for (int i = 0; i < resources.specials(); i++) {
            weight += weight(resources.special(i));
        }
        return weight;
    }
}

package io.kernos.allocator;

/**
 * Which frameworks have something on an agent, offered or used. How much is told by one number, the sum of all amounts:
 * as none of them is negative it is zero just where there is nothing.
 *
 * <p>On most agents it is one framework: that one is in a column; further ones are in a chain.
 */
final class AgentHolders {
    private static final int NONE = -1;
    private static final int FIRST_SINGLE = -2;

    private final Slab slab = new Slab();
    private int[] singles = new int[0];
    private long[] singleWeights = new long[0];
    private int[] heads = new int[0];
    private int[] next = new int[0];
    private int[] frameworks = new int[0];
    private long[] weights = new long[0];

    /** One of those who hold something on an agent, or NONE. */
    int first(int agent) {
        if (agent >= singles.length) {
            return NONE;
        }
        return singles[agent] == NONE ? heads[agent] : FIRST_SINGLE - agent;
    }

    /** Another one, or NONE. */
    int next(int holder) {
        return holder <= FIRST_SINGLE ? heads[FIRST_SINGLE - holder] : next[holder];
    }

    int framework(int holder) {
        return holder <= FIRST_SINGLE ? singles[FIRST_SINGLE - holder] : frameworks[holder];
    }

    boolean holds(int framework, int agent) {
        int holder = first(agent);
        while (holder != NONE && framework(holder) != framework) {
            holder = next(holder);
        }
        return holder != NONE;
    }

    /** Adds to what a framework has on an agent, or takes from it; whether it had nothing before. */
    boolean change(int agent, int framework, Resources resources, int times) {
        long change = weight(resources) * times;
        if (change == 0) {
            return false;
        }
        ensureAgent(agent);
        if (singles[agent] == framework) {
            changeSingle(agent, change);
            return false;
        }
        return changeChained(agent, framework, change);
    }

    private void changeSingle(int agent, long change) {
        singleWeights[agent] += change;
        if (singleWeights[agent] == 0) {
            singles[agent] = NONE;
        }
    }

    private boolean changeChained(int agent, int framework, long change) {
        int before = NONE;
        int holder = heads[agent];
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
        if (singles[agent] == NONE) {
            singles[agent] = framework;
            singleWeights[agent] = weight;
            return;
        }
        int holder = slab.take();
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

    private void ensureAgent(int agent) {
        if (agent >= singles.length) {
            singles = Columns.grow(singles, agent + 1, NONE);
            singleWeights = Columns.grow(singleWeights, agent + 1);
            heads = Columns.grow(heads, agent + 1, NONE);
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

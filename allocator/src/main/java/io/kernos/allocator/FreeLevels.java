package io.kernos.allocator;

/**
 * Agents by how much of one scalar kind they have free, in levels: amounts up to 15 have a level each, and between
 * powers of two above there are eight. Moving an agent to another level costs a few bits.
 */
final class FreeLevels {
    static final int NONE = -1;

    private static final int MANTISSA_BITS = 3;
    private static final int LEVELS = (Long.SIZE - MANTISSA_BITS) << MANTISSA_BITS;

    private final IndexSet[] agents = new IndexSet[LEVELS];
    private final IndexSet levels = new IndexSet();
    private int[] levelOf = new int[0];

    /** The level of an amount; it ascends with amounts, which are not negative. */
    static int level(long amount) {
        int shift = Long.SIZE - 1 - MANTISSA_BITS - Long.numberOfLeadingZeros(amount | 1L << MANTISSA_BITS);
        return (shift << MANTISSA_BITS) + (int) (amount >>> shift);
    }

    /** Puts an agent in the level of an amount, or in none where the amount is negative. */
    void put(int agent, long amount) {
        levelOf = Columns.grow(levelOf, agent + 1, NONE);
        int level = amount < 0 ? NONE : level(amount);
        int before = levelOf[agent];
        if (level == before) {
            return;
        }
        levelOf[agent] = level;
        if (before != NONE) {
            agents[before].remove(agent);
            if (agents[before].isEmpty()) {
                levels.remove(before);
            }
        }
        if (level != NONE) {
            if (agents[level] == null) {
                agents[level] = new IndexSet();
            }
            agents[level].add(agent);
            levels.add(level);
        }
    }

    /** The level of an agent, or NONE. */
    int levelOf(int agent) {
        return agent < levelOf.length ? levelOf[agent] : NONE;
    }

    /** The agents of a level that has any. */
    IndexSet at(int level) {
        return agents[level];
    }

    /** The lowest level with agents, from one on, or NONE. */
    int next(int from) {
        return levels.next(from);
    }

    /** The highest level with agents, from one downwards, or NONE. */
    int previous(int from) {
        return levels.previous(from);
    }

    /** The highest level that there is. */
    static int highest() {
        return LEVELS - 1;
    }
}

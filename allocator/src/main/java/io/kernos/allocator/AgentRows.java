package io.kernos.allocator;

/** Lists of rows, one list for each agent; whoever adds a row says behind which one of its agent it stands. */
final class AgentRows {
    static final int NONE = -1;

    private final Slab rows = new Slab();
    private int[] heads = new int[0];
    private int[] next = new int[0];

    /** Whether there was ever a row. */
    boolean wasAny() {
        return rows.bound() > 0;
    }

    /** The first row of an agent, or NONE. */
    int first(int agent) {
        return agent < heads.length ? heads[agent] : NONE;
    }

    /** The next row of the same agent, or NONE. */
    int next(int row) {
        return next[row];
    }

    /** Adds a row to an agent behind another one of it, or as the first where that is NONE. */
    int insert(int agent, int before) {
        int row = rows.take();
        heads = Columns.grow(heads, agent + 1, NONE);
        next = Columns.grow(next, row + 1);
        if (before == NONE) {
            next[row] = heads[agent];
            heads[agent] = row;
        } else {
            next[row] = next[before];
            next[before] = row;
        }
        return row;
    }

    /** Takes a row from its agent; it will be another's. */
    void remove(int agent, int row) {
        if (heads[agent] == row) {
            heads[agent] = next[row];
        } else {
            int before = heads[agent];
            while (next[before] != row) {
                before = next[before];
            }
            next[before] = next[row];
        }
        rows.giveBack(row);
    }
}

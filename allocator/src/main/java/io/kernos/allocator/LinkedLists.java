package io.kernos.allocator;

/** Lists of entries by number, each entry in one list at most. */
final class LinkedLists {
    static final int NONE = -1;

    private int[] heads = new int[0];
    private int[] next = new int[0];
    private int[] previous = new int[0];

    /** The first entry of a list, or NONE. */
    int first(int list) {
        return list < heads.length ? heads[list] : NONE;
    }

    /** The entry after one in its list, or NONE. */
    int next(int entry) {
        return next[entry];
    }

    /** Puts an entry that is in no list first in one. */
    void link(int list, int entry) {
        heads = Columns.grow(heads, list + 1, NONE);
        next = Columns.grow(next, entry + 1);
        previous = Columns.grow(previous, entry + 1);
        int head = heads[list];
        next[entry] = head;
        previous[entry] = NONE;
        if (head != NONE) {
            previous[head] = entry;
        }
        heads[list] = entry;
    }

    /** Takes an entry out of the list that it is in. */
    void unlink(int list, int entry) {
        if (previous[entry] == NONE) {
            heads[list] = next[entry];
        } else {
            next[previous[entry]] = next[entry];
        }
        if (next[entry] != NONE) {
            previous[next[entry]] = previous[entry];
        }
    }
}

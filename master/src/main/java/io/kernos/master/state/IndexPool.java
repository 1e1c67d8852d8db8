package io.kernos.master.state;

import java.util.Arrays;

/**
 * Dense indexes. The lowest that is free is taken first, so that which one comes next depends only on which are in use,
 * not on how that came to be.
 *
 * <p>A tree of bits, 64 to a word: a bit of the lowest level is set where the index is in use, a bit above where the
 * whole word below is set.
 */
final class IndexPool {
    static final int NONE = -1;

    private static final int LEVELS = 5;
    private static final long FULL = -1L;

    private final long[][] levels = new long[LEVELS][1];
    private final int limit;
    private int used;

    IndexPool(int limit) {
        this.limit = limit;
    }

    int used() {
        return used;
    }

    int limit() {
        return limit;
    }

    boolean isFull() {
        return used == limit;
    }

    /** Takes the lowest free index; NONE if all are in use. */
    int acquire() {
        if (used == limit) {
            return NONE;
        }
        int index = 0;
        for (int level = LEVELS - 1; level >= 0; level--) {
            index = (index << 6) + Long.numberOfTrailingZeros(~word(level, index));
        }
        claim(index);
        return index;
    }

    /** Takes a certain index, which must be free. */
    void claim(int index) {
        if (index < 0 || index >= limit || isUsed(index)) {
            throw new IllegalStateException("index " + index + " of " + limit + " is not free");
        }
        used++;
        int at = index;
        for (int level = 0; level < LEVELS; level++) {
            int word = at >> 6;
            grow(level, word);
            levels[level][word] |= 1L << at;
            if (levels[level][word] != FULL) {
                return;
            }
            at = word;
        }
    }

    void release(int index) {
        if (!isUsed(index)) {
            throw new IllegalStateException("index " + index + " is not in use");
        }
        used--;
        int at = index;
        boolean wasFull = true;
        for (int level = 0; level < LEVELS && wasFull; level++) {
            int word = at >> 6;
            wasFull = levels[level][word] == FULL;
            levels[level][word] &= ~(1L << at);
            at = word;
        }
    }

    boolean isUsed(int index) {
        return index >= 0 && (word(0, index >> 6) & 1L << index) != 0;
    }

    /** The lowest index in use from one on; NONE if there is none. */
    int next(int from) {
        long[] words = levels[0];
        int word = from >> 6;
        if (word >= words.length) {
            return NONE;
        }
        long bits = words[word] & FULL << from;
        while (bits == 0) {
            if (++word == words.length) {
                return NONE;
            }
            bits = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }

    private long word(int level, int word) {
        return word < levels[level].length ? levels[level][word] : 0;
    }

    private void grow(int level, int word) {
        if (word >= levels[level].length) {
            levels[level] = Arrays.copyOf(levels[level], Math.max(word + 1, levels[level].length * 2));
        }
    }
}

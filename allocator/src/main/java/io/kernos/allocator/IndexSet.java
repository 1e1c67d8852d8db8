package io.kernos.allocator;

import java.util.Arrays;

/**
 * A set of dense indices, walked in ascending order: a bitmap with two summaries above it, so that finding the next
 * member and emptying the set cost by members, not by room.
 */
final class IndexSet {
    static final int MAX_INDICES = 1 << 18;

    private long[] words = new long[1];
    private long[] summary = new long[1];
    private long top;
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    boolean contains(int index) {
        int word = index >> 6;
        return word < words.length && (words[word] & (1L << index)) != 0;
    }

    boolean add(int index) {
        int word = index >> 6;
        ensureWords(word + 1);
        long bit = 1L << index;
        if ((words[word] & bit) != 0) {
            return false;
        }
        words[word] |= bit;
        summary[word >> 6] |= 1L << word;
        top |= 1L << (word >> 6);
        size++;
        return true;
    }

    boolean remove(int index) {
        if (!contains(index)) {
            return false;
        }
        int word = index >> 6;
        words[word] &= ~(1L << index);
        size--;
        if (words[word] == 0) {
            summary[word >> 6] &= ~(1L << word);
            if (summary[word >> 6] == 0) {
                top &= ~(1L << (word >> 6));
            }
        }
        return true;
    }

    void addAll(IndexSet other) {
        for (int word = other.nextWord(0); word >= 0; word = other.nextWord(word + 1)) {
            ensureWords(word + 1);
            size += Long.bitCount(other.words[word] & ~words[word]);
            words[word] |= other.words[word];
            summary[word >> 6] |= 1L << word;
            top |= 1L << (word >> 6);
        }
    }

    /** Adds what is in both of two other sets. */
    void addBoth(IndexSet left, IndexSet right) {
        int bound = Math.min(left.words.length, right.words.length);
        for (int word = left.nextWord(0); word >= 0 && word < bound; word = left.nextWord(word + 1)) {
            long bits = left.words[word] & right.words[word];
            if (bits != 0) {
                ensureWords(word + 1);
                size += Long.bitCount(bits & ~words[word]);
                words[word] |= bits;
                summary[word >> 6] |= 1L << word;
                top |= 1L << (word >> 6);
            }
        }
    }

    void clear() {
        for (int word = nextWord(0); word >= 0; word = nextWord(word + 1)) {
            words[word] = 0;
        }
        for (long rest = top; rest != 0; rest &= rest - 1) {
            summary[Long.numberOfTrailingZeros(rest)] = 0;
        }
        top = 0;
        size = 0;
    }

    /** The lowest member from an index on, or -1. */
    int next(int from) {
        int word = from >> 6;
        if (word >= words.length) {
            return -1;
        }
        long rest = words[word] & (-1L << from);
        if (rest != 0) {
            return (word << 6) + Long.numberOfTrailingZeros(rest);
        }
        word = nextWord(word + 1);
        return word < 0 ? -1 : (word << 6) + Long.numberOfTrailingZeros(words[word]);
    }

    /** The highest member up to an index, or -1. */
    int previous(int from) {
        int word = Math.min(from >> 6, words.length - 1);
        if (word < 0) {
            return -1;
        }
        long rest = from >> 6 == word ? words[word] & (-1L >>> (63 - (from & 63))) : words[word];
        while (rest == 0 && word > 0) {
            rest = words[--word];
        }
        return rest == 0 ? -1 : (word << 6) + 63 - Long.numberOfLeadingZeros(rest);
    }

    int words() {
        return words.length;
    }

    long word(int word) {
        return words[word];
    }

    private int nextWord(int from) {
        int group = from >> 6;
        if (group >= summary.length) {
            return -1;
        }
        long rest = summary[group] & (-1L << from);
        if (rest != 0) {
            return (group << 6) + Long.numberOfTrailingZeros(rest);
        }
        long groups = group + 1 < Long.SIZE ? top & (-1L << (group + 1)) : 0;
        if (groups == 0) {
            return -1;
        }
        group = Long.numberOfTrailingZeros(groups);
        return (group << 6) + Long.numberOfTrailingZeros(summary[group]);
    }

    private void ensureWords(int needed) {
        if (needed > words.length) {
            words = Arrays.copyOf(words, Math.max(needed, words.length * 2));
            summary = Arrays.copyOf(summary, (words.length + 63) >> 6);
        }
    }
}

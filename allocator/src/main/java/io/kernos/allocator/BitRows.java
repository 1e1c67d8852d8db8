package io.kernos.allocator;

/** Rows of bits, all of one width, which grows as a bit needs it. */
final class BitRows {
    private static final int MOST_WORDS = Integer.MAX_VALUE - 8;

    private long[] words = new long[0];
    private int width = 1;

    /** Makes room; false if there would be more bits than an array can hold. */
    boolean ensure(int row, int bit) {
        int needed = width;
        while (bit >> 6 >= needed) {
            needed *= 2;
        }
        if ((row + 1L) * needed > MOST_WORDS || (long) words.length / width * needed > MOST_WORDS) {
            return false;
        }
        if (needed > width) {
            widen(needed);
        }
        words = Columns.grow(words, (row + 1) * width);
        return true;
    }

    boolean get(int row, int bit) {
        int word = bit >> 6;
        int at = row * width + word;
        return word < width && at < words.length && (words[at] & (1L << bit)) != 0;
    }

    /** Sets a bit for which there is room. */
    void set(int row, int bit) {
        words[row * width + (bit >> 6)] |= 1L << bit;
    }

    void clear(int row, int bit) {
        if (get(row, bit)) {
            words[row * width + (bit >> 6)] &= ~(1L << bit);
        }
    }

    void clearRow(int row) {
        for (int at = row * width; at < (row + 1) * width && at < words.length; at++) {
            words[at] = 0;
        }
    }

    /** Bits 64 * word to 64 * word + 63 of a row. */
    long word(int row, int word) {
        int at = row * width + word;
        return word < width && at < words.length ? words[at] : 0;
    }

    /** How many words of a row can have bits. */
    int width() {
        return width;
    }

    private void widen(int wider) {
        int rows = words.length / width;
        long[] copy = new long[rows * wider];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(words, row * width, copy, row * wider, width);
        }
        words = copy;
        width = wider;
    }
}

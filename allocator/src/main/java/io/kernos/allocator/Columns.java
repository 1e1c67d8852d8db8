package io.kernos.allocator;

import java.util.Arrays;

/** How columns grow: by doubling, so that a small cluster costs little and a steady one nothing. */
final class Columns {
    private static final int FIRST_CAPACITY = 16;

    private Columns() {}

    static int capacity(int current, int needed) {
        return Math.max(FIRST_CAPACITY, Math.max(needed, current * 2));
    }

    static int[] grow(int[] column, int needed) {
        return needed <= column.length ? column : Arrays.copyOf(column, capacity(column.length, needed));
    }

    static int[] grow(int[] column, int needed, int filler) {
        if (needed <= column.length) {
            return column;
        }
        int[] grown = Arrays.copyOf(column, capacity(column.length, needed));
        Arrays.fill(grown, column.length, grown.length, filler);
        return grown;
    }

    static long[] grow(long[] column, int needed) {
        return needed <= column.length ? column : Arrays.copyOf(column, capacity(column.length, needed));
    }

    static double[] grow(double[] column, int needed) {
        return needed <= column.length ? column : Arrays.copyOf(column, capacity(column.length, needed));
    }

    static byte[] grow(byte[] column, int needed) {
        return needed <= column.length ? column : Arrays.copyOf(column, capacity(column.length, needed));
    }

    static boolean[] grow(boolean[] column, int needed) {
        return needed <= column.length ? column : Arrays.copyOf(column, capacity(column.length, needed));
    }

    static <T> T[] grow(T[] column, int needed) {
        return needed <= column.length ? column : Arrays.copyOf(column, capacity(column.length, needed));
    }
}

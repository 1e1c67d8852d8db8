package io.kernos.allocator;

import java.util.Arrays;

/** Amounts of scalar kinds, a row for each index, the kinds of a row side by side. */
final class ScalarTable {
    private static final int FIRST_STRIDE = 4;

    private long[] values = new long[0];
    private int stride = FIRST_STRIDE;

    void ensureRow(int row) {
        values = Columns.grow(values, (row + 1) * stride);
    }

    void ensureKinds(int kinds) {
        while (kinds > stride) {
            widen();
        }
    }

    int kinds() {
        return stride;
    }

    long at(int row, int kind) {
        return kind < stride ? values[row * stride + kind] : 0;
    }

    void put(int row, int kind, long amount) {
        values[row * stride + kind] = amount;
    }

    void add(int row, Resources resources, long times) {
        int kinds = resources.scalarKinds();
        ensureKinds(kinds);
        int base = row * stride;
        for (int kind = 0; kind < kinds; kind++) {
            values[base + kind] += resources.scalar(kind) * times;
        }
    }

    boolean covers(int row, Resources resources) {
        int kinds = resources.scalarKinds();
        int base = row * stride;
        for (int kind = 0; kind < kinds; kind++) {
            long wanted = resources.scalar(kind);
            if (wanted != 0 && (kind >= stride || values[base + kind] < wanted)) {
                return false;
            }
        }
        return true;
    }

    /** Makes a row that of another table. */
    void copyRow(int row, ScalarTable from) {
        ensureKinds(from.stride);
        clearRow(row);
        System.arraycopy(from.values, row * from.stride, values, row * stride, from.stride);
    }

    void clearRow(int row) {
        Arrays.fill(values, row * stride, (row + 1) * stride, 0);
    }

    boolean isZero(int row) {
        long all = 0;
        for (int i = row * stride; i < (row + 1) * stride; i++) {
            all |= values[i];
        }
        return all == 0;
    }

    boolean hasNegative(int row) {
        long all = 0;
        for (int i = row * stride; i < (row + 1) * stride; i++) {
            all |= values[i];
        }
        return all < 0;
    }

    private void widen() {
        int rows = values.length / stride;
        long[] wider = new long[rows * stride * 2];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(values, row * stride, wider, row * stride * 2, stride);
        }
        values = wider;
        stride *= 2;
    }
}

package io.kernos.allocator;

import java.util.Arrays;

/**
 * Amounts of scalar kinds, a row for each index, the kinds of a row side by side. Tables of the same indices may lie
 * side by side too: then their rows for an index are together in memory, and they grow together.
 *
 * <p>Most clusters have no more kinds than a row has at first, and loops of so few turns cost more than what they do:
 * those are written out.
 */
final class ScalarTable {
    private static final int FIRST_STRIDE = 4;

    private final Rows rows;
    private final int table;

    /** The rows of tables that lie side by side. */
    private static final class Rows {
        private final int tables;
        private long[] values = new long[0];
        private int stride = FIRST_STRIDE;

        Rows(int tables) {
            this.tables = tables;
        }

        void widen() {
            int count = values.length / stride;
            long[] wider = new long[count * stride * 2];
            for (int row = 0; row < count; row++) {
                System.arraycopy(values, row * stride, wider, row * stride * 2, stride);
            }
            values = wider;
            stride *= 2;
        }
    }

    /** A table by itself. */
    ScalarTable() {
        this(new Rows(1), 0);
    }

    private ScalarTable(Rows rows, int table) {
        this.rows = rows;
        this.table = table;
    }

    /** Tables of which the rows for an index are together. */
    static ScalarTable[] sideBySide(int tables) {
        Rows rows = new Rows(tables);
        ScalarTable[] all = new ScalarTable[tables];
        Arrays.setAll(all, table -> new ScalarTable(rows, table));
        return all;
    }

    void ensureRow(int row) {
        rows.values = Columns.grow(rows.values, (row + 1) * rows.tables * rows.stride);
    }

    void ensureKinds(int kinds) {
        while (kinds > rows.stride) {
            rows.widen();
        }
    }

    int kinds() {
        return rows.stride;
    }

    long at(int row, int kind) {
        return kind < rows.stride ? rows.values[base(row) + kind] : 0;
    }

    void put(int row, int kind, long amount) {
        rows.values[base(row) + kind] = amount;
    }

    void add(int row, Resources resources, long times) {
        int kinds = resources.scalarKinds();
        ensureKinds(kinds);
        int base = base(row);
        long[] values = rows.values;
        long[] amounts = resources.scalars();
        if (rows.stride == FIRST_STRIDE) {
            values[base] += amounts[0] * times;
            values[base + 1] += amounts[1] * times;
            values[base + 2] += amounts[2] * times;
            values[base + 3] += amounts[3] * times;
            return;
        }
        for (int kind = 0; kind < kinds; kind++) {
            values[base + kind] += amounts[kind] * times;
        }
    }

    /** Makes no amount of a row less than that of a row of another table. */
    void raise(int row, ScalarTable from, int fromRow) {
        int kinds = from.rows.stride;
        ensureKinds(kinds);
        int base = base(row);
        int fromBase = from.base(fromRow);
        long[] values = rows.values;
        long[] fromValues = from.rows.values;
        for (int kind = 0; kind < kinds; kind++) {
            values[base + kind] = Math.max(values[base + kind], fromValues[fromBase + kind]);
        }
    }

    /** Makes the scalars of some resources those of a row, nothing where an amount is negative. */
    void copyInto(int row, Resources into) {
        int base = base(row);
        long[] values = rows.values;
        for (int kind = 0; kind < rows.stride; kind++) {
            into.scalar(kind, Math.max(0, values[base + kind]));
        }
    }

    boolean covers(int row, Resources resources) {
        int kinds = resources.scalarKinds();
        int stride = rows.stride;
        int base = base(row);
        long[] values = rows.values;
        long[] amounts = resources.scalars();
        for (int kind = 0; kind < kinds; kind++) {
            long wanted = amounts[kind];
            if (wanted != 0 && (kind >= stride || values[base + kind] < wanted)) {
                return false;
            }
        }
        return true;
    }

    /** Makes a row that of another table. */
    void copyRow(int row, ScalarTable from) {
        ensureKinds(from.rows.stride);
        clearRow(row);
        System.arraycopy(from.rows.values, from.base(row), rows.values, base(row), from.rows.stride);
    }

    void clearRow(int row) {
        Arrays.fill(rows.values, base(row), base(row) + rows.stride, 0);
    }

    boolean isZero(int row) {
        return union(row) == 0;
    }

    boolean hasNegative(int row) {
        return union(row) < 0;
    }

    /** The bits of all amounts. */
    private long union(int row) {
        int base = base(row);
        long[] values = rows.values;
        if (rows.stride == FIRST_STRIDE) {
            return values[base] | values[base + 1] | values[base + 2] | values[base + 3];
        }
        long all = 0;
        for (int kind = 0; kind < rows.stride; kind++) {
            all |= values[base + kind];
        }
        return all;
    }

    /** All rows, of which one begins at its {@link #base}; until something is added. */
    long[] values() {
        return rows.values;
    }

    /** Where the amounts of a row are, one for each of its kinds. */
    int base(int row) {
        return (row * rows.tables + table) * rows.stride;
    }
}

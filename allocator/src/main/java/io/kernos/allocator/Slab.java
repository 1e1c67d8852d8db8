package io.kernos.allocator;

/** Numbers for entries: those that were given back go out again first. */
final class Slab {
    private int[] free = new int[0];
    private int freeCount;
    private int bound;

    /** A number below this may be in use; none from it on was ever. */
    int bound() {
        return bound;
    }

    int take() {
        return freeCount > 0 ? free[--freeCount] : bound++;
    }

    void giveBack(int entry) {
        free = Columns.grow(free, freeCount + 1);
        free[freeCount++] = entry;
    }
}

package io.kernos.allocator;

/** Some of the demands: those of higher priority first, of equal ones that with the lower sequence, then index. */
final class DemandOrder {
    private final DemandTable demands;
    private int[] order = new int[0];
    private int size;

    DemandOrder(DemandTable demands) {
        this.demands = demands;
    }

    int size() {
        return size;
    }

    int at(int position) {
        return order[position];
    }

    void add(int demand) {
        order = Columns.grow(order, size + 1);
        int at = placeOf(demand);
        System.arraycopy(order, at, order, at + 1, size - at);
        order[at] = demand;
        size++;
    }

    void remove(int demand) {
        int at = placeOf(demand);
        size--;
        System.arraycopy(order, at + 1, order, at, size - at);
    }

    /** How many come before a demand. */
    private int placeOf(int demand) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (demands.isBefore(order[middle], demand)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }
}

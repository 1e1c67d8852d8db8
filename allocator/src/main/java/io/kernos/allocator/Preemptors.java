package io.kernos.allocator;

/** The demands that may preempt, those of higher priority first, of equal ones that with the lower sequence. */
final class Preemptors {
    private final DemandTable demands;
    private int[] order = new int[0];
    private int size;

    Preemptors(DemandTable demands) {
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
        int at = size++;
        while (at > 0 && demands.isBefore(demand, order[at - 1])) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = demand;
    }

    void remove(int demand) {
        int at = 0;
        while (order[at] != demand) {
            at++;
        }
        size--;
        System.arraycopy(order, at + 1, order, at, size - at);
    }
}

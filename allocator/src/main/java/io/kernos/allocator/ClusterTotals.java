package io.kernos.allocator;

/** What all agents have together, and the share that an amount of it makes. */
final class ClusterTotals {
    /** Most of one scalar kind that all agents may have together, or that may be allocated in all. */
    static final long MAX_CLUSTER_SCALAR = 1L << 62;

    private final long[] total = new long[ResourceKinds.MAX_SCALARS];
    private final long[] allocated = new long[ResourceKinds.MAX_SCALARS];
    private final boolean[] unfair = new boolean[ResourceKinds.MAX_SCALARS];
    private int kinds;
    private long version;

    ClusterTotals(AllocatorContext context) {
        for (int kind = 0; kind < unfair.length; kind++) {
            unfair[kind] = context.isExcludedFromFairness(kind);
        }
    }

    long total(int kind) {
        return total[kind];
    }

    long allocated(int kind) {
        return allocated[kind];
    }

    /** Changes with every change of a total, hence of all shares. */
    long version() {
        return version;
    }

    void checkTotal(Resources more) {
        check("total", total, more);
    }

    void checkTotal(int kind, long more) {
        check("total", total, kind, more);
    }

    void checkAllocated(Resources more) {
        check("allocated", allocated, more);
    }

    void addTotal(int kind, long change) {
        if (change == 0) {
            return;
        }
        total[kind] += change;
        version++;
        kinds = ResourceKinds.MAX_SCALARS;
        while (kinds > 0 && total[kinds - 1] == 0) {
            kinds--;
        }
    }

    void addAllocated(Resources resources, long times) {
        long[] amounts = resources.scalars();
        for (int kind = 0; kind < resources.scalarKinds(); kind++) {
            allocated[kind] += amounts[kind] * times;
        }
    }

    double share(ScalarTable held, int row, long weightMilli) {
        double share = 0;
        int bound = Math.min(kinds, held.kinds());
        long[] values = held.values();
        int base = held.base(row);
        for (int kind = 0; kind < bound; kind++) {
            long amount = values[base + kind];
            if (amount != 0 && total[kind] != 0 && !unfair[kind]) {
                share = Math.max(share, (double) amount * 1000 / ((double) total[kind] * weightMilli));
            }
        }
        return share;
    }

    private static void check(String name, long[] sum, Resources more) {
        for (int kind = 0; kind < more.scalarKinds(); kind++) {
            check(name, sum, kind, more.scalar(kind));
        }
    }

    private static void check(String name, long[] sum, int kind, long more) {
        if (more > MAX_CLUSTER_SCALAR - sum[kind]) {
            throw new IllegalArgumentException("the cluster's " + name + "=" + sum[kind] + " of scalar kind " + kind
                    + " with " + more + " more must not exceed " + MAX_CLUSTER_SCALAR);
        }
    }
}

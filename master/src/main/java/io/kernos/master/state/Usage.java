package io.kernos.master.state;

import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;

/** Sums of scalar resources. */
final class Usage {
    private final long[] amounts = new long[ResourceKinds.MAX_SCALARS];

    long amount(int kind) {
        return amounts[kind];
    }

    void add(Resources resources) {
        for (int kind = 0; kind < amounts.length; kind++) {
            amounts[kind] += resources.scalar(kind);
        }
    }

    void subtract(Resources resources) {
        for (int kind = 0; kind < amounts.length; kind++) {
            amounts[kind] -= resources.scalar(kind);
            if (amounts[kind] < 0) {
                throw new IllegalStateException("scalar kind " + kind + " fell to " + amounts[kind]);
            }
        }
    }
}

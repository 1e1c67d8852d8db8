package io.kernos.master.state;

import io.kernos.allocator.RangeSet;
import io.kernos.allocator.ResourceKinds;
import io.kernos.allocator.Resources;

/** What the groups of resources in messages have in common. */
final class ResourceCodec {
    private ResourceCodec() {}

    /** How many scalar kinds there is any of. */
    static int scalarCount(Resources resources) {
        int count = 0;
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (resources.scalar(kind) != 0) {
                count++;
            }
        }
        return count;
    }

    /** How many intervals there are of all range kinds. */
    static int intervalCount(Resources resources) {
        int count = 0;
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            count += resources.range(kind).intervals();
        }
        return count;
    }

    /** Says what is wrong with a scalar that comes from outside; false if nothing is. */
    static boolean isBadScalar(int kind, long amount, Resources soFar, Text why) {
        if (kind >= ResourceKinds.MAX_SCALARS) {
            why.start().put("scalars.kind=").put(kind).put(" is unknown; kinds are below ");
            why.put(ResourceKinds.MAX_SCALARS);
            return true;
        }
        if (amount < 0 || amount > Resources.MAX_SCALAR) {
            why.start()
                    .put("scalars.amount=")
                    .put(amount)
                    .put(" of kind ")
                    .put(kind)
                    .put(" must be from 0 to ");
            why.put(Resources.MAX_SCALAR);
            return true;
        }
        if (soFar.scalar(kind) != 0) {
            why.start().put("scalars.kind=").put(kind).put(" is named twice; name each kind once");
            return true;
        }
        return false;
    }

    /** Says what is wrong with an interval that comes from outside; false if nothing is. */
    static boolean isBadInterval(int kind, long begin, long end, Text why) {
        if (kind >= ResourceKinds.MAX_RANGES) {
            why.start().put("ranges.kind=").put(kind).put(" is unknown; kinds are below ");
            why.put(ResourceKinds.MAX_RANGES);
            return true;
        }
        if (begin < 0 || end < begin || end > RangeSet.MAX_VALUE) {
            why.start().put("ranges ").put(begin).put("-").put(end).put(" must ascend, from 0 to ");
            why.put(RangeSet.MAX_VALUE);
            return true;
        }
        return false;
    }

    /** The name of a scalar kind. */
    static String scalarName(int kind) {
        return switch (kind) {
            case ResourceKinds.CPUS -> "cpus";
            case ResourceKinds.MEMORY -> "memory";
            case ResourceKinds.DISK -> "disk";
            case ResourceKinds.GPUS -> "gpus";
            default -> "scalar";
        };
    }
}

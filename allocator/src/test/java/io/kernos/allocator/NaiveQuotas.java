package io.kernos.allocator;

import java.util.Objects;
import java.util.Set;

/** Guarantees, limits and headroom in obvious code. */
final class NaiveQuotas {
    private static final int NOBODY = -1;

    private final NaiveCluster cluster;

    NaiveQuotas(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    long consumed(int role, int kind) {
        return consumed(role, kind, NOBODY, 0);
    }

    long owed(int role, int kind) {
        return owed(role, kind, NOBODY, 0);
    }

    long required(int kind) {
        return required(kind, NOBODY, 0);
    }

    /** Whether a role may get some resources so many times. */
    boolean allows(int role, Resources resources, int times) {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (!allows(role, kind, times * charged(resources, kind))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a role that gets some resources would get something that is owed to it. */
    boolean givesOwed(int role, Resources resources) {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (charged(resources, kind) > 0 && required(kind, role, 1) < required(kind)) {
                return true;
            }
        }
        return false;
    }

    /** As much of some resources as a role may get. */
    Resources allowedOf(int role, Resources resources) {
        Resources allowed = Decisions.copy(resources);
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long high = resources.scalar(kind);
            long low = allows(role, kind, high) ? high : 0;
            while (low < high) {
                long middle = (low + high + 1) / 2;
                if (allows(role, kind, middle)) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            allowed.scalar(kind, low);
        }
        return withoutSpecialsThatAreNotAllowed(role, allowed);
    }

    /** What is special and counts is given as a whole or not at all, in order of traits, after what is plain. */
    private Resources withoutSpecialsThatAreNotAllowed(int role, Resources resources) {
        Resources allowed = Decisions.copy(resources);
        for (int i = 0; i < resources.specials(); i++) {
            allowed.subtract(only(resources, i));
        }
        for (int i = 0; i < resources.specials(); i++) {
            Resources more = Decisions.copy(allowed);
            more.add(only(resources, i));
            if (!isCharged(resources.specialTrait(i)) || allows(role, more, 1)) {
                allowed = more;
            }
        }
        return allowed;
    }

    private static Resources only(Resources resources, int special) {
        return new Resources().add(resources.specialTrait(special), resources.special(special));
    }

    private boolean isCharged(int trait) {
        return !cluster.traits.get(trait).isReserved()
                && !cluster.traits.get(trait).isRevocable();
    }

    /** What of a kind counts against the quota of who gets some resources. */
    long charged(Resources resources, int kind) {
        long amount = resources.scalar(kind);
        for (int i = 0; i < resources.specials(); i++) {
            amount +=
                    isCharged(resources.specialTrait(i)) ? resources.special(i).scalar(kind) : 0;
        }
        return amount;
    }

    boolean isAnySet() {
        return cluster.roles.values().stream().anyMatch(role -> !role.quota.isNothing());
    }

    private boolean allows(int role, int kind, long amount) {
        if (amount == 0) {
            return true;
        }
        for (int each : cluster.path(role)) {
            long limit = cluster.roles.get(each).quota.limit(kind);
            if (limit != Quota.NO_LIMIT && consumed(each, kind, role, amount) > limit) {
                return false;
            }
        }
        return leavesHeadroom(role, kind, amount);
    }

    private boolean leavesHeadroom(int role, int kind, long amount) {
        if (required(kind) == 0) {
            return true;
        }
        long before = available(kind) - required(kind);
        long after = available(kind) - amount - required(kind, role, amount);
        return after >= Math.min(0, before);
    }

    /** What the limit of a role itself leaves of a kind. */
    long leftByLimit(int role, int kind) {
        long limit = cluster.roles.get(role).quota.limit(kind);
        return limit == Quota.NO_LIMIT ? Long.MAX_VALUE : Math.max(0, limit - consumed(role, kind));
    }

    /** The most of a kind that a role may get so that enough is left for what others are guaranteed. */
    long leftByHeadroom(int role, int kind) {
        if (required(kind) == 0) {
            return Long.MAX_VALUE;
        }
        long low = 0;
        long high = available(kind) + required(kind);
        while (low < high) {
            long middle = (low + high + 1) / 2;
            if (leavesHeadroom(role, kind, middle)) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** What a role has, if another got so much more. */
    private long consumed(int role, int kind, int other, long more) {
        long sum = other != NOBODY && cluster.isWithin(other, role) ? more : 0;
        sum += cluster.goods.charged(role, kind);
        return sum;
    }

    private long owed(int role, int kind, int other, long more) {
        long below = 0;
        for (int child : cluster.roles.keySet()) {
            if (Objects.equals(cluster.roles.get(child).parent, role)) {
                below += owed(child, kind, other, more);
            }
        }
        long lacking = cluster.roles.get(role).quota.guarantee(kind) - consumed(role, kind, other, more);
        return Math.max(0, Math.max(lacking, below));
    }

    private long required(int kind, int other, long more) {
        long sum = 0;
        for (int role : cluster.roles.keySet()) {
            if (cluster.roles.get(role).parent == null && isGuaranteed(kind)) {
                sum += owed(role, kind, other, more);
            }
        }
        return sum;
    }

    boolean isGuaranteed(int kind) {
        for (NaiveRole role : cluster.roles.values()) {
            if (role.quota.guarantee(kind) != 0) {
                return true;
            }
        }
        return false;
    }

    private long available(int kind) {
        long sum = 0;
        for (NaiveAgent agent : cluster.agents.values()) {
            NaiveAmounts free = agent.giveable();
            sum += free == null ? 0 : free.scalars[kind];
            for (int trait : free == null ? Set.<Integer>of() : free.specials.keySet()) {
                boolean counts = isCharged(trait) && !cluster.traits.get(trait).isShared();
                sum += counts ? free.specials.get(trait).scalars[kind] : 0;
            }
        }
        return sum;
    }
}

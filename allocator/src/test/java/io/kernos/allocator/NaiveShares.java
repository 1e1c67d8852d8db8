package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Fairness in obvious code: shares, and who has least. */
final class NaiveShares {
    private record Rank(double share, int index) {}

    private static final Comparator<Rank> LEAST_FIRST =
            Comparator.comparingDouble(Rank::share).thenComparingInt(Rank::index);

    private final NaiveCluster cluster;

    NaiveShares(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    /** The share of all frameworks in and below a role. */
    double roleShare(int role) {
        long[] held = new long[ResourceKinds.MAX_SCALARS];
        cluster.frameworks.forEach((index, framework) -> {
            if (cluster.path(framework.role).contains(role)) {
                addHeld(index, held);
            }
        });
        return share(held, cluster.roles.get(role).weightMilli);
    }

    /** The share of a role's own frameworks. */
    private double ownShare(int role) {
        long[] held = new long[ResourceKinds.MAX_SCALARS];
        cluster.frameworks.forEach((index, framework) -> {
            if (framework.role == role) {
                addHeld(index, held);
            }
        });
        return share(held, 1000);
    }

    double frameworkShare(int framework) {
        long[] held = new long[ResourceKinds.MAX_SCALARS];
        addHeld(framework, held);
        return share(held, 1000);
    }

    List<Integer> contendersLeastFirst() {
        TreeMap<Integer, List<Rank>> ranks = new TreeMap<>();
        cluster.frameworks.forEach((index, framework) -> {
            if (framework.active) {
                ranks.put(index, ranks(index));
            }
        });
        List<Integer> contenders = new ArrayList<>(ranks.keySet());
        contenders.sort((left, right) -> compare(ranks.get(left), ranks.get(right)));
        return contenders;
    }

    /** Where a framework stands, from the top of the tree down: by role, in its role, and there by itself. */
    private List<Rank> ranks(int framework) {
        List<Rank> ranks = new ArrayList<>();
        int own = cluster.frameworks.get(framework).role;
        for (int role : cluster.path(own)) {
            ranks.add(new Rank(roleShare(role), role));
        }
        ranks.add(new Rank(ownShare(own), -1));
        ranks.add(new Rank(frameworkShare(framework), framework));
        return ranks;
    }

    private static int compare(List<Rank> left, List<Rank> right) {
        for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
            int order = LEAST_FIRST.compare(left.get(i), right.get(i));
            if (order != 0) {
                return order;
            }
        }
        throw new AssertionError("two frameworks at one place");
    }

    private void addHeld(int framework, long[] held) {
        for (NaiveAgent agent : cluster.agents.values()) {
            addScalars(agent.offeredByFramework.get(framework), held);
            addScalars(agent.usedByFramework.get(framework), held);
        }
    }

    private static void addScalars(NaiveAmounts amounts, long[] sum) {
        for (int kind = 0; amounts != null && kind < sum.length; kind++) {
            sum[kind] += amounts.scalars[kind];
        }
    }

    private double share(long[] held, long weightMilli) {
        long[] total = new long[ResourceKinds.MAX_SCALARS];
        cluster.agents.values().forEach(agent -> addScalars(agent.total, total));
        double share = 0;
        for (int kind = 0; kind < total.length; kind++) {
            if (total[kind] != 0) {
                share = Math.max(share, (double) held[kind] * 1000 / ((double) total[kind] * weightMilli));
            }
        }
        return share;
    }
}

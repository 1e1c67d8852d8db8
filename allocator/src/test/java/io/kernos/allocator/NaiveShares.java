package io.kernos.allocator;

import static io.kernos.allocator.NaiveLots.Kind.FRAMEWORK;
import static io.kernos.allocator.NaiveLots.Kind.OWN;
import static io.kernos.allocator.NaiveLots.Kind.ROLE;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Fairness in obvious code: shares, and who has least. */
final class NaiveShares {
    private record Rank(double share, int index) {}

    /** The weight of a framework, and of the frameworks of a role that has children. */
    private static final long ONE_MILLI = 1_000;

    private static final Comparator<Rank> LEAST_FIRST =
            Comparator.comparingDouble(Rank::share).thenComparingInt(Rank::index);

    /** A kind that is left out of shares, or -1. */
    int excludedKind = -1;

    boolean drawsRoles;
    boolean drawsFrameworks;
    final NaiveLots lots = new NaiveLots();
    private final NaiveCluster cluster;

    NaiveShares(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    /** The share of all frameworks in and below a role. */
    double roleShare(int role) {
        Set<Integer> frameworks = new TreeSet<>(cluster.frameworks.keySet());
        frameworks.removeIf(index -> !cluster.isWithin(cluster.frameworks.get(index).role, role));
        return share(cluster.goods.held(frameworks), weightMilli(role));
    }

    /** The share of a role's own frameworks. */
    private double ownShare(int role) {
        Set<Integer> frameworks = new TreeSet<>(cluster.frameworks.keySet());
        frameworks.removeIf(index -> cluster.frameworks.get(index).role != role);
        return share(cluster.goods.held(frameworks), ONE_MILLI);
    }

    double frameworkShare(int framework) {
        return share(cluster.goods.held(Set.of(framework)), ONE_MILLI);
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
            ranks.add(new Rank(drawsRoles ? lots.time(ROLE, role, weightMilli(role)) : roleShare(role), role));
        }
        ranks.add(new Rank(drawsRoles ? lots.time(OWN, own, ONE_MILLI) : ownShare(own), -1));
        double key = drawsFrameworks ? lots.time(FRAMEWORK, framework, ONE_MILLI) : frameworkShare(framework);
        ranks.add(new Rank(key, framework));
        return ranks;
    }

    /** The next turn of a framework that has stepped, and of all above it, is drawn. */
    void onStepped(int framework) {
        int own = cluster.frameworks.get(framework).role;
        cluster.path(own).forEach(role -> lots.step(ROLE, role, weightMilli(role)));
        lots.step(OWN, own, ONE_MILLI);
        lots.step(FRAMEWORK, framework, ONE_MILLI);
    }

    private long weightMilli(int role) {
        return cluster.roles.get(role).weightMilli;
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

    private double share(long[] held, long weightMilli) {
        long[] total = new long[ResourceKinds.MAX_SCALARS];
        cluster.agents.values().forEach(agent -> addTotal(agent.total, total));
        double share = 0;
        for (int kind = 0; kind < total.length; kind++) {
            if (total[kind] != 0 && kind != excludedKind) {
                share = Math.max(share, (double) held[kind] * 1000 / ((double) total[kind] * weightMilli));
            }
        }
        return share;
    }

    private static void addTotal(NaiveAmounts amounts, long[] sum) {
        for (int kind = 0; kind < sum.length; kind++) {
            sum[kind] += amounts.scalars[kind];
        }
        amounts.specials.values().forEach(special -> addTotal(special, sum));
    }
}

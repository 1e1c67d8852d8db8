package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Fairness in obvious code: shares, and who has least. */
final class NaiveShares {
    private final NaiveCluster cluster;

    NaiveShares(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    double roleShare(int role) {
        long[] held = new long[ResourceKinds.MAX_SCALARS];
        cluster.frameworks.forEach((index, framework) -> {
            if (framework.role == role) {
                addHeld(index, held);
            }
        });
        return share(held, cluster.roles.get(role).weightMilli);
    }

    double frameworkShare(int framework) {
        long[] held = new long[ResourceKinds.MAX_SCALARS];
        addHeld(framework, held);
        return share(held, 1000);
    }

    List<Integer> contendersLeastFirst() {
        List<Integer> contenders = new ArrayList<>();
        TreeMap<Integer, Double> roleShares = new TreeMap<>();
        TreeMap<Integer, Double> shares = new TreeMap<>();
        cluster.frameworks.forEach((index, framework) -> {
            if (framework.active) {
                contenders.add(index);
                shares.put(index, frameworkShare(index));
                roleShares.computeIfAbsent(framework.role, this::roleShare);
            }
        });
        contenders.sort(Comparator.comparingDouble(
                        (Integer framework) -> roleShares.get(cluster.frameworks.get(framework).role))
                .thenComparingInt(framework -> cluster.frameworks.get(framework).role)
                .thenComparingDouble(shares::get)
                .thenComparingInt(framework -> framework));
        return contenders;
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

package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Placement of the demands in obvious code. */
final class NaivePlacement {
    private final NaiveCluster cluster;

    NaivePlacement(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    /** Places one task of a framework, or returns null. */
    Decisions.Grant place(int framework) {
        List<Integer> wanted = new ArrayList<>();
        cluster.demands.forEach((index, demand) -> {
            if (demand.framework == framework && demand.waiting > 0) {
                wanted.add(index);
            }
        });
        wanted.sort(Comparator.comparingLong((Integer demand) -> cluster.demands.get(demand).sequence)
                .thenComparingInt(demand -> demand));
        for (int index : wanted) {
            NaiveDemand demand = cluster.demands.get(index);
            for (int agent : cluster.agents.keySet()) {
                Resources task = task(demand, cluster.agents.get(agent).giveable());
                if (task != null) {
                    cluster.give(cluster.agents.get(agent).usedByFramework, framework, task);
                    demand.waiting--;
                    return new Decisions.Grant(false, -1, index, agent, 1, task);
                }
            }
        }
        return null;
    }

    /** What a task of a demand would get of what is free, or null if it does not fit. */
    static Resources task(NaiveDemand demand, NaiveAmounts free) {
        NaiveAmounts task = NaiveAmounts.of(demand.perTask);
        if (free == null || !free.contains(task)) {
            return null;
        }
        free.subtract(task);
        for (int i = 0; i < demand.ports; i++) {
            long lowest = Long.lowestOneBit(free.numbers[ResourceKinds.PORTS]);
            if (lowest == 0) {
                return null;
            }
            free.numbers[ResourceKinds.PORTS] -= lowest;
            task.numbers[ResourceKinds.PORTS] += lowest;
        }
        return task.toResources();
    }
}

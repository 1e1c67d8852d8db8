package io.kernos.allocator;

/** Offers in obvious code. */
final class NaiveOffers {
    private static final long MIN_CPUS_MILLI = 10;
    private static final long MIN_MEMORY_BYTES = 32L << 20;

    private final NaiveCluster cluster;

    NaiveOffers(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    /** Offers one agent to a framework, or returns null. */
    Decisions.Grant offer(int framework) {
        for (int index : cluster.agents.keySet()) {
            boolean isFiltered =
                    cluster.frameworks.get(framework).filterEndByAgent.containsKey(index);
            NaiveAmounts free = isFiltered ? null : cluster.agents.get(index).giveable();
            if (free != null
                    && (free.scalars[ResourceKinds.CPUS] >= MIN_CPUS_MILLI
                            || free.scalars[ResourceKinds.MEMORY] >= MIN_MEMORY_BYTES)) {
                Resources granted = free.toResources();
                cluster.give(cluster.agents.get(index).offeredByFramework, framework, granted);
                return new Decisions.Grant(true, framework, -1, index, 1, granted);
            }
        }
        return null;
    }
}

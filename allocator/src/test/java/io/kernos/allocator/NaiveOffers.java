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
            NaiveFramework asks = cluster.frameworks.get(framework);
            NaiveAgent agent = cluster.agents.get(index);
            NaiveAmounts free = cluster.goods.giveable(framework, agent);
            if (free != null
                    && (asks.constraints == null || asks.constraints.admit(agent.info))
                    && !asks.isFiltered(index, free)
                    && (cluster.goods.alone(free, ResourceKinds.CPUS) >= MIN_CPUS_MILLI
                            || cluster.goods.alone(free, ResourceKinds.MEMORY) >= MIN_MEMORY_BYTES)) {
                Resources granted = free.toResources();
                cluster.give(agent.offeredByFramework, framework, granted);
                return new Decisions.Grant(true, framework, -1, index, 1, granted);
            }
        }
        return null;
    }
}

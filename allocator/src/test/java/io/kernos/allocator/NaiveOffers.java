package io.kernos.allocator;

import java.util.stream.IntStream;

/** Offers in obvious code. */
final class NaiveOffers {
    private static final long MIN_CPUS_MILLI = 10;
    private static final long MIN_MEMORY_BYTES = 32L << 20;

    private final NaiveCluster cluster;
    private final NaiveQuotas quotas;
    private final NaiveBackfill backfill;

    NaiveOffers(NaiveCluster cluster, NaiveQuotas quotas, NaiveBackfill backfill) {
        this.cluster = cluster;
        this.quotas = quotas;
        this.backfill = backfill;
    }

    /** Offers of one agent what a framework may get, or returns null; on demand only if something of it is owed. */
    Decisions.Grant offer(int framework, boolean onlyOwed) {
        int role = cluster.frameworks.get(framework).role;
        for (int index : cluster.agents.keySet()) {
            NaiveFramework asks = cluster.frameworks.get(framework);
            NaiveAgent agent = cluster.agents.get(index);
            NaiveAmounts free = cluster.goods.giveable(framework, agent);
            if (free == null
                    || !asks.admitsRegion(agent)
                    || (asks.constraints != null && !asks.constraints.admit(agent.info))
                    || !cluster.goods.mayUseGpus(framework, agent)) {
                continue;
            }
            backfill.withhold(agent, free);
            Resources granted = quotas.allowedOf(role, free.toResources());
            NaiveAmounts amounts = NaiveAmounts.of(granted);
            if (isWorthAnOffer(asks, amounts)
                    && !asks.isFiltered(index, amounts)
                    && (!onlyOwed || quotas.givesOwed(role, granted))) {
                cluster.give(agent.offeredByFramework, framework, granted);
                return new Decisions.Grant(true, framework, -1, index, 1, granted);
            }
        }
        return null;
    }

    boolean isWorthAnOffer(NaiveFramework framework, NaiveAmounts free) {
        if (framework.minima != null) {
            NaiveAmounts alone = new NaiveAmounts();
            alone.add(free);
            alone.specials.keySet().removeIf(trait -> cluster.traits.get(trait).isShared());
            return framework.minima.isEmpty()
                    ? !alone.isNothing()
                    : framework.minima.stream().anyMatch(least -> hasAll(alone, least));
        }
        return cluster.goods.alone(free, ResourceKinds.CPUS) >= MIN_CPUS_MILLI
                || cluster.goods.alone(free, ResourceKinds.MEMORY) >= MIN_MEMORY_BYTES;
    }

    private boolean hasAll(NaiveAmounts alone, Resources least) {
        return IntStream.range(0, ResourceKinds.MAX_SCALARS)
                .allMatch(kind -> cluster.goods.alone(alone, kind) >= least.scalar(kind));
    }
}

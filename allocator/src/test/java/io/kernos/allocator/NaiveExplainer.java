package io.kernos.allocator;

import java.util.Map;
import java.util.TreeMap;

/** Why a demand waits, in obvious code. */
final class NaiveExplainer {
    private final NaiveCluster cluster;
    private final NaiveQuotas quotas;
    private final NaivePlacement placement;
    private final NaiveOffers offers;

    NaiveExplainer(NaiveCluster cluster) {
        this.cluster = cluster;
        this.quotas = new NaiveQuotas(cluster);
        this.placement = new NaivePlacement(cluster, quotas);
        this.offers = new NaiveOffers(cluster, quotas, placement.backfill);
    }

    /** Agents by the reason for which a demand waits. */
    Map<WaitReason, Integer> explain(int index) {
        Map<WaitReason, Integer> counts = new TreeMap<>();
        cluster.agents.values().forEach(agent -> counts.merge(reason(index, agent), 1, Integer::sum));
        return counts;
    }

    /** Agents that are too small or in use, by the kind that they lack. */
    Map<String, Integer> lacking(int index) {
        NaiveDemand demand = cluster.demands.get(index);
        Map<String, Integer> counts = new TreeMap<>();
        for (NaiveAgent agent : cluster.agents.values()) {
            WaitReason reason = reason(index, agent);
            if (reason == WaitReason.AGENT_TOO_SMALL || reason == WaitReason.AGENT_IN_USE) {
                NaiveAmounts had = reason == WaitReason.AGENT_TOO_SMALL ? agent.total : agent.giveable();
                countLacking(demand, had, reason, counts);
            }
        }
        return counts;
    }

    private void countLacking(NaiveDemand demand, NaiveAmounts had, WaitReason reason, Map<String, Integer> counts) {
        NaiveAmounts task = NaiveAmounts.of(demand.perTask);
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            int of = kind;
            boolean lacks = had.scalars[of] < task.scalars[of]
                    || task.specials.keySet().stream()
                            .anyMatch(trait ->
                                    had.specialOrNothing(trait).scalars[of] < task.specials.get(trait).scalars[of]);
            counts.merge(reason + " scalar " + kind, lacks ? 1 : 0, Integer::sum);
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            int of = kind;
            long rest = had.numbers[of] & ~task.numbers[of];
            boolean lacks = (task.numbers[of] & ~had.numbers[of]) != 0
                    || Long.bitCount(rest) < demand.any[of]
                    || task.specials.keySet().stream()
                            .anyMatch(trait ->
                                    (task.specials.get(trait).numbers[of] & ~had.specialOrNothing(trait).numbers[of])
                                            != 0);
            counts.merge(reason + " range " + kind, lacks ? 1 : 0, Integer::sum);
        }
        counts.values().removeIf(count -> count == 0);
    }

    private WaitReason reason(int index, NaiveAgent agent) {
        NaiveDemand demand = cluster.demands.get(index);
        WaitReason reason;
        NaiveAmounts giveable = cluster.goods.giveable(demand.framework, agent);
        if (!agent.holds.isEmpty()) {
            reason = reasonOf(agent.holds.iterator().next());
        } else if (giveable == null) {
            reason = agent.claimedByFramework.isEmpty()
                    ? WaitReason.AGENT_OVERCOMMITTED
                    : WaitReason.AGENT_AWAITS_PREEMPTED;
        } else if (!demand.admits(agent)) {
            reason = WaitReason.AGENT_NOT_SUITABLE;
        } else if (!demand.isNear(agent.tasksByGroup.keySet())) {
            reason = WaitReason.AGENT_WITHOUT_GROUP;
        } else if (!demand.isWithinGroupLimit(agent)) {
            reason = WaitReason.AGENT_AT_GROUP_LIMIT;
        } else if (placement.task(demand, giveable, agent.topology) != null) {
            reason = placement.backfill.most(demand, agent) == 0 ? WaitReason.AGENT_RESERVED : fits(demand);
        } else if (!mayHaveAll(demand)) {
            reason = WaitReason.RESOURCES_NOT_FOR_IT;
        } else {
            reason = lackOf(demand, agent);
        }
        return reason;
    }

    private WaitReason fits(NaiveDemand demand) {
        return hasRoomForGang(demand) ? WaitReason.AGENT_FITS : WaitReason.AGENT_FITS_PART_OF_GANG;
    }

    /** Agents by the reason for which a framework is not offered them. */
    Map<OfferReason, Integer> explainOffers(int index) {
        Map<OfferReason, Integer> counts = new TreeMap<>();
        cluster.agents.keySet().forEach(agent -> counts.merge(offerReason(index, agent), 1, Integer::sum));
        return counts;
    }

    /** When the first agent that is filtered is so no more. */
    long filterEndMs(int index) {
        NaiveFramework framework = cluster.frameworks.get(index);
        return cluster.agents.keySet().stream()
                .filter(agent -> offerReason(index, agent) == OfferReason.FILTERED)
                .mapToLong(agent -> framework.filteredToMs(agent, offered(index, agent)))
                .min()
                .orElse(Allocator.NO_DEADLINE);
    }

    private NaiveAmounts offered(int index, int agent) {
        NaiveAmounts free = beside(index, cluster.agents.get(agent));
        return NaiveAmounts.of(quotas.allowedOf(cluster.frameworks.get(index).role, free.toResources()));
    }

    /** What a framework may have of an agent beside what is reserved in time. */
    private NaiveAmounts beside(int framework, NaiveAgent agent) {
        NaiveAmounts free = cluster.goods.giveable(framework, agent);
        placement.backfill.withhold(agent, free);
        return free;
    }

    private OfferReason offerReason(int index, int agentIndex) {
        NaiveFramework framework = cluster.frameworks.get(index);
        NaiveAgent agent = cluster.agents.get(agentIndex);
        NaiveAmounts free = cluster.goods.giveable(index, agent);
        OfferReason reason;
        if (!agent.holds.isEmpty()) {
            reason = OfferReason.valueOf(reasonOf(agent.holds.iterator().next()).name());
        } else if (free == null) {
            reason = agent.claimedByFramework.isEmpty()
                    ? OfferReason.AGENT_OVERCOMMITTED
                    : OfferReason.AGENT_AWAITS_PREEMPTED;
        } else if (!framework.admitsRegion(agent)) {
            reason = OfferReason.REGION_REMOTE;
        } else if (framework.constraints != null && !framework.constraints.admit(agent.info)) {
            reason = OfferReason.CONSTRAINT_UNMET;
        } else if (!cluster.goods.mayUseGpus(index, agent)) {
            reason = OfferReason.GPUS_KEPT;
        } else if (!offers.isWorthAnOffer(framework, free)) {
            reason = OfferReason.BELOW_MINIMUM;
        } else if (!offers.isWorthAnOffer(framework, beside(index, agent))) {
            reason = OfferReason.AGENT_RESERVED;
        } else {
            NaiveAmounts offered = offered(index, agentIndex);
            reason = offers.isWorthAnOffer(framework, offered) ? OfferReason.OFFERABLE : OfferReason.KEPT_BY_QUOTA;
            reason = reason == OfferReason.OFFERABLE && framework.isFiltered(agentIndex, offered)
                    ? OfferReason.FILTERED
                    : reason;
        }
        return reason;
    }

    private static WaitReason reasonOf(AgentHold hold) {
        return switch (hold) {
            case DISCONNECTED -> WaitReason.AGENT_NOT_ACTIVE;
            case DEACTIVATED -> WaitReason.AGENT_DEACTIVATED;
            case DRAINING -> WaitReason.AGENT_DRAINING;
        };
    }

    private boolean mayHaveAll(NaiveDemand demand) {
        return NaiveAmounts.of(demand.perTask).specials.keySet().stream()
                .allMatch(trait -> cluster.goods.mayHave(demand.framework, trait));
    }

    private WaitReason lackOf(NaiveDemand demand, NaiveAgent agent) {
        if (!hasEnough(agent.total, demand)) {
            return WaitReason.AGENT_TOO_SMALL;
        }
        NaiveAmounts giveable = cluster.goods.giveable(demand.framework, agent);
        boolean fitsUndivided = placement.task(demand, giveable, new NaiveTopology()) != null;
        return fitsUndivided ? WaitReason.AGENT_NOT_ALIGNED : WaitReason.AGENT_IN_USE;
    }

    private static boolean hasEnough(NaiveAmounts total, NaiveDemand demand) {
        NaiveAmounts task = NaiveAmounts.of(demand.perTask);
        boolean hasEnough = total.containsAll(task);
        for (int kind = 0; kind < demand.any.length; kind++) {
            hasEnough &= Long.bitCount(total.numbers[kind] & ~task.numbers[kind]) >= demand.any[kind];
        }
        return hasEnough;
    }

    private boolean hasRoomForGang(NaiveDemand demand) {
        int fitting = 0;
        for (NaiveAgent agent : cluster.agents.values()) {
            boolean isAdmitted = demand.admits(agent) && demand.isNear(agent.tasksByGroup.keySet());
            NaiveAmounts free = isAdmitted ? cluster.goods.giveable(demand.framework, agent) : null;
            long inGroup = (long) demand.maxPerAgent - agent.tasksByGroup.getOrDefault(demand.group, 0);
            long most = Math.min(inGroup, placement.backfill.most(demand, agent));
            for (int i = 0;
                    i < Math.min(most, demand.gang) && placement.task(demand, free, agent.topology) != null;
                    i++) {
                fitting++;
            }
        }
        return fitting >= demand.gang;
    }
}

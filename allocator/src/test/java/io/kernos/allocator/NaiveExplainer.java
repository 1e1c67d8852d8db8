package io.kernos.allocator;

import java.util.Map;
import java.util.TreeMap;

/** Why a demand waits, in obvious code. */
final class NaiveExplainer {
    private final NaiveCluster cluster;
    private final NaivePlacement placement;

    NaiveExplainer(NaiveCluster cluster) {
        this.cluster = cluster;
        this.placement = new NaivePlacement(cluster, new NaiveQuotas(cluster));
    }

    /** Agents by the reason for which a demand waits. */
    Map<WaitReason, Integer> explain(int index) {
        NaiveDemand demand = cluster.demands.get(index);
        Map<WaitReason, Integer> counts = new TreeMap<>();
        for (NaiveAgent agent : cluster.agents.values()) {
            WaitReason reason;
            NaiveAmounts giveable = cluster.goods.giveable(demand.framework, agent);
            if (!agent.holds.isEmpty()) {
                reason = reasonOf(agent.holds.iterator().next());
            } else if (giveable == null) {
                reason = WaitReason.AGENT_OVERCOMMITTED;
            } else if (!demand.admits(agent)) {
                reason = WaitReason.AGENT_NOT_SUITABLE;
            } else if (!demand.isNear(agent.tasksByGroup.keySet())) {
                reason = WaitReason.AGENT_WITHOUT_GROUP;
            } else if (!demand.isWithinGroupLimit(agent)) {
                reason = WaitReason.AGENT_AT_GROUP_LIMIT;
            } else if (placement.task(demand, giveable) != null) {
                reason = hasRoomForGang(demand) ? WaitReason.AGENT_FITS : WaitReason.AGENT_FITS_PART_OF_GANG;
            } else if (!mayHaveAll(demand)) {
                reason = WaitReason.RESOURCES_NOT_FOR_IT;
            } else {
                reason = hasEnough(agent.total, demand) ? WaitReason.AGENT_IN_USE : WaitReason.AGENT_TOO_SMALL;
            }
            counts.merge(reason, 1, Integer::sum);
        }
        return counts;
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

    private static boolean hasEnough(NaiveAmounts total, NaiveDemand demand) {
        NaiveAmounts task = NaiveAmounts.of(demand.perTask);
        long portsLeft = total.numbers[ResourceKinds.PORTS] & ~task.numbers[ResourceKinds.PORTS];
        return total.containsAll(task) && Long.bitCount(portsLeft) >= demand.ports;
    }

    private boolean hasRoomForGang(NaiveDemand demand) {
        int fitting = 0;
        for (NaiveAgent agent : cluster.agents.values()) {
            boolean isAdmitted = demand.admits(agent) && demand.isNear(agent.tasksByGroup.keySet());
            NaiveAmounts free = isAdmitted ? cluster.goods.giveable(demand.framework, agent) : null;
            long most = (long) demand.maxPerAgent - agent.tasksByGroup.getOrDefault(demand.group, 0);
            for (int i = 0; i < Math.min(most, demand.gang) && placement.task(demand, free) != null; i++) {
                fitting++;
            }
        }
        return fitting >= demand.gang;
    }
}

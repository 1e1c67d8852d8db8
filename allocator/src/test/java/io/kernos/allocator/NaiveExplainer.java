package io.kernos.allocator;

import java.util.Map;
import java.util.TreeMap;

/** Why a demand waits, in obvious code. */
final class NaiveExplainer {
    private final NaiveCluster cluster;

    NaiveExplainer(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    /** Agents by the reason for which a demand waits. */
    Map<WaitReason, Integer> explain(int index) {
        NaiveDemand demand = cluster.demands.get(index);
        Map<WaitReason, Integer> counts = new TreeMap<>();
        for (NaiveAgent agent : cluster.agents.values()) {
            WaitReason reason;
            if (!agent.holds.isEmpty()) {
                reason = reasonOf(agent.holds.iterator().next());
            } else if (agent.giveable() == null) {
                reason = WaitReason.AGENT_OVERCOMMITTED;
            } else if (NaivePlacement.task(demand, agent.giveable()) != null) {
                reason = WaitReason.AGENT_FITS;
            } else {
                NaiveAmounts all = new NaiveAmounts();
                all.add(agent.total);
                reason =
                        NaivePlacement.task(demand, all) == null ? WaitReason.AGENT_TOO_SMALL : WaitReason.AGENT_IN_USE;
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
}

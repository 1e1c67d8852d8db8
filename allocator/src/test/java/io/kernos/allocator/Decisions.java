package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/** Keeps decisions as readable lines, in order, and the resources that each granted. */
final class Decisions implements AllocationHandler {
    record Grant(boolean isOffer, int framework, int demand, int agent, int tasks, Resources resources) {
        /** Tasks that are to leave for another; they are counted below zero. */
        static Grant preempted(int demand, int agent, int tasks, int forDemand, int forPriority) {
            return new Grant(false, forDemand, demand, agent, -tasks, Resources.of(forPriority, 0, 0));
        }

        boolean isPreempted() {
            return !isOffer && tasks < 0;
        }

        @Override
        public String toString() {
            if (isPreempted()) {
                return "preempt d" + demand + " a" + agent + " x" + -tasks + " for d" + framework;
            }
            return isOffer
                    ? "offer f" + framework + " a" + agent + " " + resources
                    : "place d" + demand + " a" + agent + " x" + tasks + " " + resources;
        }
    }

    /** Instead of an agent: tasks that were given up. */
    static final int NOWHERE = -1;

    final List<Grant> grants = new ArrayList<>();
    final List<String> inverse = new ArrayList<>();

    /** The resources of the last decision that was taken. */
    Resources last;

    @Override
    public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
        grants.add(new Grant(true, frameworkIndex, -1, agentIndex, 1, copy(granted)));
    }

    @Override
    public void onPlacement(int demandIndex, int agentIndex, int tasks, Resources perTask) {
        grants.add(new Grant(false, -1, demandIndex, agentIndex, tasks, copy(perTask)));
    }

    @Override
    public void onExpired(int demandIndex, int tasks) {
        grants.add(new Grant(false, -1, demandIndex, NOWHERE, tasks, new Resources()));
    }

    @Override
    public void onInverseOffer(int frameworkIndex, int agentIndex, long startMs, long durationMs) {
        inverse.add("f" + frameworkIndex + "@a" + agentIndex + " " + startMs + "+" + durationMs);
    }

    @Override
    public void onPreempted(int demandIndex, int agentIndex, int tasks, int forDemand, int forPriority) {
        grants.add(Grant.preempted(demandIndex, agentIndex, tasks, forDemand, forPriority));
    }

    /**
     * Who got what, without the amounts: {@code f1@a0} for an offer, {@code d3@a0x2} for a placement, {@code d3-x2} for
     * tasks given up, {@code d3@a0x2>d4} for tasks that are to leave for another.
     */
    String take() {
        StringBuilder text = new StringBuilder();
        for (Grant grant : grants) {
            text.append(text.isEmpty() ? "" : " ");
            if (grant.isOffer) {
                text.append('f').append(grant.framework).append("@a").append(grant.agent);
            } else {
                text.append('d')
                        .append(grant.demand)
                        .append(grant.agent == NOWHERE ? "-" : "@a" + grant.agent)
                        .append('x')
                        .append(Math.abs(grant.tasks))
                        .append(grant.isPreempted() ? ">d" + grant.framework : "");
            }
        }
        last = grants.isEmpty() ? last : grants.getLast().resources();
        grants.clear();
        return text.toString();
    }

    static Resources copy(Resources resources) {
        Resources copy = new Resources();
        copy.copyFrom(resources);
        return copy;
    }
}

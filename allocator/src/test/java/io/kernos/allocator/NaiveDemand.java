package io.kernos.allocator;

import java.util.Set;

/** A demand, as plainly as can be. */
final class NaiveDemand {
    int framework;
    long sequence;
    Resources perTask;
    int ports;
    int priority;
    int gang = 1;
    boolean preemptible;
    boolean preempting;
    long deadlineMs = Allocator.NO_DEADLINE;
    AgentChoice choice = AgentChoice.LOWEST;
    OfferConstraints constraints;
    int near = GroupTable.NONE;
    int group = GroupTable.NONE;
    int maxPerAgent = Integer.MAX_VALUE;
    int waiting;

    /** What it needs of scalars. */
    Resources scalars() {
        Resources scalars = new Resources();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            scalars.scalar(kind, perTask.scalar(kind));
        }
        return scalars;
    }

    boolean admits(NaiveAgent agent) {
        return constraints == null || constraints.admit(agent.info);
    }

    /** Whether its tasks may go where tasks of these groups run. */
    boolean isNear(Set<Integer> groups) {
        return near == GroupTable.NONE || groups.contains(near);
    }

    boolean isWithinGroupLimit(NaiveAgent agent) {
        return agent.tasksByGroup.getOrDefault(group, 0) < maxPerAgent;
    }

    DemandSpec spec() {
        return new DemandSpec()
                .sequence(sequence)
                .perTask(perTask)
                .ports(ports)
                .priority(priority)
                .gang(gang)
                .preemptible(preemptible)
                .preempting(preempting)
                .deadlineMs(deadlineMs)
                .choice(choice)
                .constraints(constraints)
                .group(group, maxPerAgent)
                .near(near);
    }

    @Override
    public String toString() {
        String may = (preemptible ? " preemptible" : "") + (preempting ? " preempting" : "");
        return perTask + may + " ports " + ports + " " + choice + " priority " + priority + " gang " + gang + " until "
                + deadlineMs + " group " + group + " max " + maxPerAgent + " near " + near + " on " + constraints + " x"
                + waiting;
    }
}

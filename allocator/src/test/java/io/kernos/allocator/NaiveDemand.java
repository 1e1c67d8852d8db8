package io.kernos.allocator;

import java.util.Arrays;
import java.util.Set;

/** A demand, as plainly as can be. */
final class NaiveDemand {
    int framework;
    long sequence;
    Resources perTask;
    final int[] any = new int[ResourceKinds.MAX_RANGES];
    Alignment alignment = Alignment.NONE;
    int priority;
    int gang = 1;
    boolean preemptible;
    boolean preempting;
    boolean reserved;
    long durationMs;
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
        DemandSpec spec = new DemandSpec();
        for (int kind = 0; kind < any.length; kind++) {
            spec.any(kind, any[kind]);
        }
        return spec.align(alignment)
                .sequence(sequence)
                .perTask(perTask)
                .priority(priority)
                .gang(gang)
                .preemptible(preemptible)
                .preempting(preempting)
                .reserved(reserved)
                .durationMs(durationMs)
                .deadlineMs(deadlineMs)
                .choice(choice)
                .constraints(constraints)
                .group(group, maxPerAgent)
                .near(near);
    }

    @Override
    public String toString() {
        String may =
                (preemptible ? " preemptible" : "") + (preempting ? " preempting" : "") + (reserved ? " reserved" : "");
        return perTask + may + " any " + Arrays.toString(any) + " " + alignment + " " + choice + " priority " + priority
                + " gang " + gang + " takes " + durationMs + " until "
                + deadlineMs + " group " + group + " max " + maxPerAgent + " near " + near + " on " + constraints + " x"
                + waiting;
    }
}

package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/**
 * Which agents a framework wants to be offered: those that meet all constraints of at least one group.
 *
 * @param groups at least one, each of at least one constraint; at most {@link #MAX_CONSTRAINTS} in all.
 */
public record OfferConstraints(List<List<AttributeConstraint>> groups) {
    /** Most constraints of one framework. */
    public static final int MAX_CONSTRAINTS = 1_000;

    /** Refuses what is empty or too much. */
    public OfferConstraints {
        List<List<AttributeConstraint>> copies = new ArrayList<>(groups);
        copies.replaceAll(List::copyOf);
        groups = List.copyOf(copies);
        if (groups.isEmpty()) {
            throw new IllegalArgumentException("groups must not be empty; to want every agent, set no constraints");
        }
        int constraints = 0;
        for (int group = 0; group < groups.size(); group++) {
            if (groups.get(group).isEmpty()) {
                throw new IllegalArgumentException("group " + group + " must not be empty; leave it out");
            }
            constraints += groups.get(group).size();
        }
        if (constraints > MAX_CONSTRAINTS) {
            throw new IllegalArgumentException("constraints=" + constraints + " in all groups must be at most "
                    + MAX_CONSTRAINTS + "; use a pattern in place of many values");
        }
    }

    /**
     * One group.
     *
     * @param constraints that must all be met.
     * @return the constraints.
     */
    public static OfferConstraints all(AttributeConstraint... constraints) {
        return new OfferConstraints(List.of(List.of(constraints)));
    }

    /**
     * Whether an agent may be offered.
     *
     * @param agent what is known of the agent.
     * @return true if it meets all constraints of a group.
     */
    public boolean admit(AgentInfo agent) {
        for (List<AttributeConstraint> group : groups) {
            if (isMet(group, agent)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMet(List<AttributeConstraint> group, AgentInfo agent) {
        for (AttributeConstraint constraint : group) {
            if (!constraint.isMetBy(agent)) {
                return false;
            }
        }
        return true;
    }
}

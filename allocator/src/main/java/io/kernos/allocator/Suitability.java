package io.kernos.allocator;

import org.agrona.collections.Object2IntHashMap;

/**
 * Policy: a task goes only to agents that the constraints of its demand admit. Equal constraints are evaluated once for
 * each agent, when they come or the agent changes; which agents they admit is a set of bits.
 */
final class Suitability {
    /** Instead of an index: everything is admitted. */
    static final int ANY = -1;

    private final AgentTable agents;
    private final Exclusions known;
    private final Object2IntHashMap<OfferConstraints> indices = new Object2IntHashMap<>(ANY);
    private OfferConstraints[] constraints = new OfferConstraints[0];
    private IndexSet[] admitted = new IndexSet[0];
    private int[] demands = new int[0];
    private int bound;

    Suitability(AgentTable agents, Exclusions known) {
        this.agents = agents;
        this.known = known;
    }

    /** Counts a demand with constraints, or with none where they are null, and returns their index. */
    int enter(OfferConstraints wanted) {
        if (wanted == null) {
            return ANY;
        }
        int index = indices.getValue(wanted);
        if (index == ANY) {
            index = take(wanted);
        }
        demands[index]++;
        return index;
    }

    /** Counts one more demand with constraints that another has. */
    void enterLike(int index) {
        if (index != ANY) {
            demands[index]++;
        }
    }

    void leave(int index) {
        if (index != ANY && --demands[index] == 0) {
            indices.removeKey(constraints[index]);
            constraints[index] = null;
        }
    }

    boolean admits(int index, int agent) {
        return index == ANY || admitted[index].contains(agent);
    }

    /** The agents that constraints admit; not of ANY. */
    IndexSet admitted(int index) {
        return admitted[index];
    }

    /** What is known of an agent has changed, or it was added. */
    void describe(int agent) {
        for (int index = 0; index < bound; index++) {
            if (constraints[index] != null) {
                decide(index, agent);
            }
        }
    }

    void removeAgent(int agent) {
        for (int index = 0; index < bound; index++) {
            admitted[index].remove(agent);
        }
    }

    /** Constraints that are in use, or null, for checks. */
    OfferConstraints constraints(int index) {
        return constraints[index];
    }

    int bound() {
        return bound;
    }

    private void decide(int index, int agent) {
        if (!constraints[index].admit(known.info(agent))) {
            if (admitted[index].remove(agent)) {
                agents.watch().touch(agent);
            }
        } else if (admitted[index].add(agent)) {
            agents.watch().touch(agent);
            agents.markChanged(agent);
        }
    }

    private int take(OfferConstraints wanted) {
        int index = 0;
        while (index < bound && constraints[index] != null) {
            index++;
        }
        if (index == bound) {
            bound++;
            constraints = Columns.grow(constraints, bound);
            admitted = Columns.grow(admitted, bound);
            demands = Columns.grow(demands, bound);
            admitted[index] = new IndexSet();
        }
        constraints[index] = wanted;
        indices.put(wanted, index);
        admitted[index].clear();
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent) && wanted.admit(known.info(agent))) {
                admitted[index].add(agent);
            }
        }
        return index;
    }
}

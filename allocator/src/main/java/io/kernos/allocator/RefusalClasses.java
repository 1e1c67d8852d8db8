package io.kernos.allocator;

/**
 * What was refused on agents: frameworks that refused the same on an agent are one class, a row of bits. What an agent
 * has free when it is declined is what all are offered of it in turn, so an agent has few classes however many declined
 * it.
 */
final class RefusalClasses {
    static final int NONE = -1;

    private final Traits traits;
    private final BitRows frameworks = new BitRows();
    private Resources[] refused = new Resources[0];
    private int[] agents = new int[0];
    private int[] next = new int[0];
    private int[] members = new int[0];
    private int[] heads = new int[0];
    private int freeHead = NONE;
    private int bound;

    RefusalClasses(Traits traits) {
        this.traits = traits;
    }

    /** The first class of an agent, or NONE. */
    int first(int agent) {
        return agent < heads.length ? heads[agent] : NONE;
    }

    /** The next class of the same agent, or NONE. */
    int next(int refusal) {
        return next[refusal];
    }

    int agent(int refusal) {
        return agents[refusal];
    }

    Resources refused(int refusal) {
        return refused[refusal];
    }

    boolean has(int refusal, int framework) {
        return frameworks.get(refusal, framework);
    }

    long word(int refusal, int word) {
        return frameworks.word(refusal, word);
    }

    int width() {
        return frameworks.width();
    }

    /** The class of those who refused exactly this on an agent, made if need be; NONE if there is no room. */
    int of(int agent, Resources resources, int framework) {
        for (int refusal = first(agent); refusal != NONE; refusal = next[refusal]) {
            if (refused[refusal].equals(resources)) {
                return frameworks.ensure(refusal, framework) ? refusal : NONE;
            }
        }
        int refusal = freeHead == NONE ? bound : freeHead;
        if (!frameworks.ensure(refusal, framework)) {
            return NONE;
        }
        open(refusal, agent, resources);
        return refusal;
    }

    void add(int refusal, int framework) {
        frameworks.set(refusal, framework);
        members[refusal]++;
    }

    /** Takes a framework out, and forgets the class with its last. */
    void remove(int refusal, int framework) {
        frameworks.clear(refusal, framework);
        if (--members[refusal] == 0) {
            close(refusal);
        }
    }

    private void open(int refusal, int agent, Resources resources) {
        if (refusal == freeHead) {
            freeHead = next[refusal];
        } else {
            bound++;
            agents = Columns.grow(agents, bound);
            next = Columns.grow(next, bound);
            members = Columns.grow(members, bound);
            refused = Columns.grow(refused, bound);
            refused[refusal] = new Resources();
        }
        heads = Columns.grow(heads, agent + 1, NONE);
        agents[refusal] = agent;
        refused[refusal].copyFrom(resources);
        traits.useAllOf(resources, 1);
        next[refusal] = heads[agent];
        heads[agent] = refusal;
    }

    private void close(int refusal) {
        traits.useAllOf(refused[refusal], -1);
        int agent = agents[refusal];
        if (heads[agent] == refusal) {
            heads[agent] = next[refusal];
        } else {
            int before = heads[agent];
            while (next[before] != refusal) {
                before = next[before];
            }
            next[before] = next[refusal];
        }
        next[refusal] = freeHead;
        freeHead = refusal;
    }
}

package io.kernos.allocator;

import org.agrona.collections.Long2LongHashMap;

/** What is between frameworks and agents that go into maintenance: who was asked, what it said, who is left alone. */
final class InverseOffers {
    static final int NONE = -1;

    private static final long MISSING = -1;

    private final Slab slab = new Slab();
    private final Long2LongHashMap entryByPair = new Long2LongHashMap(MISSING);
    private final LinkedLists byAgent = new LinkedLists();
    private final LinkedLists byFramework = new LinkedLists();
    private final DeadlineQueue filters = new DeadlineQueue();
    private int[] agents = new int[0];
    private int[] frameworks = new int[0];
    private boolean[] outstanding = new boolean[0];
    private boolean[] filtered = new boolean[0];
    private InverseAnswer[] answers = new InverseAnswer[0];

    /** The entry of a framework and an agent, or NONE where nothing is known. */
    int of(int framework, int agent) {
        return (int) entryByPair.get(pair(framework, agent));
    }

    /** The entry of a framework and an agent, made if need be. */
    int ensure(int framework, int agent) {
        int found = of(framework, agent);
        return found == NONE ? open(framework, agent) : found;
    }

    int firstOfAgent(int agent) {
        return byAgent.first(agent);
    }

    int nextOfAgent(int entry) {
        return byAgent.next(entry);
    }

    int firstOfFramework(int framework) {
        return byFramework.first(framework);
    }

    int nextOfFramework(int entry) {
        return byFramework.next(entry);
    }

    int agent(int entry) {
        return agents[entry];
    }

    int framework(int entry) {
        return frameworks[entry];
    }

    boolean isOutstanding(int entry) {
        return outstanding[entry];
    }

    void outstanding(int entry, boolean isOutstanding) {
        outstanding[entry] = isOutstanding;
    }

    InverseAnswer answer(int entry) {
        return answers[entry];
    }

    void answer(int entry, InverseAnswer answer) {
        answers[entry] = answer;
    }

    boolean isFiltered(int entry) {
        return filtered[entry];
    }

    /** Until when nobody is asked, or 0. */
    long filteredToMs(int entry) {
        return filtered[entry] ? filters.deadline(entry) : 0;
    }

    /** Of two filters the later end counts. */
    void filter(int entry, long untilMs) {
        if (untilMs > filteredToMs(entry)) {
            unfilter(entry);
            filtered[entry] = true;
            filters.add(entry, untilMs);
        }
    }

    void unfilter(int entry) {
        if (filtered[entry]) {
            filtered[entry] = false;
            filters.remove(entry);
        }
    }

    /** One of the entries whose filter ends first. */
    int firstFiltered() {
        return filters.first();
    }

    long earliestMs() {
        return filters.earliest();
    }

    void remove(int entry) {
        unfilter(entry);
        entryByPair.remove(pair(frameworks[entry], agents[entry]));
        byAgent.unlink(agents[entry], entry);
        byFramework.unlink(frameworks[entry], entry);
        slab.giveBack(entry);
    }

    private int open(int framework, int agent) {
        int entry = slab.take();
        agents = Columns.grow(agents, entry + 1);
        frameworks = Columns.grow(frameworks, entry + 1);
        outstanding = Columns.grow(outstanding, entry + 1);
        filtered = Columns.grow(filtered, entry + 1);
        answers = Columns.grow(answers, entry + 1);
        agents[entry] = agent;
        frameworks[entry] = framework;
        outstanding[entry] = false;
        answers[entry] = InverseAnswer.UNKNOWN;
        byAgent.link(agent, entry);
        byFramework.link(framework, entry);
        entryByPair.put(pair(framework, agent), entry);
        return entry;
    }

    private static long pair(int framework, int agent) {
        return ((long) framework << 32) | agent;
    }
}

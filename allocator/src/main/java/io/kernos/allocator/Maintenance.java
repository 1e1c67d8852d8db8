package io.kernos.allocator;

/**
 * Policy: who has something on an agent that is to be unavailable is asked to leave it, again and again until it is
 * gone. A framework has to answer one question before it is asked the next about the same agent.
 *
 * <p>Somebody may have to be asked only on agents that are <i>due</i>: where the window, an answer, a filter or who
 * holds something has changed since all were looked at.
 */
final class Maintenance {
    private final AllocationHandler handler;
    private final FrameworkTable frameworks;
    private final AgentHolders holders = new AgentHolders();
    private final InverseOffers offers = new InverseOffers();
    private final IndexSet scheduled = new IndexSet();
    private final IndexSet due = new IndexSet();
    private final IndexSet asked = new IndexSet();
    private long[] startsMs = new long[0];
    private long[] durationsMs = new long[0];

    Maintenance(AllocationHandler handler, FrameworkTable frameworks) {
        this.handler = handler;
        this.frameworks = frameworks;
    }

    InverseOffers offers() {
        return offers;
    }

    AgentHolders holders() {
        return holders;
    }

    boolean isScheduled(int agent) {
        return scheduled.contains(agent);
    }

    boolean isDue(int agent) {
        return due.contains(agent);
    }

    long startMs(int agent) {
        return startsMs[agent];
    }

    long durationMs(int agent) {
        return durationsMs[agent];
    }

    /** What was asked and answered was about another window. */
    void schedule(int agent, long startMs, long durationMs) {
        unschedule(agent);
        startsMs = Columns.grow(startsMs, agent + 1);
        durationsMs = Columns.grow(durationsMs, agent + 1);
        startsMs[agent] = startMs;
        durationsMs[agent] = durationMs;
        scheduled.add(agent);
        due.add(agent);
    }

    void unschedule(int agent) {
        while (offers.firstOfAgent(agent) != InverseOffers.NONE) {
            offers.remove(offers.firstOfAgent(agent));
        }
        scheduled.remove(agent);
        due.remove(agent);
    }

    /** A framework got something on an agent, or gave it back. */
    void onHoldingChanged(int agent, int framework, Resources resources, int times) {
        if (holders.change(agent, framework, resources, times) && scheduled.contains(agent)) {
            due.add(agent);
        }
    }

    /** A framework answered, or was told that it need not. */
    void onAnswer(int framework, int agent, InverseAnswer answer, long filterToMs) {
        int entry = offers.of(framework, agent);
        if (entry != InverseOffers.NONE && offers.isOutstanding(entry)) {
            offers.outstanding(entry, false);
            offers.answer(entry, answer == InverseAnswer.UNKNOWN ? offers.answer(entry) : answer);
        }
        if (filterToMs > 0) {
            offers.filter(offers.ensure(framework, agent), filterToMs);
        }
        due.add(agent);
    }

    /** Ends the filters of a framework. */
    void unfilter(int framework) {
        for (int entry = offers.firstOfFramework(framework);
                entry != InverseOffers.NONE;
                entry = offers.nextOfFramework(entry)) {
            offers.unfilter(entry);
            due.add(offers.agent(entry));
        }
    }

    /** Ends the filters on an agent. */
    void unfilterAgent(int agent) {
        for (int entry = offers.firstOfAgent(agent); entry != InverseOffers.NONE; entry = offers.nextOfAgent(entry)) {
            offers.unfilter(entry);
            due.add(agent);
        }
    }

    void onFrameworkActivated() {
        due.addAll(scheduled);
    }

    /** It is asked again when it is back. */
    void onFrameworkDeactivated(int framework) {
        unfilter(framework);
        for (int entry = offers.firstOfFramework(framework);
                entry != InverseOffers.NONE;
                entry = offers.nextOfFramework(entry)) {
            offers.outstanding(entry, false);
        }
    }

    void onFrameworkRemoved(int framework) {
        while (offers.firstOfFramework(framework) != InverseOffers.NONE) {
            offers.remove(offers.firstOfFramework(framework));
        }
    }

    int expire(long nowMs) {
        int expired = 0;
        while (offers.earliestMs() <= nowMs) {
            int entry = offers.firstFiltered();
            if (entry == InverseOffers.NONE) {
                break;
            }
            due.add(offers.agent(entry));
            offers.unfilter(entry);
            expired++;
        }
        return expired;
    }

    /** Asks all who have to be asked; how many. */
    int run() {
        int count = 0;
        for (int agent = due.next(0); agent >= 0; agent = due.next(agent + 1)) {
            count += ask(agent);
        }
        due.clear();
        return count;
    }

    /** Whether a framework has to be asked to leave an agent. */
    boolean mustAsk(int framework, int agent) {
        int entry = offers.of(framework, agent);
        return frameworks.isActive(framework)
                && (entry == InverseOffers.NONE || !(offers.isOutstanding(entry) || offers.isFiltered(entry)));
    }

    private int ask(int agent) {
        asked.clear();
        for (int holder = holders.first(agent); holder != InverseOffers.NONE; holder = holders.next(holder)) {
            if (mustAsk(holders.framework(holder), agent)) {
                asked.add(holders.framework(holder));
            }
        }
        for (int framework = asked.next(0); framework >= 0; framework = asked.next(framework + 1)) {
            offers.outstanding(offers.ensure(framework, agent), true);
            handler.onInverseOffer(framework, agent, startsMs[agent], durationsMs[agent]);
        }
        return asked.size();
    }
}

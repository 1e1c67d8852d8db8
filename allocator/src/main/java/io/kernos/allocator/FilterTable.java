package io.kernos.allocator;

import org.agrona.collections.Long2LongHashMap;

/**
 * Policy: what a framework refused of an agent, or less, is not offered to it for a time. Of the filters of a framework
 * on an agent only those are kept of which none holds for as much and as long.
 */
final class FilterTable {
    private static final int NONE = -1;
    private static final long MISSING = -1;

    private final int maxFilters;
    private final AgentTable agents;
    private final Givable givable;
    private final RefusalClasses refusals;
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final Long2LongHashMap entryByPair = new Long2LongHashMap(MISSING);
    private int[] refusalOf = new int[0];
    private int[] frameworks = new int[0];
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private int[] heads = new int[0];
    private int[] holding = new int[0];
    private int freeHead = NONE;
    private int entryCount;
    private int size;

    FilterTable(AllocatorContext context, Parts parts) {
        maxFilters = context.maxFilters();
        agents = parts.agents;
        givable = parts.givable;
        refusals = new RefusalClasses(parts.traits);
    }

    int size() {
        return size;
    }

    /** How many filters a framework has. */
    int sizeOf(int framework) {
        int count = 0;
        int entry = framework < heads.length ? heads[framework] : NONE;
        while (entry != NONE) {
            count++;
            entry = next[entry];
        }
        return count;
    }

    boolean add(int framework, int agent, Resources refused, long untilMs) {
        if (refused.isEmpty() || isDominated(framework, agent, refused, untilMs)) {
            return true;
        }
        removeDominated(framework, agent, refused, untilMs);
        if (size == maxFilters) {
            return false;
        }
        int refusal = refusals.of(agent, refused, framework);
        if (refusal == RefusalClasses.NONE) {
            return false;
        }
        int entry = takeEntry();
        refusalOf[entry] = refusal;
        frameworks[entry] = framework;
        link(entry, framework);
        refusals.add(refusal, framework);
        entryByPair.put(pair(framework, refusal), entry);
        deadlines.add(entry, untilMs);
        size++;
        return true;
    }

    /** Whether a framework refused all that it may have of what is free on an agent, or more. */
    boolean isFiltered(int framework, int agent) {
        for (int refusal = refusals.first(agent); refusal != NONE; refusal = refusals.next(refusal)) {
            if (refusals.has(refusal, framework) && givable.isWithin(framework, agent, refusals.refused(refusal))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a framework refused of an agent all that is to be offered, or more. */
    boolean isFiltered(int framework, int agent, Resources offered) {
        for (int refusal = refusals.first(agent); refusal != NONE; refusal = refusals.next(refusal)) {
            if (refusals.has(refusal, framework) && refusals.refused(refusal).contains(offered)) {
                return true;
            }
        }
        return false;
    }

    /** When the last of the filters ends for which {@link #isFiltered} holds, or 0. */
    long filteredUntilMs(int framework, int agent) {
        long untilMs = 0;
        for (int refusal = refusals.first(agent); refusal != NONE; refusal = refusals.next(refusal)) {
            if (refusals.has(refusal, framework) && givable.isWithin(framework, agent, refusals.refused(refusal))) {
                untilMs = Math.max(untilMs, deadlines.deadline(entry(framework, refusal)));
            }
        }
        return untilMs;
    }

    /** When the last of the filters ends that hold for what is to be offered, or 0. */
    long filteredUntilMs(int framework, int agent, Resources offered) {
        long untilMs = 0;
        for (int refusal = refusals.first(agent); refusal != NONE; refusal = refusals.next(refusal)) {
            if (refusals.has(refusal, framework) && refusals.refused(refusal).contains(offered)) {
                untilMs = Math.max(untilMs, deadlines.deadline(entry(framework, refusal)));
            }
        }
        return untilMs;
    }

    /**
     * Whether any of the frameworks that are not excluded may have no filter that holds on an agent. What is special
     * counts as if all may have it, so that a framework may be said to be left that is not.
     */
    boolean leavesAny(IndexSet of, BitRows excluded, int agent) {
        int count = 0;
        for (int refusal = refusals.first(agent); refusal != NONE; refusal = refusals.next(refusal)) {
            if (givable.isAllWithin(agent, refusals.refused(refusal))) {
                holding = Columns.grow(holding, count + 1);
                holding[count++] = refusal;
            }
        }
        for (int word = 0; word < of.words(); word++) {
            long left = of.word(word) & ~excluded.word(agent, word);
            for (int i = 0; i < count && left != 0; i++) {
                left &= ~refusals.word(holding[i], word);
            }
            if (left != 0) {
                return true;
            }
        }
        return false;
    }

    void clearFramework(int framework) {
        while (framework < heads.length && heads[framework] != NONE) {
            int entry = heads[framework];
            agents.markChanged(refusals.agent(refusalOf[entry]));
            remove(entry);
        }
    }

    void clearAgent(int agent) {
        while (refusals.first(agent) != NONE) {
            int refusal = refusals.first(agent);
            for (int word = 0; word < refusals.width(); word++) {
                for (long row = refusals.word(refusal, word); row != 0; row &= row - 1) {
                    remove(entry((word << 6) + Long.numberOfTrailingZeros(row), refusal));
                }
            }
        }
    }

    int expire(long nowMs) {
        int expired = 0;
        while (size > 0 && deadlines.earliest() <= nowMs) {
            int entry = deadlines.first();
            agents.markChanged(refusals.agent(refusalOf[entry]));
            remove(entry);
            expired++;
        }
        return expired;
    }

    long earliestMs() {
        return deadlines.earliest();
    }

    void forEach(FilterHandler handler) {
        for (int framework = 0; framework < heads.length; framework++) {
            for (int entry = heads[framework]; entry != NONE; entry = next[entry]) {
                int refusal = refusalOf[entry];
                handler.onFilter(
                        framework, refusals.agent(refusal), refusals.refused(refusal), deadlines.deadline(entry));
            }
        }
    }

    private boolean isDominated(int framework, int agent, Resources refused, long untilMs) {
        for (int refusal = refusals.first(agent); refusal != NONE; refusal = refusals.next(refusal)) {
            if (refusals.has(refusal, framework)
                    && deadlines.deadline(entry(framework, refusal)) >= untilMs
                    && refusals.refused(refusal).contains(refused)) {
                return true;
            }
        }
        return false;
    }

    private void removeDominated(int framework, int agent, Resources refused, long untilMs) {
        int refusal = refusals.first(agent);
        while (refusal != NONE) {
            int after = refusals.next(refusal);
            if (refusals.has(refusal, framework)) {
                int entry = entry(framework, refusal);
                if (deadlines.deadline(entry) <= untilMs && refused.contains(refusals.refused(refusal))) {
                    remove(entry);
                }
            }
            refusal = after;
        }
    }

    private int entry(int framework, int refusal) {
        return (int) entryByPair.get(pair(framework, refusal));
    }

    private void remove(int entry) {
        int refusal = refusalOf[entry];
        int framework = frameworks[entry];
        deadlines.remove(entry);
        entryByPair.remove(pair(framework, refusal));
        refusals.remove(refusal, framework);
        unlink(entry, framework);
        next[entry] = freeHead;
        freeHead = entry;
        size--;
    }

    private int takeEntry() {
        if (freeHead != NONE) {
            int entry = freeHead;
            freeHead = next[entry];
            return entry;
        }
        int needed = entryCount + 1;
        refusalOf = Columns.grow(refusalOf, needed);
        frameworks = Columns.grow(frameworks, needed);
        next = Columns.grow(next, needed);
        previous = Columns.grow(previous, needed);
        return entryCount++;
    }

    private void link(int entry, int framework) {
        heads = Columns.grow(heads, framework + 1, NONE);
        next[entry] = heads[framework];
        previous[entry] = NONE;
        if (heads[framework] != NONE) {
            previous[heads[framework]] = entry;
        }
        heads[framework] = entry;
    }

    private void unlink(int entry, int framework) {
        if (previous[entry] == NONE) {
            heads[framework] = next[entry];
        } else {
            next[previous[entry]] = next[entry];
        }
        if (next[entry] != NONE) {
            previous[next[entry]] = previous[entry];
        }
    }

    private static long pair(int framework, int refusal) {
        return ((long) framework << 32) | refusal;
    }
}

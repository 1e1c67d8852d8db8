package io.kernos.allocator;

import org.agrona.collections.Long2LongHashMap;

/**
 * Policy: an agent that a framework declined is not offered to it for a time. A row of bits for each agent answers for
 * all frameworks at once; entries beside it know when each filter ends.
 */
final class FilterTable {
    private static final int NONE = -1;
    private static final long MISSING = -1;
    private static final int MOST_BITS = Integer.MAX_VALUE - 8;

    private final int maxFilters;
    private final DeadlineQueue deadlines = new DeadlineQueue();
    private final Long2LongHashMap entryByPair = new Long2LongHashMap(MISSING);
    private long[] rows = new long[0];
    private int rowWords = 1;
    private int[] agents = new int[0];
    private int[] frameworks = new int[0];
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private int[] heads = new int[0];
    private int freeHead = NONE;
    private int entryCount;
    private int size;

    FilterTable(AllocatorContext context) {
        this.maxFilters = context.maxFilters();
    }

    int size() {
        return size;
    }

    boolean add(int framework, int agent, long untilMs) {
        long found = entryByPair.get(pair(framework, agent));
        if (found != MISSING) {
            extend((int) found, untilMs);
            return true;
        }
        if (size == maxFilters || !ensureRow(framework, agent)) {
            return false;
        }
        int entry = takeEntry();
        agents[entry] = agent;
        frameworks[entry] = framework;
        link(entry, framework);
        rows[agent * rowWords + (framework >> 6)] |= 1L << framework;
        entryByPair.put(pair(framework, agent), entry);
        deadlines.add(entry, untilMs);
        size++;
        return true;
    }

    boolean isFiltered(int framework, int agent) {
        int word = framework >> 6;
        int at = agent * rowWords + word;
        return word < rowWords && at < rows.length && (rows[at] & (1L << framework)) != 0;
    }

    /** Whether any of the frameworks has no filter on an agent. */
    boolean leavesAny(IndexSet of, int agent) {
        int base = agent * rowWords;
        for (int word = 0; word < of.words(); word++) {
            long filtered = word < rowWords && base + word < rows.length ? rows[base + word] : 0;
            if ((of.word(word) & ~filtered) != 0) {
                return true;
            }
        }
        return false;
    }

    void clearFramework(int framework, AgentTable agentTable) {
        while (framework < heads.length && heads[framework] != NONE) {
            int entry = heads[framework];
            agentTable.markChanged(agents[entry]);
            remove(entry);
        }
    }

    void clearAgent(int agent) {
        for (int word = 0; word < rowWords && agent * rowWords + word < rows.length; word++) {
            long row = rows[agent * rowWords + word];
            for (; row != 0; row &= row - 1) {
                int framework = (word << 6) + Long.numberOfTrailingZeros(row);
                remove((int) entryByPair.get(pair(framework, agent)));
            }
        }
    }

    int expire(long nowMs, AgentTable agentTable) {
        int expired = 0;
        while (size > 0 && deadlines.earliest() <= nowMs) {
            int entry = deadlines.first();
            agentTable.markChanged(agents[entry]);
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
                handler.onFilter(framework, agents[entry], deadlines.deadline(entry));
            }
        }
    }

    private void extend(int entry, long untilMs) {
        if (untilMs > deadlines.deadline(entry)) {
            deadlines.remove(entry);
            deadlines.add(entry, untilMs);
        }
    }

    private void remove(int entry) {
        int agent = agents[entry];
        int framework = frameworks[entry];
        deadlines.remove(entry);
        entryByPair.remove(pair(framework, agent));
        rows[agent * rowWords + (framework >> 6)] &= ~(1L << framework);
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
        agents = Columns.grow(agents, needed);
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

    private boolean ensureRow(int framework, int agent) {
        int words = rowWords;
        while (framework >> 6 >= words) {
            words *= 2;
        }
        long needed = (agent + 1L) * words;
        if (needed > MOST_BITS) {
            return false;
        }
        if (words > rowWords) {
            widen(words);
        }
        rows = Columns.grow(rows, (int) needed);
        return true;
    }

    private void widen(int words) {
        int rowCount = rows.length / rowWords;
        long[] wider = new long[rowCount * words];
        for (int row = 0; row < rowCount; row++) {
            System.arraycopy(rows, row * rowWords, wider, row * words, rowWords);
        }
        rows = wider;
        rowWords = words;
    }

    private static long pair(int framework, int agent) {
        return ((long) framework << 32) | agent;
    }
}

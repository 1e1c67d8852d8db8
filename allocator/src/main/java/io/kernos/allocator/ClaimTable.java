package io.kernos.allocator;

/**
 * Places that preemption makes: of one task each, on one agent, until a time. The scalars that the task needs are
 * booked as offered to its framework from the beginning, though not all of them are free yet; so nobody else gets them
 * as they come free. Claims are kept in the order in which they were made.
 */
final class ClaimTable {
    private final DemandTable demandTable;
    private int[] demands = new int[0];
    private int[] agents = new int[0];
    private long[] untilMs = new long[0];
    private int size;

    ClaimTable(DemandTable demandTable) {
        this.demandTable = demandTable;
    }

    int size() {
        return size;
    }

    int demand(int claim) {
        return demands[claim];
    }

    int agent(int claim) {
        return agents[claim];
    }

    long untilMs(int claim) {
        return untilMs[claim];
    }

    /** What is booked of a kind. */
    long booked(int claim, int kind) {
        return demandTable.perTask(demands[claim]).scalar(kind);
    }

    /** Puts a claim last. */
    void add(int demand, int agent, long untilMs) {
        demands = Columns.grow(demands, size + 1);
        agents = Columns.grow(agents, size + 1);
        this.untilMs = Columns.grow(this.untilMs, size + 1);
        demands[size] = demand;
        agents[size] = agent;
        this.untilMs[size] = untilMs;
        size++;
    }

    /** How many claims a step has that begins with one: as many as there are tasks in a gang. */
    int tasksOfStep(int start) {
        return demandTable.shapes().gang(demandTable.shape(demands[start]));
    }

    /** The first claim of the step of which a claim is: the claims of a step follow each other. */
    int stepOf(int claim) {
        int start = 0;
        while (start + tasksOfStep(start) <= claim) {
            start += tasksOfStep(start);
        }
        return start;
    }

    /** How many claims of a step are on an agent. */
    int tasksOn(int start, int agent) {
        int tasks = 0;
        for (int claim = start; claim < start + tasksOfStep(start); claim++) {
            tasks += agents[claim] == agent ? 1 : 0;
        }
        return tasks;
    }

    /** Takes a claim out; those after it move up. */
    void remove(int claim) {
        int after = --size - claim;
        System.arraycopy(demands, claim + 1, demands, claim, after);
        System.arraycopy(agents, claim + 1, agents, claim, after);
        System.arraycopy(untilMs, claim + 1, untilMs, claim, after);
    }

    /** Whether any claim is on an agent. */
    boolean isAnyOn(int agent) {
        int claim = 0;
        while (claim < size && agents[claim] != agent) {
            claim++;
        }
        return claim < size;
    }

    /** How many claims a demand has. */
    int of(int demand) {
        int count = 0;
        for (int claim = 0; claim < size; claim++) {
            count += demands[claim] == demand ? 1 : 0;
        }
        return count;
    }

    /** When the first claim ends, or {@link Allocator#NO_DEADLINE}. */
    long earliestMs() {
        long earliest = Allocator.NO_DEADLINE;
        for (int claim = 0; claim < size; claim++) {
            earliest = Math.min(earliest, untilMs[claim]);
        }
        return earliest;
    }

    /** What later claims on the agent of a claim have booked of a kind. */
    long bookedLater(int claim, int kind) {
        return bookedOn(agents[claim], kind, claim + 1);
    }

    /** What claims on an agent have booked of a kind, from one on. */
    long bookedOn(int agent, int kind, int from) {
        long sum = 0;
        for (int claim = from; claim < size; claim++) {
            sum += agents[claim] == agent ? booked(claim, kind) : 0;
        }
        return sum;
    }

    /** What claims of a framework have booked of a kind. */
    long bookedFor(int framework, int kind) {
        long sum = 0;
        for (int claim = 0; claim < size; claim++) {
            sum += demandTable.framework(demands[claim]) == framework ? booked(claim, kind) : 0;
        }
        return sum;
    }
}

package io.kernos.allocator;

/**
 * When running tasks are expected to end, of demands that say how long theirs take: a row for those of one demand on
 * one agent with one end. Rows are listed by agent, and kept in order of when they are <em>due</em>. That is the
 * expected end; once it has passed, the task is expected to run on for a fixed time, again and again.
 */
final class RunEnds {
    static final int NONE = AgentRows.NONE;
    private static final String WHAT_TO_DO = "have no tasks that are expected to end; end them";

    private final DemandTable demands;
    private final AgentTable agents;
    private final long overrunMs;
    private final AgentRows rows = new AgentRows();
    private final RunningTasks running;
    private int[] demandOf = new int[0];
    private int[] agentOf = new int[0];
    private long[] endMs = new long[0];
    private long[] dueMs = new long[0];
    private int[] tasks = new int[0];
    private int[] order = new int[0];
    private int[] overdue = new int[0];
    private int size;
    private long nowMs;

    RunEnds(AllocatorContext context, DemandTable demands, AgentTable agents) {
        this.demands = demands;
        this.agents = agents;
        overrunMs = context.overrunMs();
        running = new RunningTasks(demands, WHAT_TO_DO);
    }

    /** How many rows there are. */
    int size() {
        return size;
    }

    /** The row of a position in order of when they are due, those of equal times in any order. */
    int at(int position) {
        return order[position];
    }

    /** The first row of an agent, or NONE; the rows of an agent ascend by end, then by demand. */
    int first(int agent) {
        return rows.first(agent);
    }

    int next(int row) {
        return rows.next(row);
    }

    int demand(int row) {
        return demandOf[row];
    }

    int agent(int row) {
        return agentOf[row];
    }

    /** When the tasks of a row were expected to end as they were placed. */
    long endMs(int row) {
        return endMs[row];
    }

    /** When they are expected to end now. */
    long dueMs(int row) {
        return dueMs[row];
    }

    int tasks(int row) {
        return tasks[row];
    }

    /** How many tasks of a demand run on all agents. */
    int tasksOf(int demand) {
        return running.of(demand);
    }

    /** The row of a demand on an agent with an end, or NONE. */
    int find(int demand, int agent, long endMs) {
        int row = first(agent);
        while (row != NONE && !(demandOf[row] == demand && this.endMs[row] == endMs)) {
            row = rows.next(row);
        }
        return row;
    }

    /** Tasks run on an agent and are expected to end. */
    void add(int demand, int agent, long endMs, int more) {
        int row = find(demand, agent, endMs);
        if (row == NONE) {
            row = insert(demand, agent, endMs);
        }
        tasks[row] += more;
        running.add(demand, more);
        agents.watch().touch(agent);
    }

    /** Tasks of a row have ended. */
    void end(int row, int ended) {
        int agent = agentOf[row];
        tasks[row] -= ended;
        running.add(demandOf[row], -ended);
        if (tasks[row] == 0) {
            takeOut(row);
            rows.remove(agent, row);
        }
        agents.watch().touch(agent);
    }

    /** Expects the tasks to run on whose end has passed; returns how many rows there were. */
    int advance(long nowMs) {
        this.nowMs = nowMs;
        int count = 0;
        while (count < size && dueMs[order[count]] <= nowMs) {
            overdue = Columns.grow(overdue, count + 1);
            overdue[count] = order[count];
            count++;
        }
        size -= count;
        System.arraycopy(order, count, order, 0, size);
        for (int i = 0; i < count; i++) {
            putIn(overdue[i]);
            agents.watch().touch(agentOf[overdue[i]]);
        }
        return count;
    }

    /** When the first row is due, or {@link Allocator#NO_DEADLINE}. */
    long firstMs() {
        return size == 0 ? Allocator.NO_DEADLINE : dueMs[order[0]];
    }

    /** How many rows are due up to a time: positions from there on are due later. */
    int countUpTo(long timeMs) {
        int from = 0;
        int to = size;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (dueMs[order[middle]] <= timeMs) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** What tasks on an agent that are due up to a time have of each scalar kind. */
    void sumScalars(int agent, long timeMs, long[] into) {
        for (int kind = 0; kind < into.length; kind++) {
            into[kind] = 0;
        }
        for (int row = first(agent); row != NONE; row = rows.next(row)) {
            if (dueMs[row] <= timeMs) {
                Resources task = demands.perTask(demandOf[row]);
                for (int kind = 0; kind < task.scalarKinds(); kind++) {
                    into[kind] += tasks[row] * task.scalar(kind);
                }
            }
        }
    }

    /** How many numbers of a range kind tasks on an agent have that are due up to a time. */
    long numbers(int agent, long timeMs, int kind) {
        long sum = 0;
        for (int row = first(agent); row != NONE; row = rows.next(row)) {
            if (dueMs[row] <= timeMs) {
                sum += tasks[row] * demands.shapes().numbers(demands.shape(demandOf[row]), kind);
            }
        }
        return sum;
    }

    void requireNoneOf(int demand) {
        running.requireNoneOf(demand);
    }

    void requireNoneOfFramework(int framework) {
        running.requireNoneOfFramework(framework);
    }

    void requireNoneOn(int agent) {
        Checks.state(first(agent) == NONE, "agentIndex", agent, WHAT_TO_DO);
    }

    private int insert(int demand, int agent, long endMs) {
        int before = NONE;
        int after = first(agent);
        while (after != NONE && isBefore(after, demand, endMs)) {
            before = after;
            after = rows.next(after);
        }
        int row = rows.insert(agent, before);
        demandOf = Columns.grow(demandOf, row + 1);
        agentOf = Columns.grow(agentOf, row + 1);
        this.endMs = Columns.grow(this.endMs, row + 1);
        dueMs = Columns.grow(dueMs, row + 1);
        tasks = Columns.grow(tasks, row + 1);
        demandOf[row] = demand;
        agentOf[row] = agent;
        this.endMs[row] = endMs;
        putIn(row);
        return row;
    }

    private boolean isBefore(int row, int demand, long endMs) {
        return this.endMs[row] < endMs || (this.endMs[row] == endMs && demandOf[row] < demand);
    }

    /** Puts a row where it is due. */
    private void putIn(int row) {
        long end = endMs[row];
        dueMs[row] = end > nowMs ? end : end + ((nowMs - end) / overrunMs + 1) * overrunMs;
        order = Columns.grow(order, size + 1);
        int at = countUpTo(dueMs[row]);
        System.arraycopy(order, at, order, at + 1, size - at);
        order[at] = row;
        size++;
    }

    private void takeOut(int row) {
        int at = countUpTo(dueMs[row] - 1);
        while (order[at] != row) {
            at++;
        }
        size--;
        System.arraycopy(order, at + 1, order, at, size - at);
    }
}

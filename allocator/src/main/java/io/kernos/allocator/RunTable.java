package io.kernos.allocator;

import org.agrona.collections.Long2LongHashMap;

/**
 * Which tasks run where that others may take the place of: for each agent a list of rows, one a demand, in ascending
 * order of the demand. Some of the tasks of a row may be <em>leaving</em>: the caller was told to end them.
 */
final class RunTable {
    static final int NONE = AgentRows.NONE;
    private static final String WHAT_TO_DO = "have no tasks that others may replace; end them";

    private final DemandTable demands;
    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final Traits traits;
    private final Long2LongHashMap byKey = new Long2LongHashMap(NONE);
    private final IndexSet agents = new IndexSet();
    private final ScalarTable leavingByRole = new ScalarTable();
    private final AgentRows rows = new AgentRows();
    private final RunningTasks running;
    private int[] demandOf = new int[0];
    private int[] tasks = new int[0];
    private int[] leaving = new int[0];

    RunTable(DemandTable demands, FrameworkTable frameworks, RoleTable roles, Traits traits) {
        this.demands = demands;
        this.frameworks = frameworks;
        this.roles = roles;
        this.traits = traits;
        running = new RunningTasks(demands, WHAT_TO_DO);
    }

    /** The agents on which any such task runs. */
    IndexSet agents() {
        return agents;
    }

    /** The first row of an agent, or NONE. */
    int first(int agent) {
        return rows.first(agent);
    }

    int next(int row) {
        return rows.next(row);
    }

    int demand(int row) {
        return demandOf[row];
    }

    /** How many tasks run, those that are leaving included. */
    int tasks(int row) {
        return tasks[row];
    }

    int leaving(int row) {
        return leaving[row];
    }

    /** The row of a demand on an agent, or NONE. */
    int find(int demand, int agent) {
        return (int) byKey.get(key(demand, agent));
    }

    /** How many tasks of a demand run on all agents. */
    int tasksOf(int demand) {
        return running.of(demand);
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

    /** What is leaving of a scalar kind that counts for a role and those below it. */
    long leavingOf(int role, int kind) {
        return leavingByRole.at(role, kind);
    }

    /** Makes room for what is counted by role. */
    void ensureRole(int role) {
        leavingByRole.ensureRow(role);
    }

    /** Tasks of a demand run on an agent. */
    void add(int demand, int agent, int more) {
        int row = find(demand, agent);
        if (row == NONE) {
            row = insert(demand, agent);
        }
        tasks[row] += more;
        running.add(demand, more);
    }

    /** Tasks of a row are to leave, or, where the change is negative, to stay. */
    void leave(int row, int change) {
        leaving[row] += change;
        int demand = demandOf[row];
        int role = frameworks.role(demands.framework(demand));
        for (int each = role; each != RoleTable.ROOT; each = roles.parent(each)) {
            leavingByRole.add(each, demands.perTask(demand), change);
            leaveSpecials(each, demands.perTask(demand), change);
        }
    }

    private void leaveSpecials(int role, Resources task, int change) {
        for (int i = 0; i < task.specials(); i++) {
            if (traits.isCharged(task.specialTrait(i))) {
                leavingByRole.add(role, task.special(i), change);
            }
        }
    }

    /** Tasks of a demand have ended on an agent; those first that were leaving. */
    void end(int demand, int agent, int ended) {
        int row = find(demand, agent);
        leave(row, -Math.min(leaving[row], ended));
        tasks[row] -= ended;
        running.add(demand, -ended);
        if (tasks[row] == 0) {
            remove(row, agent);
        }
    }

    private int insert(int demand, int agent) {
        int before = NONE;
        int after = first(agent);
        while (after != NONE && demandOf[after] < demand) {
            before = after;
            after = rows.next(after);
        }
        int row = rows.insert(agent, before);
        demandOf = Columns.grow(demandOf, row + 1);
        tasks = Columns.grow(tasks, row + 1);
        leaving = Columns.grow(leaving, row + 1);
        demandOf[row] = demand;
        agents.add(agent);
        byKey.put(key(demand, agent), row);
        return row;
    }

    private void remove(int row, int agent) {
        rows.remove(agent, row);
        if (first(agent) == NONE) {
            agents.remove(agent);
        }
        byKey.remove(key(demandOf[row], agent));
    }

    private static long key(int demand, int agent) {
        return (long) demand << 32 | agent;
    }
}

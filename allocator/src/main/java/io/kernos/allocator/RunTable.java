package io.kernos.allocator;

import org.agrona.collections.Long2LongHashMap;

/**
 * Which tasks run where that others may take the place of: for each agent a list of rows, one a demand, in ascending
 * order of the demand. Some of the tasks of a row may be <em>leaving</em>: the caller was told to end them.
 */
final class RunTable {
    static final int NONE = -1;

    private final DemandTable demands;
    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final Traits traits;
    private final Long2LongHashMap rows = new Long2LongHashMap(NONE);
    private final IndexSet agents = new IndexSet();
    private final ScalarTable leavingByRole = new ScalarTable();
    private int[] heads = new int[0];
    private int[] next = new int[0];
    private int[] demandOf = new int[0];
    private int[] tasks = new int[0];
    private int[] leaving = new int[0];
    private int[] tasksOf = new int[0];
    private int freeHead = NONE;
    private int bound;

    RunTable(DemandTable demands, FrameworkTable frameworks, RoleTable roles, Traits traits) {
        this.demands = demands;
        this.frameworks = frameworks;
        this.roles = roles;
        this.traits = traits;
    }

    /** The agents on which any such task runs. */
    IndexSet agents() {
        return agents;
    }

    /** The first row of an agent, or NONE. */
    int first(int agent) {
        return agent < heads.length ? heads[agent] : NONE;
    }

    int next(int row) {
        return next[row];
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
        return (int) rows.get(key(demand, agent));
    }

    /** How many tasks of a demand run on all agents. */
    int tasksOf(int demand) {
        return demand < tasksOf.length ? tasksOf[demand] : 0;
    }

    void requireNoneOf(int demand) {
        Checks.state(tasksOf(demand) == 0, "demandIndex", demand, "have no tasks that others may replace; end them");
    }

    void requireNoneOfFramework(int framework) {
        boolean isAny = false;
        for (int demand = 0; demand < tasksOf.length && !isAny; demand++) {
            isAny = tasksOf[demand] > 0 && demands.framework(demand) == framework;
        }
        Checks.state(!isAny, "frameworkIndex", framework, "have no tasks that others may replace; end them");
    }

    void requireNoneOn(int agent) {
        Checks.state(first(agent) == NONE, "agentIndex", agent, "have no tasks that others may replace; end them");
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
        tasksOf = Columns.grow(tasksOf, demand + 1);
        tasksOf[demand] += more;
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
        tasksOf[demand] -= ended;
        if (tasks[row] == 0) {
            remove(row, agent);
        }
    }

    private int insert(int demand, int agent) {
        int row = takeRow();
        demandOf[row] = demand;
        heads = Columns.grow(heads, agent + 1, NONE);
        int before = NONE;
        int after = heads[agent];
        while (after != NONE && demandOf[after] < demand) {
            before = after;
            after = next[after];
        }
        next[row] = after;
        if (before == NONE) {
            heads[agent] = row;
        } else {
            next[before] = row;
        }
        agents.add(agent);
        rows.put(key(demand, agent), row);
        return row;
    }

    private void remove(int row, int agent) {
        if (heads[agent] == row) {
            heads[agent] = next[row];
        } else {
            int before = heads[agent];
            while (next[before] != row) {
                before = next[before];
            }
            next[before] = next[row];
        }
        if (heads[agent] == NONE) {
            agents.remove(agent);
        }
        rows.remove(key(demandOf[row], agent));
        next[row] = freeHead;
        freeHead = row;
    }

    private int takeRow() {
        if (freeHead != NONE) {
            int row = freeHead;
            freeHead = next[row];
            return row;
        }
        next = Columns.grow(next, bound + 1);
        demandOf = Columns.grow(demandOf, bound + 1);
        tasks = Columns.grow(tasks, bound + 1);
        leaving = Columns.grow(leaving, bound + 1);
        return bound++;
    }

    private static long key(int demand, int agent) {
        return (long) demand << 32 | agent;
    }
}

package io.kernos.allocator;

/** How many tasks of each demand run, of those that somebody keeps a list of. */
final class RunningTasks {
    private final DemandTable demands;
    private final String whatToDo;
    private int[] tasks = new int[0];

    /**
     * Counts none.
     *
     * @param demands  of which they are.
     * @param whatToDo where there must be none of them, for errors.
     */
    RunningTasks(DemandTable demands, String whatToDo) {
        this.demands = demands;
        this.whatToDo = whatToDo;
    }

    int of(int demand) {
        return demand < tasks.length ? tasks[demand] : 0;
    }

    void add(int demand, int change) {
        tasks = Columns.grow(tasks, demand + 1);
        tasks[demand] += change;
    }

    void requireNoneOf(int demand) {
        Checks.state(of(demand) == 0, "demandIndex", demand, whatToDo);
    }

    void requireNoneOfFramework(int framework) {
        boolean isAny = false;
        for (int demand = 0; demand < tasks.length && !isAny; demand++) {
            isAny = tasks[demand] > 0 && demands.framework(demand) == framework;
        }
        Checks.state(!isAny, "frameworkIndex", framework, whatToDo);
    }
}

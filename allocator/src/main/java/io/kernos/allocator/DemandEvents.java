package io.kernos.allocator;

/**
 * The events of demands: equal tasks that the allocator is to place by itself.
 * Errors of the caller are refused and change nothing.
 */
public final class DemandEvents {
    private final DemandTable demands;
    private final FrameworkTable frameworks;
    private final Contenders contenders;
    private final Policies policies;
    private final GroupTable groups;
    private final AgentTable agents;
    private final DemandSpec plain = new DemandSpec();
    private final Traits traits;
    private final Givable givable;
    private final RunTable runs;
    private final Claims claims;
    private final RunEnds runEnds;
    private final ReservedRoom reservedRoom;

    DemandEvents(Parts parts) {
        this.demands = parts.demands;
        this.frameworks = parts.frameworks;
        this.contenders = parts.contenders;
        this.policies = parts.policies;
        this.groups = parts.groups;
        this.agents = parts.agents;
        this.traits = parts.traits;
        this.givable = parts.givable;
        this.runs = parts.runs;
        this.claims = parts.claimBook;
        this.runEnds = parts.runEnds;
        this.reservedRoom = parts.reservedRoom;
    }

    /**
     * Adds a demand: equal tasks that the allocator is to place by itself. It stays known, though it may have nothing
     * left to place, until it is removed.
     *
     * @param demandIndex    not in use.
     * @param frameworkIndex who asks.
     * @param sequence       the demands of a framework are served in ascending order of it; from 0.
     * @param perTask        what one task needs; copied. Numbers of range kinds are those very numbers.
     * @param ports          how many ports a task needs besides, any that are free; the lowest are chosen.
     * @param tasks          how many tasks, from 0.
     */
    public void add(int demandIndex, int frameworkIndex, long sequence, Resources perTask, int ports, int tasks) {
        plain.clear().sequence(sequence).perTask(perTask).ports(ports);
        add(demandIndex, frameworkIndex, plain, tasks);
    }

    /**
     * Adds a demand: equal tasks that the allocator is to place by itself. It stays known, though it may have nothing
     * left to place, until it is removed.
     *
     * @param demandIndex    not in use.
     * @param frameworkIndex who asks.
     * @param spec           what it asks for; copied.
     * @param tasks          how many tasks, from 0.
     */
    public void add(int demandIndex, int frameworkIndex, DemandSpec spec, int tasks) {
        demands.requireNew(demandIndex);
        frameworks.require(frameworkIndex);
        spec.check(demandIndex);
        Checks.range("tasks", tasks, 0, Integer.MAX_VALUE);
        for (int i = 0; i < spec.perTask().specials(); i++) {
            traits.checkAmounts(spec.perTask().specialTrait(i), spec.perTask().special(i));
        }
        demands.add(demandIndex, frameworkIndex, spec);
        demands.bar(demandIndex, !givable.mayHave(frameworkIndex, spec.perTask()));
        keepOrder(demands.shape(demandIndex));
        changeDemand(demandIndex, tasks);
    }

    /**
     * Adds tasks to a demand.
     *
     * @param demandIndex a demand.
     * @param tasks       how many more to place, from 0.
     */
    public void grow(int demandIndex, int tasks) {
        demands.require(demandIndex);
        Checks.range("tasks", tasks, 0, Integer.MAX_VALUE - demands.waiting(demandIndex));
        changeDemand(demandIndex, tasks);
    }

    /**
     * Takes tasks off a demand; those for which resources are being freed last.
     *
     * @param demandIndex a demand.
     * @param tasks       how many fewer to place, from 0 to {@link #waitingTasks}.
     */
    public void reduce(int demandIndex, int tasks) {
        demands.require(demandIndex);
        Checks.range("tasks", tasks, 0, demands.waiting(demandIndex));
        claims.endOf(demandIndex, Math.min(demands.claimed(demandIndex), demands.waiting(demandIndex) - tasks));
        changeDemand(demandIndex, -tasks);
    }

    /**
     * Removes a demand; tasks that were placed keep what they have.
     *
     * @param demandIndex a demand, of which no preemptible tasks run, and none that are expected to end.
     */
    public void remove(int demandIndex) {
        demands.require(demandIndex);
        runs.requireNoneOf(demandIndex);
        runEnds.requireNoneOf(demandIndex);
        if (reservedRoom.head() == demandIndex) {
            reservedRoom.clear();
        }
        claims.endOf(demandIndex, 0);
        int framework = demands.framework(demandIndex);
        demands.remove(demandIndex);
        contenders.update(framework, policies.mayContend(framework));
    }

    /**
     * How many tasks of a demand are not placed yet.
     *
     * @param demandIndex a demand.
     * @return the number of tasks.
     */
    public int waitingTasks(int demandIndex) {
        demands.require(demandIndex);
        return demands.waiting(demandIndex);
    }

    /**
     * Counts tasks of a group that run already, as after a snapshot was loaded. Those that the allocator places are
     * counted by itself.
     *
     * @param group      of which the tasks are, from 0.
     * @param agentIndex where they run.
     * @param tasks      how many, from 1.
     */
    public void ran(int group, int agentIndex, int tasks) {
        agents.require(agentIndex);
        Checks.range("group", group, 0, Integer.MAX_VALUE);
        Checks.range("tasks", tasks, 1, Integer.MAX_VALUE - groups.running(group, agentIndex));
        groups.add(group, agentIndex, tasks);
    }

    /**
     * Says that tasks of a group have ended.
     *
     * @param group      of which the tasks were.
     * @param agentIndex where they ran.
     * @param tasks      how many, from 1 to those that run there.
     */
    public void ended(int group, int agentIndex, int tasks) {
        agents.require(agentIndex);
        Checks.range("tasks", tasks, 1, groups.running(group, agentIndex));
        groups.end(group, agentIndex, tasks);
    }

    private void keepOrder(int shape) {
        if (demands.shapes().choice(shape) != AgentChoice.LOWEST) {
            agents.keepFreeOrder(demands.shapes().firstKind(shape));
        }
    }

    private void changeDemand(int demand, int tasks) {
        demands.change(demand, tasks);
        int framework = demands.framework(demand);
        contenders.update(framework, policies.mayContend(framework));
    }
}

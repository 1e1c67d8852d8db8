package io.kernos.allocator;

import java.util.Arrays;

/** Random events of demands. */
final class RandomDemands {
    private final RandomWorld world;
    private final RandomTraits traits;

    RandomDemands(RandomWorld world) {
        this.world = world;
        this.traits = new RandomTraits(world);
    }

    void register(RandomEvents events) {
        events.add(world.isBusy() ? 8 : 2, this::addDemand);
        events.add(world.isBusy() ? 4 : 1, this::changeDemand);
        events.add(1, this::endOfGroup);
        events.add(world.isCrowded ? 9 : 3, this::endOfRun);
        events.add(world.isQueued ? 12 : 2, this::endOfTask);
    }

    private void addDemand() {
        int index = world.random.nextInt(12);
        Integer framework = world.any(world.naive.frameworks);
        if (framework == null || world.naive.demands.containsKey(index)) {
            return;
        }
        NaiveDemand demand = new NaiveDemand();
        demand.framework = framework;
        demand.sequence = world.random.nextInt(4);
        demand.perTask = world.random.nextBoolean() ? Resources.of(1_000, 0, 0) : world.task();
        world.goods.addSpecialTask(demand.perTask);
        demand.any[ResourceKinds.PORTS] = world.random.nextInt(4) == 0 ? 1 + world.random.nextInt(3) : 0;
        demand.any[1] = world.random.nextInt(6) == 0 ? 1 + world.random.nextInt(2) : 0;
        demand.alignment = Alignment.values()[world.random.nextInt(Alignment.values().length)];
        demand.constraints = world.random.nextInt(3) == 0 ? traits.constraints() : null;
        if (world.random.nextInt(4) == 0) {
            demand.group = world.random.nextInt(3);
            demand.maxPerAgent = world.random.nextInt(3) == 0 ? demand.maxPerAgent : 1 + world.random.nextInt(2);
        }
        demand.near = world.random.nextInt(8) == 0 ? world.random.nextInt(3) : demand.near;
        demand.gang = world.random.nextInt(4) == 0 ? 1 + world.random.nextInt(4) : 1;
        demand.deadlineMs = world.random.nextInt(5) == 0 ? world.nowMs + world.random.nextInt(40) : demand.deadlineMs;
        demand.priority = world.random.nextInt(3);
        demand.preemptible = demand.gang == 1 && world.random.nextBoolean();
        demand.preempting = !demand.perTask.hasSpecials() && world.random.nextBoolean();
        demand.choice = AgentChoice.values()[world.random.nextInt(AgentChoice.values().length)];
        demand.waiting = world.random.nextInt(6);
        demand.durationMs = world.random.nextInt(3) == 0 ? 1 + world.random.nextInt(20) : 0;
        boolean mayReserve = !demand.perTask.hasSpecials() && !demand.perTask.hasNumbers();
        demand.reserved = mayReserve && world.random.nextInt(3) == 0;
        if (world.isCrowded) {
            crowd(demand);
        } else if (world.isQueued) {
            queue(demand);
        }
        if (demand.perTask.isEmpty() && Arrays.stream(demand.any).sum() == 0) {
            return;
        }
        world.note("addDemand " + index + " of " + framework + " " + demand);
        world.naive.demands.put(index, demand);
        world.allocator.demands().add(index, framework, demand.spec(), demand.waiting);
    }

    /** Makes a demand one of many that compete for the same. */
    private void crowd(NaiveDemand demand) {
        boolean isHigh = world.random.nextInt(3) == 0;
        demand.perTask = Resources.of(500L * (1 + world.random.nextInt(3)), 0, world.random.nextInt(8) / 7);
        if (!isHigh) {
            world.goods.addSpecialTask(demand.perTask);
        }
        simplify(demand);
        demand.gang = isHigh && world.random.nextBoolean() ? 1 + world.random.nextInt(3) : 1;
        demand.priority = isHigh ? 1 + world.random.nextInt(3) : world.random.nextInt(2);
        demand.preemptible = demand.gang == 1 && (!isHigh || world.random.nextBoolean());
        demand.preempting = !demand.perTask.hasSpecials() && (isHigh || world.random.nextInt(4) == 0);
        demand.reserved = demand.reserved && !demand.perTask.hasSpecials() && world.random.nextInt(4) == 0;
        demand.waiting = isHigh ? demand.gang * (1 + world.random.nextInt(2)) : 3 + world.random.nextInt(8);
    }

    /** Makes a demand one that waits for others to end, or one that may go before it. */
    private void queue(NaiveDemand demand) {
        boolean isLarge = world.random.nextInt(3) == 0;
        demand.perTask = Resources.of(500L * (1 + world.random.nextInt(isLarge ? 6 : 3)), 0, 0);
        simplify(demand);
        demand.gang = isLarge ? 1 + world.random.nextInt(5) : 1 + world.random.nextInt(4) / 3;
        demand.preemptible = demand.preemptible && demand.gang == 1;
        demand.preempting = false;
        demand.reserved = isLarge || world.random.nextInt(4) == 0;
        demand.durationMs = world.random.nextInt(5) == 0 ? 0 : 1 + world.random.nextInt(24);
        demand.waiting = demand.gang * (1 + world.random.nextInt(3));
    }

    /** Lets a demand want little besides processors. */
    private void simplify(NaiveDemand demand) {
        demand.any[ResourceKinds.PORTS] = world.random.nextInt(8) == 0 ? 1 : 0;
        demand.any[1] = world.random.nextInt(8) == 0 ? 1 : 0;
        demand.constraints = world.random.nextInt(6) == 0 ? demand.constraints : null;
        demand.near = GroupTable.NONE;
        demand.group = world.random.nextInt(3) == 0 ? demand.group : GroupTable.NONE;
        demand.maxPerAgent = demand.group == GroupTable.NONE ? Integer.MAX_VALUE : demand.maxPerAgent;
    }

    private void endOfTask() {
        Integer agent = world.any(world.naive.agents);
        NaiveAgent where = agent == null ? null : world.naive.agents.get(agent);
        if (where == null || where.ends.isEmpty()) {
            return;
        }
        NaiveEnd end = where.ends.get(world.random.nextInt(where.ends.size()));
        if (end.endMs() > world.nowMs && world.random.nextInt(4) != 0) {
            return;
        }
        int framework = world.naive.demands.get(end.demand()).framework;
        NaiveAmounts used = where.usedByFramework.get(framework);
        Resources each = world.naive.demands.get(end.demand()).scalars();
        if (used != null && used.contains(NaiveAmounts.of(each))) {
            world.recover(agent, framework, each, Account.USED);
        }
        world.endTask(agent, end);
    }

    private void endOfRun() {
        Integer agent = world.any(world.naive.agents);
        Integer demand = agent == null ? null : world.any(world.naive.agents.get(agent).runs);
        if (demand != null) {
            NaiveAgent where = world.naive.agents.get(agent);
            NaiveRun run = where.runs.get(demand);
            int most = run.leaving > 0 && world.random.nextBoolean() ? run.leaving : run.tasks;
            int tasks = 1 + world.random.nextInt(most);
            int framework = world.naive.demands.get(demand).framework;
            NaiveAmounts used = where.usedByFramework.get(framework);
            Resources each = world.naive.demands.get(demand).scalars();
            for (int i = 0; i < tasks && used != null && used.contains(NaiveAmounts.of(each)); i++) {
                world.recover(agent, framework, each, Account.USED);
            }
            world.endRun(agent, demand, tasks);
        }
    }

    private void endOfGroup() {
        Integer agent = world.any(world.naive.agents);
        Integer group = agent == null ? null : world.any(world.naive.agents.get(agent).tasksByGroup);
        if (group != null) {
            NaiveAgent where = world.naive.agents.get(agent);
            int running = where.tasksByGroup.get(group) - world.claimedOf(group, agent);
            if (running == 0) {
                return;
            }
            int tasks = 1 + world.random.nextInt(running);
            world.note("endOfGroup " + group + " on " + agent + " x" + tasks);
            where.countGroup(group, -tasks);
            world.allocator.demands().ended(group, agent, tasks);
        }
    }

    private void changeDemand() {
        Integer index = world.any(world.naive.demands);
        if (index == null) {
            return;
        }
        NaiveDemand demand = world.naive.demands.get(index);
        int choice = world.random.nextInt(3);
        int tasks = choice == 1 ? world.random.nextInt(demand.waiting + 1) : world.random.nextInt(5);
        world.note("changeDemand " + index + " choice " + choice + " tasks " + tasks);
        if (choice == 0) {
            demand.waiting += tasks;
            world.allocator.demands().grow(index, tasks);
        } else if (choice == 1) {
            world.naive.keepClaims(index, demand.waiting - tasks);
            demand.waiting -= tasks;
            world.allocator.demands().reduce(index, tasks);
        } else {
            world.endRuns(run -> run == index);
            world.endTasks(agent -> true, ofDemand -> ofDemand == index);
            world.naive.keepClaims(index, 0);
            world.naive.demands.remove(index);
            world.allocator.demands().remove(index);
        }
    }
}

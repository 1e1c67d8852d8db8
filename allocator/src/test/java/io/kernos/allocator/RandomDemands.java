package io.kernos.allocator;

/** Random events of demands. */
final class RandomDemands {
    private final RandomWorld world;
    private final RandomTraits traits;

    RandomDemands(RandomWorld world) {
        this.world = world;
        this.traits = new RandomTraits(world);
    }

    void register(RandomEvents events) {
        events.add(2, this::addDemand);
        events.add(1, this::changeDemand);
        events.add(1, this::endOfGroup);
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
        demand.ports = world.random.nextInt(4) == 0 ? 1 + world.random.nextInt(3) : 0;
        demand.constraints = world.random.nextInt(3) == 0 ? traits.constraints() : null;
        if (world.random.nextInt(4) == 0) {
            demand.group = world.random.nextInt(3);
            demand.maxPerAgent = world.random.nextInt(3) == 0 ? demand.maxPerAgent : 1 + world.random.nextInt(2);
        }
        demand.near = world.random.nextInt(8) == 0 ? world.random.nextInt(3) : demand.near;
        boolean mayBeGang = !demand.perTask.hasSpecials() && world.random.nextInt(4) == 0;
        demand.gang = mayBeGang ? 1 + world.random.nextInt(4) : 1;
        demand.deadlineMs = world.random.nextInt(5) == 0 ? world.nowMs + world.random.nextInt(40) : demand.deadlineMs;
        demand.priority = world.random.nextInt(3);
        demand.choice = AgentChoice.values()[world.random.nextInt(AgentChoice.values().length)];
        demand.waiting = world.random.nextInt(6);
        if (demand.perTask.isEmpty() && demand.ports == 0) {
            return;
        }
        world.note("addDemand " + index + " of " + framework + " " + demand);
        world.naive.demands.put(index, demand);
        world.allocator.demands().add(index, framework, demand.spec(), demand.waiting);
    }

    private void endOfGroup() {
        Integer agent = world.any(world.naive.agents);
        Integer group = agent == null ? null : world.any(world.naive.agents.get(agent).tasksByGroup);
        if (group != null) {
            NaiveAgent where = world.naive.agents.get(agent);
            int tasks = 1 + world.random.nextInt(where.tasksByGroup.get(group));
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
            demand.waiting -= tasks;
            world.allocator.demands().reduce(index, tasks);
        } else {
            world.naive.demands.remove(index);
            world.allocator.demands().remove(index);
        }
    }
}

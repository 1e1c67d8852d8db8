package io.kernos.allocator;

/** Random events of what was granted. */
final class RandomGrants {
    private final RandomWorld world;

    RandomGrants(RandomWorld world) {
        this.world = world;
    }

    void register(RandomEvents events) {
        events.add(4, this::answerOffer);
        events.add(3, this::endTasks);
        events.add(1, this::restore);
    }

    private void answerOffer() {
        Integer agent = world.any(world.naive.agents);
        Integer framework = agent == null ? null : world.any(world.naive.agents.get(agent).offeredByFramework);
        if (framework == null) {
            return;
        }
        NaiveAgent where = world.naive.agents.get(agent);
        Resources offered = where.offeredByFramework.get(framework).toResources();
        if (world.random.nextBoolean()) {
            Resources used = world.partOf(offered);
            world.note("use " + agent + " of " + framework + " " + used);
            world.naive.take(where.offeredByFramework, framework, used);
            world.naive.give(where.usedByFramework, framework, used);
            world.allocator.grants().use(agent, framework, used);
            offered.subtract(used);
        }
        if (world.random.nextInt(4) != 0) {
            if (world.random.nextBoolean()) {
                world.filter(framework, agent, offered);
            }
            world.recover(
                    agent, framework, world.random.nextInt(4) == 0 ? world.partOf(offered) : offered, Account.OFFERED);
        }
    }

    private void endTasks() {
        Integer agent = world.any(world.naive.agents);
        Integer framework = agent == null ? null : world.any(world.naive.agents.get(agent).usedByFramework);
        if (framework != null) {
            Resources used =
                    world.naive.agents.get(agent).usedByFramework.get(framework).toResources();
            world.recover(agent, framework, world.random.nextBoolean() ? world.partOf(used) : used, Account.USED);
        }
    }

    private void restore() {
        Integer agent = world.any(world.naive.agents);
        Integer framework = world.any(world.naive.frameworks);
        if (agent == null || framework == null) {
            return;
        }
        NaiveAgent where = world.naive.agents.get(agent);
        Resources resources = world.task();
        world.goods.addRestored(where, resources);
        NaiveAmounts allocated = where.allocated();
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            for (int number = 0; number <= NaiveAmounts.MAX_NUMBER; number++) {
                if ((allocated.numbers[kind] & 1L << number) != 0) {
                    resources.range(kind).remove(number, number);
                }
            }
        }
        if (resources.isEmpty()) {
            return;
        }
        boolean isUsed = world.random.nextInt(3) != 0;
        world.note("restore " + (isUsed ? "used " : "offered ") + agent + " of " + framework + " " + resources);
        world.naive.give(isUsed ? where.usedByFramework : where.offeredByFramework, framework, resources);
        if (isUsed) {
            world.allocator.grants().addUsed(agent, framework, resources);
        } else {
            world.allocator.grants().addOffered(agent, framework, resources);
        }
    }
}

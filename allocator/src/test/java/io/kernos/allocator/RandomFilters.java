package io.kernos.allocator;

/** Random events of filters and of time. */
final class RandomFilters {
    private final RandomWorld world;

    RandomFilters(RandomWorld world) {
        this.world = world;
    }

    void register(RandomEvents events) {
        events.add(1, this::filter);
        events.add(1, this::advance);
    }

    private void filter() {
        Integer agent = world.any(world.naive.agents);
        Integer framework = world.any(world.naive.frameworks);
        if (agent != null && framework != null) {
            world.filter(framework, agent, world.random.nextInt(3) == 0 ? world.task() : world.goods.total(null));
        }
    }

    private void advance() {
        world.nowMs += world.random.nextInt(8);
        world.note("advance to " + world.nowMs);
        if (world.random.nextBoolean()) {
            world.naive.expire(world.nowMs);
            world.allocator.advanceTime(world.nowMs);
        }
    }
}

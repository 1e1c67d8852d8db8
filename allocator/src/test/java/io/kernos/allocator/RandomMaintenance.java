package io.kernos.allocator;

import java.util.Random;

/** Random events of maintenance. */
final class RandomMaintenance {
    private final RandomWorld world;
    private final Random random;

    RandomMaintenance(RandomWorld world) {
        this.world = world;
        this.random = world.random;
    }

    void register(RandomEvents events) {
        events.add(1, this::window);
        events.add(1, this::answer);
    }

    private void window() {
        Integer agent = world.any(world.naive.agents);
        if (agent == null) {
            return;
        }
        if (random.nextInt(3) == 0) {
            world.note("unschedule " + agent);
            world.naive.agents.get(agent).window = null;
            world.allocator.maintenance().unschedule(agent);
            return;
        }
        long startMs = world.nowMs + random.nextInt(50);
        long durationMs = random.nextInt(50);
        world.note("schedule " + agent + " at " + startMs + " for " + durationMs);
        world.naive.agents.get(agent).window = new NaiveMaintenance.Window(startMs, durationMs);
        world.allocator.maintenance().schedule(agent, startMs, durationMs);
    }

    private void answer() {
        Integer agent = world.any(world.naive.agents);
        Integer framework = world.any(world.naive.frameworks);
        if (agent == null || framework == null || world.naive.agents.get(agent).window == null) {
            return;
        }
        InverseAnswer answer = InverseAnswer.values()[random.nextInt(InverseAnswer.values().length)];
        long filterToMs = random.nextBoolean() ? 0 : world.nowMs + random.nextInt(15);
        world.note("answer " + framework + " about " + agent + " " + answer + " until " + filterToMs);
        world.naive.agents.get(agent).window.answer(framework, answer, filterToMs);
        world.allocator.maintenance().answer(framework, agent, answer, filterToMs);
    }
}

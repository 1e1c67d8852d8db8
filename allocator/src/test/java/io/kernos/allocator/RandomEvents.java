package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/** The kinds of random events, each as likely as its weight says; one file a subject. */
final class RandomEvents {
    private record Kind(int weight, Runnable event) {}

    private final RandomWorld world;
    private final List<Kind> kinds = new ArrayList<>();
    private int weights;

    RandomEvents(RandomWorld world) {
        this.world = world;
        new RandomRoles(world).register(this);
        world.goods.register(this);
        new RandomOperations(world).register(this);
        new RandomQuotas(world).register(this);
        new RandomFrameworks(world).register(this);
        new RandomAgents(world).register(this);
        new RandomDemands(world).register(this);
        new RandomGrants(world).register(this);
        new RandomFilters(world).register(this);
        new RandomTraits(world).register(this);
        new RandomMaintenance(world).register(this);
    }

    void add(int weight, Runnable event) {
        kinds.add(new Kind(weight, event));
        weights += weight;
    }

    /** One event that has an effect, and so is logged; what has none in the present state is drawn again. */
    void next() {
        int before = world.log.size();
        while (world.log.size() == before) {
            draw();
        }
    }

    private void draw() {
        int at = world.random.nextInt(weights);
        for (Kind kind : kinds) {
            at -= kind.weight;
            if (at < 0) {
                kind.event.run();
                return;
            }
        }
    }
}

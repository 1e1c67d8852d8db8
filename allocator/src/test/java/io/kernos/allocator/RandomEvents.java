package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/** The kinds of random events, each as likely as its weight says; one file a subject. */
final class RandomEvents {
    private record Kind(int weight, Runnable event) {}

    private final RandomWorld world;
    private final List<Kind> kinds = new ArrayList<>();
    private int weights;
    /** Those that come first, of demands and of time: many of them where demands compete. */
    private int busyWeights;

    RandomEvents(RandomWorld world) {
        this.world = world;
        new RandomDemands(world).register(this);
        new RandomFilters(world).register(this);
        busyWeights = weights;
        new RandomRoles(world).register(this);
        world.goods.register(this);
        new RandomOperations(world).register(this);
        new RandomQuotas(world).register(this);
        new RandomFrameworks(world).register(this);
        new RandomAgents(world).register(this);
        new RandomGrants(world).register(this);
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
        boolean isOfDemands = world.isBusy() && world.random.nextInt(3) != 0;
        int at = world.random.nextInt(isOfDemands ? busyWeights : weights);
        for (Kind kind : kinds) {
            at -= kind.weight;
            if (at < 0) {
                kind.event.run();
                return;
            }
        }
    }
}

package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/** Random events of frameworks. */
final class RandomFrameworks {
    private final RandomWorld world;

    RandomFrameworks(RandomWorld world) {
        this.world = world;
    }

    void register(RandomEvents events) {
        events.add(2, this::addFramework);
        events.add(1, this::removeFramework);
        events.add(1, this::activity);
        events.add(1, this::suppression);
        events.add(1, this::capability);
        events.add(1, this::minima);
    }

    private void addFramework() {
        int framework = world.random.nextInt(world.maxFrameworks) * world.frameworkStride;
        Integer role = world.any(world.naive.roles);
        if (role != null && !world.naive.frameworks.containsKey(framework)) {
            world.note("addFramework " + framework + " role " + role);
            NaiveFramework added = new NaiveFramework();
            added.role = role;
            world.naive.frameworks.put(framework, added);
            world.allocator.frameworks().add(framework, role);
            if (world.isBusy()) {
                added.suppressed = true;
                world.allocator.frameworks().suppress(framework);
            }
        }
    }

    private void removeFramework() {
        Integer framework = world.any(world.naive.frameworks);
        if (framework != null && world.random.nextInt(3) == 0) {
            for (int agent : world.naive.agents.keySet()) {
                world.recoverAll(agent, framework);
            }
            world.endRuns(demand -> world.naive.demands.get(demand).framework == framework);
            world.endTasks(agent -> true, demand -> world.naive.demands.get(demand).framework == framework);
            world.note("removeFramework " + framework);
            world.naive.endClaims(claim -> world.naive.demands.get(claim.demand()).framework == framework);
            world.naive.frameworks.remove(framework);
            world.naive.windows().forEach(window -> window.asks.remove(framework));
            world.naive.demands.values().removeIf(demand -> demand.framework == framework);
            world.allocator.frameworks().remove(framework);
        }
    }

    private void activity() {
        Integer framework = world.any(world.naive.frameworks);
        if (framework != null) {
            boolean active = world.random.nextInt(4) != 0;
            world.note("active " + framework + " " + active);
            world.naive.frameworks.get(framework).active = active;
            if (!active) {
                world.naive.frameworks.get(framework).filters.clear();
                world.naive.withdrawInverse(framework);
            }
            if (active) {
                world.allocator.frameworks().activate(framework);
            } else {
                world.allocator.frameworks().deactivate(framework);
            }
        }
    }

    private void capability() {
        Integer framework = world.any(world.naive.frameworks);
        if (framework != null) {
            Capability capability = Capability.values()[world.random.nextInt(Capability.values().length)];
            boolean has = world.random.nextInt(3) != 0;
            world.note("capability " + framework + " " + capability + " " + has);
            if (has) {
                world.naive.frameworks.get(framework).capabilities.add(capability);
            } else {
                world.naive.frameworks.get(framework).capabilities.remove(capability);
            }
            world.allocator.frameworks().setCapability(framework, capability, has);
        }
    }

    private void minima() {
        Integer framework = world.any(world.naive.frameworks);
        if (framework != null) {
            List<Resources> minima = null;
            if (world.random.nextInt(3) != 0) {
                minima = new ArrayList<>();
                for (int i = world.random.nextInt(3); i > 0; i--) {
                    minima.add(least());
                }
            }
            world.note("minima " + framework + " " + minima);
            world.naive.frameworks.get(framework).minima = minima;
            world.allocator.frameworks().minima(framework, minima == null ? null : new OfferMinima(minima));
        }
    }

    private Resources least() {
        Resources least = new Resources();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long half = world.task().scalar(kind) / 2;
            least.scalar(kind, world.random.nextBoolean() ? half : 0);
        }
        return least.isEmpty() ? Resources.of(0, 1, 0) : least;
    }

    private void suppression() {
        Integer framework = world.any(world.naive.frameworks);
        if (framework != null) {
            boolean suppressed = world.random.nextInt(3) == 0 || (world.isBusy() && world.random.nextInt(4) != 0);
            world.note("suppressed " + framework + " " + suppressed);
            world.naive.frameworks.get(framework).suppressed = suppressed;
            if (suppressed) {
                world.allocator.frameworks().suppress(framework);
            } else {
                world.naive.frameworks.get(framework).filters.clear();
                world.naive.unfilterInverse(framework);
                world.allocator.frameworks().revive(framework);
            }
        }
    }
}

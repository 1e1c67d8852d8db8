package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Another allocator in the same state, all things added in random order, the filters as the first one tells. */
final class Rebuild {
    private final RandomWorld world;
    private final NaiveCluster naive;
    private final Allocator rebuilt;

    private Rebuild(RandomWorld world, Allocator empty) {
        this.world = world;
        this.naive = world.naive;
        this.rebuilt = empty;
    }

    static Allocator of(RandomWorld world, Allocator empty) {
        Rebuild rebuild = new Rebuild(world, empty);
        rebuild.addRoles();
        rebuild.addTraits();
        rebuild.setQuotas();
        rebuild.addFrameworks();
        rebuild.addAgents();
        rebuild.addFilters();
        rebuild.addMaintenance();
        rebuild.addDemands();
        rebuild.addPreemption();
        world.allocator.backfill().forEachRun(rebuild.rebuilt.backfill()::ran);
        return rebuild.rebuilt;
    }

    private void addRoles() {
        List<Integer> left = shuffled(naive.roles);
        while (!left.isEmpty()) {
            int index = left.removeFirst();
            NaiveRole role = naive.roles.get(index);
            if (role.parent == null) {
                rebuilt.roles().add(index, role.weightMilli);
            } else if (left.contains(role.parent)) {
                left.add(index);
            } else {
                rebuilt.roles().add(index, role.parent, role.weightMilli);
            }
        }
    }

    /** What a trait is made of comes first. */
    private void addTraits() {
        List<Integer> traits = new ArrayList<>(naive.traits.keySet());
        traits.sort(Comparator.comparingInt((Integer index) ->
                        naive.traits.get(index).reservations().size())
                .thenComparing(index -> naive.traits.get(index).volumeId() != 0));
        traits.forEach(index -> rebuilt.traits().add(index, naive.traits.get(index)));
    }

    private void setQuotas() {
        shuffled(naive.roles).forEach(role -> rebuilt.quotas().set(role, naive.roles.get(role).quota, true));
    }

    private void addFrameworks() {
        for (int index : shuffled(naive.frameworks)) {
            NaiveFramework framework = naive.frameworks.get(index);
            rebuilt.frameworks().add(index, framework.role);
            rebuilt.frameworks().constrain(index, framework.constraints);
            framework.capabilities.forEach(capability -> rebuilt.frameworks().setCapability(index, capability, true));
            if (framework.minima != null) {
                rebuilt.frameworks().minima(index, new OfferMinima(framework.minima));
            }
            if (!framework.active) {
                rebuilt.frameworks().deactivate(index);
            }
            if (framework.suppressed) {
                rebuilt.frameworks().suppress(index);
            }
        }
    }

    private void addAgents() {
        for (int index : shuffled(naive.agents)) {
            NaiveAgent agent = naive.agents.get(index);
            rebuilt.agents().add(index, agent.total.toResources());
            rebuilt.agents().describe(index, agent.info);
            rebuilt.agents().arrange(index, agent.topology.build());
            agent.tasksByGroup.forEach((group, tasks) -> addGroup(group, index, tasks - world.claimedOf(group, index)));
            agent.holds.forEach(hold -> rebuilt.agents().setHeld(index, hold, true));
            agent.usedByFramework.forEach(
                    (framework, used) -> rebuilt.grants().addUsed(index, framework, used.toResources()));
            agent.offeredByFramework.forEach(
                    (framework, offered) -> rebuilt.grants().addOffered(index, framework, offered.toResources()));
        }
    }

    private void addGroup(int group, int agent, int tasks) {
        if (tasks > 0) {
            rebuilt.demands().ran(group, agent, tasks);
        }
    }

    private void addPreemption() {
        world.allocator.preemption().forEachRun(rebuilt.preemption()::ran);
        world.allocator.preemption().forEachClaim(rebuilt.preemption()::claimed);
        world.allocator.preemption().forEachSpent(rebuilt.preemption()::spent);
    }

    private void addFilters() {
        world.allocator.filters().forEach(rebuilt.filters()::add);
    }

    private void addMaintenance() {
        for (int index : shuffled(naive.agents)) {
            NaiveMaintenance.Window window = naive.agents.get(index).window;
            if (window != null) {
                rebuilt.maintenance().schedule(index, window.startMs, window.durationMs);
            }
        }
        world.allocator.maintenance().forEach(rebuilt.maintenance()::restore);
    }

    private void addDemands() {
        for (int index : shuffled(naive.demands)) {
            NaiveDemand demand = naive.demands.get(index);
            rebuilt.demands().add(index, demand.framework, demand.spec(), demand.waiting);
        }
    }

    private <V> List<Integer> shuffled(Map<Integer, V> map) {
        List<Integer> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, world.random);
        return keys;
    }
}

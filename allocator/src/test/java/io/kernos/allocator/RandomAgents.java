package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Random events of agents. */
final class RandomAgents {
    private final RandomWorld world;

    RandomAgents(RandomWorld world) {
        this.world = world;
    }

    void register(RandomEvents events) {
        events.add(2, this::addAgent);
        events.add(1, this::changeAgent);
        events.add(1, this::removeAgent);
        events.add(1, this::arrange);
    }

    private void addAgent() {
        int agent = world.random.nextInt(world.maxAgents) * world.agentStride;
        if (!world.naive.agents.containsKey(agent)) {
            Resources total = world.goods.total(null);
            world.note("addAgent " + agent + " " + total);
            NaiveAgent added = new NaiveAgent(world.naive.traits);
            added.total = NaiveAmounts.of(total);
            world.naive.agents.put(agent, added);
            world.allocator.agents().add(agent, total);
        }
    }

    private void changeAgent() {
        Integer agent = world.any(world.naive.agents);
        if (agent == null) {
            return;
        }
        if (world.random.nextBoolean()) {
            boolean active = world.random.nextInt(4) != 0;
            world.note("agentActive " + agent + " " + active);
            if (active) {
                world.naive.agents.get(agent).holds.remove(AgentHold.DISCONNECTED);
            } else {
                world.naive.agents.get(agent).holds.add(AgentHold.DISCONNECTED);
            }
            world.allocator.agents().setActive(agent, active);
        } else {
            Resources total = world.goods.total(world.naive.agents.get(agent));
            world.note("updateTotal " + agent + " " + total);
            world.naive.agents.get(agent).total = NaiveAmounts.of(total);
            world.allocator.agents().updateTotal(agent, total);
        }
    }

    private void arrange() {
        Integer agent = world.any(world.naive.agents);
        if (agent == null) {
            return;
        }
        NaiveTopology topology = new NaiveTopology();
        int nodes = world.random.nextInt(4);
        int width = 1 + world.random.nextInt(6);
        for (int node = 0; node < nodes; node++) {
            List<Long> numbers = new ArrayList<>();
            for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
                numbers.add(kind < 2 && world.random.nextInt(3) > 0 ? ((1L << width) - 1) << node * width : 0L);
            }
            topology.nodes.add(new NaiveTopology.Node(world.random.nextInt(2), numbers));
        }
        world.note("arrange " + agent + " " + topology);
        world.naive.agents.get(agent).topology = topology;
        world.allocator.agents().arrange(agent, topology.build());
    }

    private void removeAgent() {
        Integer agent = world.any(world.naive.agents);
        if (agent != null && world.random.nextInt(3) == 0) {
            for (int framework : world.naive.frameworks.keySet()) {
                world.recoverAll(agent, framework);
            }
            for (int demand : List.copyOf(world.naive.agents.get(agent).runs.keySet())) {
                world.endRun(agent, demand, world.naive.agents.get(agent).runs.get(demand).tasks);
            }
            world.endTasks(where -> where == agent, demand -> true);
            world.note("removeAgent " + agent);
            Map<Integer, Integer> claimed = new TreeMap<>();
            world.naive
                    .agents
                    .get(agent)
                    .tasksByGroup
                    .forEach((group, tasks) -> claimed.put(group, world.claimedOf(group, agent)));
            world.naive.agents.get(agent).tasksByGroup.forEach((group, tasks) -> {
                if (tasks > claimed.get(group)) {
                    world.allocator.demands().ended(group, agent, tasks - claimed.get(group));
                }
            });
            world.naive.endClaims(claim -> claim.agent() == agent);
            world.naive.agents.remove(agent);
            world.naive.frameworks.values().forEach(framework -> framework.forgetFiltersOn(agent));
            world.allocator.agents().remove(agent);
        }
    }
}

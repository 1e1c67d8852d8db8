package io.kernos.perf.grid;

import io.kernos.allocator.AllocationHandler;
import io.kernos.allocator.Allocator;
import io.kernos.allocator.AllocatorContext;
import io.kernos.allocator.Resources;

/** Machines full of equal tasks of many frameworks, each with more that wait. */
final class TaskCluster implements AllocationHandler {
    private static final int TASKS_AN_AGENT = 8;
    private static final int ENDLESS = 1 << 28;
    private static final long NOW_MS = 1_000;
    private static final int MAX_AGENTS = 1 << 17;
    private static final Resources TASK = Resources.of(1_000, 1L << 30, 1L << 30);

    private final Allocator allocator = new Allocator(
            new AllocatorContext().handler(this).maxAgents(MAX_AGENTS).maxRoles(1 << 13));
    private final int[] demands;
    private final int[] agents;
    private int tasks;

    TaskCluster(GridSize size) {
        demands = new int[size.agents() * TASKS_AN_AGENT];
        agents = new int[size.agents() * TASKS_AN_AGENT];
        for (int framework = 0; framework < size.frameworks(); framework++) {
            allocator.roles().add(framework, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(framework, framework);
            allocator.frameworks().suppress(framework);
            allocator.demands().add(framework, framework, framework, TASK, 0, ENDLESS);
        }
        Resources machine =
                Resources.of(1_000L * TASKS_AN_AGENT, (long) TASKS_AN_AGENT << 30, (long) TASKS_AN_AGENT << 30);
        for (int agent = 0; agent < size.agents(); agent++) {
            allocator.agents().add(agent, machine);
        }
        allocator.allocate(NOW_MS);
    }

    /** A task ends, and another takes its place. */
    void replace(int number) {
        int task = number % tasks;
        tasks--;
        int demand = demands[task];
        int agent = agents[task];
        demands[task] = demands[tasks];
        agents[task] = agents[tasks];
        allocator.grants().recoverUsed(agent, demand, TASK);
        allocator.allocate(NOW_MS);
    }

    /** A framework asks for one more task, for which there is no room, and thinks better of it. */
    void ask(int framework) {
        allocator.demands().grow(framework, 1);
        allocator.allocate(NOW_MS);
        allocator.demands().reduce(framework, 1);
    }

    @Override
    public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
        for (int i = 0; i < count; i++) {
            demands[tasks] = demandIndex;
            agents[tasks++] = agentIndex;
        }
    }

    @Override
    public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
        throw new IllegalStateException("frameworkIndex=" + frameworkIndex + " is suppressed");
    }
}

package io.kernos.perf.grid;

import io.kernos.allocator.AgentChoice;
import io.kernos.allocator.AllocationHandler;
import io.kernos.allocator.Allocator;
import io.kernos.allocator.AllocatorContext;
import io.kernos.allocator.DemandSpec;
import io.kernos.allocator.Resources;
import java.util.Arrays;

/**
 * A full cluster with work of four sorts, each of a quarter of the frameworks: services that are spread, batch tasks
 * that are packed, gangs of large tasks, and frameworks that take offers.
 */
final class MixedCluster implements AllocationHandler {
    private static final int SORTS = 4;
    private static final int ENDLESS = 1 << 28;
    private static final int OFFERED_EVERY = 8;
    private static final int GANG = 4;
    private static final Resources SERVICE = Resources.of(500, 2L << 30, 1L << 30);
    private static final Resources BATCH = Resources.of(1_000, 2L << 30, 4L << 30);
    private static final Resources LARGE = Resources.of(4_000, 16L << 30, 64L << 30);

    private final Allocator allocator =
            new Allocator(new AllocatorContext().handler(this).maxRoles(1 << 13));
    private final OfferBook book = new OfferBook();
    private int[] taskDemands = new int[1_024];
    private int[] taskAgents = new int[1_024];
    private int tasks;
    private long nowMs = 1_000;

    MixedCluster(GridSize size) {
        DemandSpec spec = new DemandSpec();
        for (int framework = 0; framework < size.frameworks(); framework++) {
            allocator.roles().add(framework, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(framework, framework);
            if (framework % SORTS < SORTS - 1) {
                allocator.frameworks().suppress(framework);
                describe(framework, spec.clear().sequence(framework));
                allocator.demands().add(framework, framework, spec, ENDLESS);
            }
        }
        for (int agent = 0; agent < size.agents(); agent++) {
            allocator.agents().add(agent, OfferCluster.MACHINE);
        }
        allocator.allocate(nowMs);
    }

    private static void describe(int framework, DemandSpec spec) {
        switch (framework % SORTS) {
            case 0 -> spec.perTask(SERVICE).choice(AgentChoice.SPREAD);
            case 1 -> spec.perTask(BATCH).choice(AgentChoice.PACK);
            default -> spec.perTask(LARGE).gang(GANG);
        }
    }

    private static Resources perTask(int demand) {
        return switch (demand % SORTS) {
            case 0 -> SERVICE;
            case 1 -> BATCH;
            default -> LARGE;
        };
    }

    int tasks() {
        return tasks;
    }

    /** A task ends, or now and then an offer is given back, and whoever has least gets what it held. */
    int turnOver(int number) {
        nowMs++;
        if (number % OFFERED_EVERY == 0 && book.size() > 0) {
            book.decline(number / OFFERED_EVERY % book.size(), nowMs + 5_000, allocator);
        } else if (tasks > 0) {
            end(number % tasks);
        }
        return allocator.allocate(nowMs);
    }

    private void end(int task) {
        allocator.grants().recoverUsed(taskAgents[task], taskDemands[task], perTask(taskDemands[task]));
        tasks--;
        taskDemands[task] = taskDemands[tasks];
        taskAgents[task] = taskAgents[tasks];
    }

    @Override
    public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
        book.add(frameworkIndex, agentIndex, granted);
    }

    @Override
    public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
        if (tasks + count > taskDemands.length) {
            int room = Math.max(tasks + count, 2 * tasks);
            taskDemands = Arrays.copyOf(taskDemands, room);
            taskAgents = Arrays.copyOf(taskAgents, room);
        }
        for (int i = 0; i < count; i++) {
            taskDemands[tasks] = demandIndex;
            taskAgents[tasks++] = agentIndex;
        }
    }
}

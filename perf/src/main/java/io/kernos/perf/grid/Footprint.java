package io.kernos.perf.grid;

import io.kernos.allocator.AllocationHandler;
import io.kernos.allocator.Allocator;
import io.kernos.allocator.AllocatorContext;
import io.kernos.allocator.DemandSpec;
import io.kernos.allocator.Resources;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What an allocator takes of the heap that knows a large cluster full of tasks, more that wait, offers and filters. */
public final class Footprint {
    private static final int TASKS_AN_AGENT = 20;
    private static final int DEMANDS_A_FRAMEWORK = 10;
    private static final long NOW_MS = 1_000;
    private static final long FILTER_MS = 5_000;
    private static final int COLLECTIONS = 3;
    private static final Resources TASK = Resources.of(1_000, 4L << 30, 1L << 30);

    private Footprint() {}

    /**
     * Fills a cluster with twenty tasks an agent; what is left is offered, and was declined by somebody before.
     *
     * @param size of the cluster; agents times twenty are a million tasks at 50,000.
     * @return bytes of the heap that the allocator takes, all told, after a collection.
     */
    public static long heapBytes(GridSize size) {
        long before = usedBytes();
        Allocator allocator = fill(size);
        long after = usedBytes();
        if (allocator.nextDeadlineMs() != NOW_MS + FILTER_MS) {
            throw new IllegalStateException("filters must be there");
        }
        return after - before;
    }

    /**
     * How many tasks run in a cluster that was filled.
     *
     * @param size of the cluster.
     * @return their number.
     */
    public static int tasks(GridSize size) {
        return size.agents() * TASKS_AN_AGENT;
    }

    private static Allocator fill(GridSize size) {
        Filling filling = new Filling();
        Allocator allocator = new Allocator(new AllocatorContext().handler(filling));
        DemandSpec spec = new DemandSpec().perTask(TASK);
        for (int framework = 0; framework < size.frameworks(); framework++) {
            allocator.roles().add(framework, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(framework, framework);
            for (int i = 0; i < DEMANDS_A_FRAMEWORK; i++) {
                int demand = framework * DEMANDS_A_FRAMEWORK + i;
                allocator.demands().add(demand, framework, spec.sequence(demand), 1_000_000);
            }
        }
        for (int agent = 0; agent < size.agents(); agent++) {
            allocator.agents().add(agent, Resources.of(1_000L * TASKS_AN_AGENT, 128L << 30, 1L << 40));
        }
        Resources rest = Resources.of(0, (128L - 4 * TASKS_AN_AGENT) << 30, (1L << 40) - ((long) TASKS_AN_AGENT << 30));
        for (int agent = 0; agent < size.agents(); agent++) {
            allocator.filters().add(agent % size.frameworks(), agent, rest, NOW_MS + FILTER_MS);
        }
        allocator.allocate(NOW_MS);
        if (filling.tasks != tasks(size) || filling.offers == 0) {
            throw new IllegalStateException("tasks=" + filling.tasks + " must be " + tasks(size));
        }
        return allocator;
    }

    private static long usedBytes() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        for (int i = 0; i < COLLECTIONS; i++) {
            memory.gc();
        }
        return memory.getHeapMemoryUsage().getUsed();
    }

    private static final class Filling implements AllocationHandler {
        private int tasks;
        private int offers;

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
            tasks += count;
        }

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
            offers++;
        }
    }
}

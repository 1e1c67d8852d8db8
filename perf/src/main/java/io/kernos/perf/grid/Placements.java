package io.kernos.perf.grid;

import io.kernos.allocator.AllocationHandler;
import io.kernos.allocator.Allocator;
import io.kernos.allocator.AllocatorContext;
import io.kernos.allocator.Resources;

/** Tasks that the allocator places itself. */
public final class Placements {
    private static final int TASKS = 1_000_000;
    private static final int LARGE_STRIDE = 7_919;
    private static final long NOW_MS = 1_000;

    private final GridSize size;
    private final Effort effort;

    /**
     * Placements in one cluster.
     *
     * @param size   of the cluster.
     * @param effort how long each is measured.
     */
    public Placements(GridSize size, Effort effort) {
        this.size = size;
        this.effort = effort;
    }

    /**
     * Of long-running, batch and gang tasks one ends, or an offer is declined, and whoever has least gets what it held.
     *
     * @return how long that took.
     */
    public Timing mixed() {
        MixedCluster cluster = new MixedCluster(size);
        return effort.events(number -> cluster.turnOver((number * LARGE_STRIDE) & Integer.MAX_VALUE));
    }

    /**
     * A class of a million equal tasks is placed on empty agents, as many on each.
     *
     * @return how long all of them took.
     */
    public Timing oneClass() {
        int tasksAnAgent = (TASKS + size.agents() - 1) / size.agents();
        return effort.rounds(new Effort.Round() {
            private Bulk bulk;

            @Override
            public void prepare() {
                bulk = new Bulk(size.agents(), tasksAnAgent);
            }

            @Override
            public void run() {
                bulk.place();
            }
        });
    }

    /**
     * How many tasks {@link #oneClass} places.
     *
     * @return that number.
     */
    public static int tasksOfOneClass() {
        return TASKS;
    }

    private static final class Bulk implements AllocationHandler {
        private static final Resources TASK = Resources.of(1_000, 1L << 30, 1L << 30);
        private final Allocator allocator = new Allocator(new AllocatorContext().handler(this));
        private int placed;

        Bulk(int agents, int tasksAnAgent) {
            allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(0, 0);
            allocator.frameworks().suppress(0);
            allocator.demands().add(0, 0, 0, TASK, 0, 0);
            Resources machine =
                    Resources.of(1_000L * tasksAnAgent, (long) tasksAnAgent << 30, (long) tasksAnAgent << 30);
            for (int agent = 0; agent < agents; agent++) {
                allocator.agents().add(agent, machine);
            }
        }

        void place() {
            allocator.demands().grow(0, TASKS);
            allocator.allocate(NOW_MS);
            if (placed != TASKS) {
                throw new IllegalStateException("placed=" + placed + " must be " + TASKS);
            }
        }

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
            placed += count;
        }

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
            throw new IllegalStateException("frameworkIndex=" + frameworkIndex + " is suppressed");
        }
    }
}

package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A gang for which room is reserved, and small tasks that go before it, make no garbage either. */
class BackfillZeroAllocationTest {
    private static final int AGENTS = 64;
    private static final int SMALL_DEMANDS = 4;
    private static final int GANG_DEMAND = SMALL_DEMANDS;
    private static final int GANG = 40;
    private static final int WARM_UP_CYCLES = 8_000;
    private static final int MEASURED_CYCLES = 2_000;
    private static final long GANG_MS = 30;

    private final Resources task = Resources.of(1_000, 1L << 30, 0);
    private final Resources half = Resources.of(4_000, 1L << 30, 0);
    private final Running running = new Running();
    private final Allocator allocator =
            new Allocator(new AllocatorContext().handler(running).overrunMs(3));
    private long gangs;

    @Test
    void shouldAllocateNoMemoryWhenRoomIsReserved() {
        populate();
        run(WARM_UP_CYCLES);
        assertTrue(gangs > 100, "gangs start: " + gangs);
        assertTrue(running.reserved > WARM_UP_CYCLES / 2, "room is reserved: " + running.reserved);
        assertEquals(0, AllocatedBytes.inSteadyState(() -> run(MEASURED_CYCLES)));
        allocator.verify();
    }

    private void populate() {
        for (int framework = 0; framework < 2; framework++) {
            allocator.roles().add(framework, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(framework, framework);
            allocator.frameworks().suppress(framework);
        }
        for (int agent = 0; agent < AGENTS; agent++) {
            allocator.agents().add(agent, Resources.of(8_000, 16L << 30, 0));
        }
        for (int demand = 0; demand < SMALL_DEMANDS; demand++) {
            DemandSpec small = new DemandSpec().perTask(task).durationMs(durationMs(demand));
            allocator.demands().add(demand, 0, small, 0);
        }
        DemandSpec large =
                new DemandSpec().perTask(half).gang(GANG).durationMs(GANG_MS).reserved(true);
        allocator.demands().add(GANG_DEMAND, 1, large, 0);
    }

    private static long durationMs(int demand) {
        return demand == GANG_DEMAND ? GANG_MS : 3 + 7L * demand;
    }

    private void run(int cycles) {
        for (int i = 0; i < cycles; i++) {
            running.nowMs++;
            running.endDue(allocator, task, half);
            for (int demand = 0; demand < SMALL_DEMANDS; demand++) {
                allocator.demands().grow(demand, 200 - allocator.demands().waitingTasks(demand));
            }
            if (allocator.demands().waitingTasks(GANG_DEMAND) == 0) {
                allocator.demands().grow(GANG_DEMAND, GANG);
                gangs++;
            }
            allocator.allocate(running.nowMs);
            running.reserved += allocator.backfill().head() == GANG_DEMAND ? 1 : 0;
        }
    }

    /** Keeps tasks in a slab, and ends them when it is time, some later than expected. */
    private static final class Running implements AllocationHandler {
        private static final int ROOM = 10_000;

        private final int[] demands = new int[ROOM];
        private final int[] agents = new int[ROOM];
        private final int[] tasks = new int[ROOM];
        private final long[] endMs = new long[ROOM];
        private int size;
        private long nowMs;
        private long reserved;

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
            throw new AssertionError("nobody is to be offered anything");
        }

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
            demands[size] = demandIndex;
            agents[size] = agentIndex;
            tasks[size] = count;
            endMs[size++] = nowMs + durationMs(demandIndex);
        }

        private void endDue(Allocator allocator, Resources task, Resources half) {
            for (int i = size - 1; i >= 0; i--) {
                if (endMs[i] + i % 5 <= nowMs) {
                    end(allocator, i, demands[i] == GANG_DEMAND ? half : task);
                }
            }
        }

        private void end(Allocator allocator, int at, Resources each) {
            for (int i = 0; i < tasks[at]; i++) {
                allocator.grants().recoverUsed(agents[at], demands[at] == GANG_DEMAND ? 1 : 0, each);
            }
            allocator.backfill().ended(demands[at], agents[at], tasks[at], endMs[at]);
            size--;
            demands[at] = demands[size];
            agents[at] = agents[size];
            tasks[at] = tasks[size];
            endMs[at] = endMs[size];
        }
    }
}

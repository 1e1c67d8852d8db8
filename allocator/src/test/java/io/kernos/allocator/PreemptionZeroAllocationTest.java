package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Gangs for which others leave make no garbage either. */
class PreemptionZeroAllocationTest {
    private static final int AGENTS = 20;
    private static final int LOW = 0;
    private static final int HIGH = 1;
    private static final int GANG = 8;
    private static final int WARM_UP_CYCLES = 5_000;
    private static final int MEASURED_CYCLES = 1_000;

    private final Resources task = Resources.of(1_000, 1L << 30, 0);
    private final Leaving leaving = new Leaving();
    private final Allocator allocator = new Allocator(new AllocatorContext()
            .handler(leaving)
            .preemptionBudget(GANG + 1, 3)
            .preemptionHoldMs(5));
    private long nowMs;

    @Test
    void shouldAllocateNoMemoryWhenGangsPreempt() {
        populate();
        run(WARM_UP_CYCLES);
        assertTrue(leaving.told > WARM_UP_CYCLES, "tasks leave: " + leaving.told);
        assertTrue(leaving.placed > WARM_UP_CYCLES, "gangs are placed: " + leaving.placed);
        assertEquals(0, AllocatedBytes.inSteadyState(() -> run(MEASURED_CYCLES)));
        allocator.verify();
    }

    private void populate() {
        for (int framework = LOW; framework <= HIGH; framework++) {
            allocator.roles().add(framework, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(framework, framework);
            allocator.frameworks().suppress(framework);
        }
        for (int agent = 0; agent < AGENTS; agent++) {
            allocator.agents().add(agent, Resources.of(2_000, 16L << 30, 0));
        }
        allocator.demands().add(LOW, LOW, new DemandSpec().perTask(task).preemptible(true), 0);
        allocator
                .demands()
                .add(
                        HIGH,
                        HIGH,
                        new DemandSpec().perTask(task).priority(1).gang(GANG).preempting(true),
                        0);
    }

    private void run(int cycles) {
        for (int i = 0; i < cycles; i++) {
            nowMs++;
            allocator.demands().grow(LOW, 2 * AGENTS - allocator.demands().waitingTasks(LOW));
            allocator.allocate(nowMs);
            if (allocator.demands().waitingTasks(HIGH) == 0) {
                allocator.demands().grow(HIGH, GANG);
            }
            allocator.allocate(nowMs);
            leaving.endTold(allocator, task, i % 7 == 0);
            allocator.allocate(nowMs);
            leaving.endPlaced(allocator, task);
        }
    }

    /** Ends tasks that were told to leave, now and then not all of them at once, and those for which they left. */
    private static final class Leaving implements AllocationHandler {
        private final int[] toldOn = new int[AGENTS];
        private final int[] placedOn = new int[AGENTS];
        private long told;
        private long placed;

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
            throw new AssertionError("nobody is to be offered anything");
        }

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int tasks, Resources perTask) {
            if (demandIndex == HIGH) {
                placedOn[agentIndex] += tasks;
                placed += tasks;
            }
        }

        @Override
        public void onPreempted(int demandIndex, int agentIndex, int tasks, int forDemand, int forPriority) {
            toldOn[agentIndex] += tasks;
            told += tasks;
        }

        private void endTold(Allocator allocator, Resources task, boolean keepsFirst) {
            for (int agent = keepsFirst ? 1 : 0; agent < AGENTS; agent++) {
                while (toldOn[agent] > 0) {
                    toldOn[agent]--;
                    allocator.grants().recoverUsed(agent, LOW, task);
                    allocator.preemption().ended(LOW, agent, 1);
                }
            }
        }

        private void endPlaced(Allocator allocator, Resources task) {
            for (int agent = 0; agent < AGENTS; agent++) {
                while (placedOn[agent] > 0) {
                    placedOn[agent]--;
                    allocator.grants().recoverUsed(agent, HIGH, task);
                }
            }
        }
    }
}

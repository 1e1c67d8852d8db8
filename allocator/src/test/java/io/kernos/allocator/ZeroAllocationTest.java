package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ZeroAllocationTest {
    private static final int AGENTS = 300;
    private static final int FRAMEWORKS = 70;
    private static final int ROLES = 7;
    private static final int DEMANDS = 20;
    private static final int WARM_UP_CYCLES = 3_000;
    private static final int MEASURED_CYCLES = 200;
    private static final long FILTER_MS = 5;
    private static final AgentChoice[] CHOICES = AgentChoice.values();

    private final Resources machine =
            Resources.of(8_000, 16L << 30, 1L << 40).addRange(ResourceKinds.PORTS, 31_000, 32_000);
    private final Resources task = Resources.of(1_000, 1L << 30, 0);
    private final Resources rest = new Resources();
    private final DemandSpec spec = new DemandSpec();
    private final Cycle cycle = new Cycle();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(cycle));
    private long nowMs;

    @Test
    void shouldAllocateNoMemoryWhenInSteadyState() {
        populate();
        long decisions = run(WARM_UP_CYCLES);
        assertTrue(decisions > WARM_UP_CYCLES, "the cycle decides something");
        assertEquals(0, AllocatedBytes.inSteadyState(() -> run(MEASURED_CYCLES)));
        allocator.verify();
    }

    private void populate() {
        for (int role = 0; role < ROLES; role++) {
            if (role % 2 == 0) {
                allocator.roles().add(role, 1_000 + 500 * role);
            } else {
                allocator.roles().add(role, role - 1, 1_000 + 500 * role);
            }
        }
        allocator.quotas().set(0, new Quota().limit(ResourceKinds.CPUS, 300_000), true);
        allocator.quotas().set(2, new Quota().guarantee(ResourceKinds.CPUS, 3_000_000), true);
        for (int framework = 0; framework < FRAMEWORKS; framework++) {
            allocator.frameworks().add(framework, framework % ROLES);
        }
        for (int agent = 0; agent < AGENTS; agent++) {
            allocator.agents().add(agent, machine);
        }
    }

    private long run(int cycles) {
        long decisions = 0;
        for (int i = 0; i < cycles; i++) {
            decisions += allocator.allocate(nowMs);
            answerOffers();
            changeSettings(i);
            decisions += allocator.allocate(nowMs);
            endTasks();
            nowMs++;
        }
        return decisions;
    }

    private void answerOffers() {
        int offers = cycle.offers;
        cycle.offers = 0;
        for (int i = 0; i < offers; i++) {
            int framework = cycle.offerFrameworks[i];
            int agent = cycle.offerAgents[i];
            rest.copyFrom(cycle.granted[i]);
            if (rest.contains(task) && i % 3 == 0) {
                allocator.grants().use(agent, framework, task);
                cycle.addTasks(framework, agent, 1, task);
                rest.subtract(task);
            }
            allocator.filters().add(framework, agent, rest, nowMs + FILTER_MS);
            allocator.grants().recoverOffered(agent, framework, rest);
        }
    }

    private void changeSettings(int i) {
        int framework = i % FRAMEWORKS;
        allocator.frameworks().suppress(framework);
        allocator.roles().updateWeight(i % ROLES, 1_000 + i % 4);
        allocator.agents().updateTotal(i % AGENTS, machine);
        cycle.demandFrameworks[i % DEMANDS] = framework;
        spec.perTask(task)
                .sequence(i)
                .ports(i % 3)
                .priority(i % 2)
                .gang(1 + i % 5 / 4)
                .deadlineMs(nowMs + 1)
                .choice(CHOICES[i % CHOICES.length]);
        allocator.demands().add(i % DEMANDS, framework, spec, 5);
        allocator.allocate(nowMs);
        allocator.demands().remove(i % DEMANDS);
        allocator.frameworks().deactivate(framework);
        allocator.frameworks().activate(framework);
        allocator.frameworks().revive(framework);
        allocator.agents().setActive(i % AGENTS, false);
        allocator.agents().setActive(i % AGENTS, true);
        allocator.agents().setHeld(i % AGENTS, AgentHold.DRAINING, true);
        allocator.agents().setHeld(i % AGENTS, AgentHold.DRAINING, false);
        maintain(i % AGENTS, framework);
        allocator.nextDeadlineMs();
    }

    private void maintain(int agent, int framework) {
        allocator.maintenance().schedule(agent, nowMs, 10);
        allocator.allocate(nowMs);
        allocator.maintenance().answer(framework, agent, InverseAnswer.DECLINED, nowMs + FILTER_MS);
        allocator.maintenance().unschedule((agent + AGENTS / 2) % AGENTS);
    }

    private void endTasks() {
        for (int i = 0; i < cycle.tasks; i++) {
            allocator.grants().recoverUsed(cycle.taskAgents[i], cycle.taskFrameworks[i], cycle.used[i]);
        }
        cycle.tasks = 0;
    }

    /** Keeps offers and tasks in slabs, as the master does. */
    private static final class Cycle implements AllocationHandler {
        private static final int ROOM = 20_000;
        private static final int INTERVALS = 20;

        private final int[] offerFrameworks = new int[ROOM];
        private final int[] offerAgents = new int[ROOM];
        private final Resources[] granted = resources();
        private final int[] taskFrameworks = new int[ROOM];
        private final int[] taskAgents = new int[ROOM];
        private final Resources[] used = resources();
        private final int[] demandFrameworks = new int[DEMANDS];
        private int offers;
        private int tasks;

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources resources) {
            offerFrameworks[offers] = frameworkIndex;
            offerAgents[offers] = agentIndex;
            granted[offers++].copyFrom(resources);
        }

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
            addTasks(demandFrameworks[demandIndex], agentIndex, count, perTask);
        }

        private void addTasks(int framework, int agent, int count, Resources perTask) {
            for (int i = 0; i < count; i++) {
                taskFrameworks[tasks] = framework;
                taskAgents[tasks] = agent;
                used[tasks++].copyFrom(perTask);
            }
        }

        private static Resources[] resources() {
            Resources[] slab = new Resources[ROOM];
            for (int i = 0; i < ROOM; i++) {
                slab[i] = new Resources();
                for (int port = 0; port < 2 * INTERVALS; port += 2) {
                    slab[i].addRange(ResourceKinds.PORTS, port, port);
                }
            }
            return slab;
        }
    }
}

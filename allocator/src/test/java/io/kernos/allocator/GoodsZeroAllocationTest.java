package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Reservations, volumes and operations make no garbage either. */
class GoodsZeroAllocationTest {
    private static final int OPERATOR = OperationEvents.OPERATOR;
    private static final int AGENTS = 40;
    private static final int FRAMEWORKS = 6;
    private static final int WARM_UP_CYCLES = 3_000;
    private static final int MEASURED_CYCLES = 1_000;

    private final Offers offers = new Offers();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(offers));
    private final Resources machine =
            Resources.of(8_000, 16L << 30, 1_000).addRange(ResourceKinds.PORTS, 31_000, 32_000);
    private final Resources reserved = new Resources();
    private final Resources volume = new Resources();
    private final Resources rest = new Resources();
    private int shared;
    private int mount;

    @Test
    void shouldAllocateNoMemoryWhenInSteadyState() {
        populate();
        long decisions = run(WARM_UP_CYCLES);
        assertTrue(decisions > WARM_UP_CYCLES, "the cycle decides something");
        assertEquals(0, AllocatedBytes.inSteadyState(() -> run(MEASURED_CYCLES)));
        allocator.verify();
    }

    private void populate() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.roles().add(1, 0, Allocator.WEIGHT_MILLI_DEFAULT);
        for (int framework = 0; framework < FRAMEWORKS; framework++) {
            allocator.frameworks().add(framework, framework % 2);
            allocator.frameworks().setCapability(framework, Capability.SHARED_RESOURCES, true);
        }
        Trait trait = Trait.PLAIN.reserved(Reservation.dynamic(0));
        Resources slice = Resources.of(1_000, 1L << 30, 100).addRange(ResourceKinds.PORTS, 31_000, 31_010);
        reserved.add(allocator.traits().intern(trait), slice);
        shared = allocator.traits().intern(trait.volume(1, true));
        mount = allocator.traits().intern(trait.on(new DiskSource(DiskSource.Kind.MOUNT, 1)));
        volume.add(shared, Resources.of(0, 0, 50));
        machine.add(mount, Resources.of(0, 0, 5_000));
        for (int agent = 0; agent < AGENTS; agent++) {
            allocator.agents().add(agent, machine);
        }
    }

    private long run(int cycles) {
        long decisions = 0;
        for (int i = 0; i < cycles; i++) {
            int agent = i % AGENTS;
            allocator.operations().reserve(agent, OPERATOR, reserved);
            allocator.operations().create(agent, OPERATOR, shared, 50);
            decisions += allocator.allocate(i);
            answerAll();
            allocator.operations().destroy(agent, OPERATOR, shared);
            allocator.operations().unreserve(agent, OPERATOR, reserved);
            allocator.agents().updateTotal(agent, machine);
        }
        return decisions;
    }

    private void answerAll() {
        for (int i = 0; i < offers.count; i++) {
            rest.copyFrom(offers.granted[i]);
            int agent = offers.agents[i];
            int framework = offers.frameworks[i];
            if (rest.contains(volume)) {
                allocator.grants().use(agent, framework, volume);
                rest.subtract(volume);
                allocator.grants().recoverUsed(agent, framework, volume);
            }
            allocator.grants().recoverOffered(agent, framework, rest);
        }
        offers.count = 0;
    }

    private static final class Offers implements AllocationHandler {
        private final int[] frameworks = new int[AGENTS * FRAMEWORKS];
        private final int[] agents = new int[AGENTS * FRAMEWORKS];
        private final Resources[] granted = new Resources[AGENTS * FRAMEWORKS];
        private int count;

        private Offers() {
            for (int i = 0; i < granted.length; i++) {
                granted[i] = new Resources();
            }
        }

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources resources) {
            frameworks[count] = frameworkIndex;
            agents[count] = agentIndex;
            granted[count++].copyFrom(resources);
        }

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int tasks, Resources perTask) {
            throw new AssertionError("nothing was demanded");
        }
    }
}

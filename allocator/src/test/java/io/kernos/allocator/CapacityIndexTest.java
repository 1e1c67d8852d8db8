package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CapacityIndexTest {
    private static final int AGENTS = 3_000;

    @Test
    void shouldFindTheLowestAgentThatFitsAmongThousands() {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            Decisions decisions = new Decisions();
            Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));
            allocator.roles().add(0, 1_000);
            allocator.frameworks().add(0, 0);
            allocator.frameworks().suppress(0);
            long[] freeMilli = new long[AGENTS];
            long[] totalMilli = new long[AGENTS];
            for (int agent = 0; agent < AGENTS; agent++) {
                freeMilli[agent] = 1_000L * random.nextInt(64);
                totalMilli[agent] = freeMilli[agent];
                allocator.agents().add(agent, Resources.of(freeMilli[agent], 0, 0));
            }
            for (int i = 0; i < 2_000; i++) {
                step(random, allocator, decisions, freeMilli, totalMilli, seed);
            }
            allocator.verify();
        }
    }

    private static void step(
            Random random, Allocator allocator, Decisions decisions, long[] freeMilli, long[] totalMilli, long seed) {
        if (random.nextInt(10) == 0) {
            int agent = random.nextInt(AGENTS);
            long moreMilli = 1_000L * random.nextInt(64);
            freeMilli[agent] += moreMilli;
            totalMilli[agent] += moreMilli;
            allocator.agents().updateTotal(agent, Resources.of(totalMilli[agent], 0, 0));
        }
        long wantedMilli = 1_000L * (1 + random.nextInt(63));
        allocator.demands().add(0, 0, 0, Resources.of(wantedMilli, 0, 0), 0, 1);
        allocator.allocate(1);
        int expected = lowest(freeMilli, wantedMilli);
        assertEquals(expected < 0 ? "" : "d0@a" + expected + "x1", decisions.take(), "seed " + seed);
        if (expected >= 0) {
            freeMilli[expected] -= wantedMilli;
        }
        allocator.demands().remove(0);
    }

    private static int lowest(long[] freeMilli, long wantedMilli) {
        for (int agent = 0; agent < freeMilli.length; agent++) {
            if (freeMilli[agent] >= wantedMilli) {
                return agent;
            }
        }
        return -1;
    }
}

package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeadlineQueueTest {
    @Test
    void shouldKnowTheEarliestWhenEntriesComeAndGoAtRandom() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            DeadlineQueue queue = new DeadlineQueue();
            Map<Integer, Long> deadlines = new HashMap<>();
            for (int i = 0; i < 300; i++) {
                int entry = random.nextInt(60);
                if (deadlines.containsKey(entry)) {
                    assertEquals(deadlines.remove(entry), queue.deadline(entry), "seed " + seed);
                    queue.remove(entry);
                } else {
                    long deadline = random.nextInt(40);
                    queue.add(entry, deadline);
                    deadlines.put(entry, deadline);
                }
                assertEarliest(deadlines, queue, seed);
            }
        }
    }

    private static void assertEarliest(Map<Integer, Long> deadlines, DeadlineQueue queue, long seed) {
        if (deadlines.isEmpty()) {
            assertEquals(Long.MAX_VALUE, queue.earliest(), "seed " + seed);
            assertEquals(DeadlineQueue.NONE, queue.first(), "seed " + seed);
        } else {
            assertEquals(Collections.min(deadlines.values()), queue.earliest(), "seed " + seed);
            assertEquals(deadlines.get(queue.first()), queue.earliest(), "seed " + seed);
        }
    }
}

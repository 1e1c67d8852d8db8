package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class IndexSetTest {
    @Test
    void shouldBehaveAsASortedSetWhenChangedAtRandom() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            int bound = seed % 2 == 0 ? 200 : IndexSet.MAX_INDICES;
            IndexSet set = new IndexSet();
            TreeSet<Integer> expected = new TreeSet<>();
            for (int i = 0; i < 300; i++) {
                int index = random.nextInt(bound);
                if (random.nextInt(3) != 0) {
                    assertEquals(expected.add(index), set.add(index), "seed " + seed);
                } else {
                    Integer near = expected.ceiling(index);
                    int removed = near == null ? index : near;
                    assertEquals(expected.remove(removed), set.remove(removed), "seed " + seed);
                }
                assertAgree(expected, set, random.nextInt(bound), seed);
            }
        }
    }

    @Test
    void shouldUniteAndEmptyWhenAsked() {
        IndexSet set = new IndexSet();
        IndexSet other = new IndexSet();
        set.add(5);
        other.add(5);
        other.add(64);
        other.add(IndexSet.MAX_INDICES - 1);
        set.addAll(other);
        assertEquals(3, set.size());
        assertEquals(IndexSet.MAX_INDICES - 1, set.next(65));
        set.clear();
        assertEquals(-1, set.next(0));
        assertEquals(0, set.size());
        set.add(64);
        assertEquals(64, set.next(0));
    }

    private static void assertAgree(NavigableSet<Integer> expected, IndexSet set, int from, long seed) {
        Integer next = expected.ceiling(from);
        assertEquals(next == null ? -1 : next, set.next(from), "seed " + seed);
        Integer previous = expected.floor(from);
        assertEquals(previous == null ? -1 : previous, set.previous(from), "seed " + seed);
        assertEquals(expected.size(), set.size(), "seed " + seed);
        assertEquals(expected.contains(from), set.contains(from), "seed " + seed);
    }
}

package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeSetTest {
    @Test
    void shouldJoinIntervalsWhenTheyOverlapOrTouch() {
        RangeSet set = set(1, 3, 7, 9, 20, 30);
        set.add(4, 6);
        assertEquals("[1-9,20-30]", set.toString());
        set.add(0, 40);
        assertEquals("[0-40]", set.toString());
    }

    @Test
    void shouldSplitAnIntervalWhenItsMiddleIsRemoved() {
        RangeSet set = set(1, 9);
        set.remove(4, 5);
        assertEquals("[1-3,6-9]", set.toString());
        set.remove(0, 100);
        assertTrue(set.isEmpty());
    }

    @Test
    void shouldCopyTheLowestNumbersThatAreMissing() {
        RangeSet into = set(2, 3, 6, 6);
        set(1, 4, 6, 8).copyLowestMissing(3, into);
        assertEquals("[1-4,6-7]", into.toString());
        assertThrows(IllegalArgumentException.class, () -> set(1, 2).copyLowestMissing(3, new RangeSet()));
    }

    @Test
    void shouldRefuseAnIntervalWhenItIsNotOne() {
        RangeSet set = new RangeSet();
        assertThrows(IllegalArgumentException.class, () -> set.add(3, 2));
        assertThrows(IllegalArgumentException.class, () -> set.add(-1, 2));
        assertThrows(IllegalArgumentException.class, () -> set.add(1, RangeSet.MAX_VALUE + 1));
        set.add(0, RangeSet.MAX_VALUE);
        assertEquals(RangeSet.MAX_VALUE + 1, set.count());
    }

    @Test
    void shouldBehaveAsASetOfBitsWhenChangedAtRandom() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            RangeSet left = new RangeSet();
            RangeSet right = new RangeSet();
            long leftBits = 0;
            long rightBits = 0;
            for (int i = 0; i < 100; i++) {
                int begin = random.nextInt(Long.SIZE);
                int end = begin + random.nextInt(Long.SIZE - begin);
                boolean adds = random.nextBoolean();
                if (random.nextBoolean()) {
                    leftBits = change(left, leftBits, begin, end, adds);
                } else {
                    rightBits = change(right, rightBits, begin, end, adds);
                }
                assertEquals(Long.bitCount(leftBits), left.count(), "seed " + seed);
                assertEquals((leftBits & rightBits) != 0, left.intersects(right), "seed " + seed);
                assertEquals((rightBits & ~leftBits) == 0, left.containsAll(right), "seed " + seed);
            }
        }
    }

    @Test
    void shouldBeEqualWhenTheNumbersAre() {
        assertEquals(set(1, 2, 3, 4), set(1, 4));
        assertEquals(set(1, 2, 3, 4).hashCode(), set(1, 4).hashCode());
        assertFalse(set(1, 2).equals(set(1, 3)));
    }

    private static long change(RangeSet set, long bits, int begin, int end, boolean adds) {
        long changed = -1L << begin & -1L >>> (Long.SIZE - 1 - end);
        if (adds) {
            set.add(begin, end);
            return bits | changed;
        }
        set.remove(begin, end);
        return bits & ~changed;
    }

    private static RangeSet set(long... bounds) {
        RangeSet set = new RangeSet();
        for (int i = 0; i < bounds.length; i += 2) {
            set.add(bounds[i], bounds[i + 1]);
        }
        return set;
    }
}

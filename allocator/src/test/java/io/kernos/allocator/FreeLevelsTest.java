package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FreeLevelsTest {
    private final FreeLevels levels = new FreeLevels();

    @Test
    void shouldAscendWithAmountsInEighthsOfPowersOfTwo() {
        for (int amount = 0; amount < 16; amount++) {
            assertEquals(amount, FreeLevels.level(amount));
        }
        assertEquals(FreeLevels.level(1_024), FreeLevels.level(1_151));
        assertEquals(FreeLevels.level(1_024) + 1, FreeLevels.level(1_152));
        assertEquals(FreeLevels.level(1_024) + 8, FreeLevels.level(2_048));
        assertTrue(FreeLevels.level(Long.MAX_VALUE) <= FreeLevels.highest());
    }

    @Test
    void shouldFindAgentsByLevelWhenTheyMove() {
        levels.put(3, 4);
        levels.put(200, 4);
        levels.put(1, 100);
        assertEquals(4, levels.next(0));
        assertEquals(FreeLevels.level(100), levels.next(5));
        assertEquals(FreeLevels.level(100), levels.previous(FreeLevels.highest()));
        assertEquals(4, levels.previous(FreeLevels.level(100) - 1));
        levels.put(3, 100);
        levels.put(200, -1);
        assertEquals(FreeLevels.level(100), levels.next(0));
        assertEquals(FreeLevels.NONE, levels.previous(FreeLevels.level(100) - 1));
        assertEquals(3, levels.at(FreeLevels.level(100)).next(2));
        assertEquals(FreeLevels.NONE, levels.levelOf(200));
    }
}

package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class IdleProfileTest {

    @Test
    void shouldLengthenParksOnlyAfterLongSilenceAndForgetItWhenThereIsWork() {
        LengtheningIdleStrategy strategy = new LengtheningIdleStrategy(1, 1, 1_000, 16_000);
        assertEquals(1_000, strategy.nextParkNs());
        int rounds = 0;
        while (strategy.nextParkNs() < 16_000) {
            strategy.idle(0);
            rounds++;
        }
        assertTrue(rounds > 16, "rounds until the longest park: " + rounds);
        strategy.idle(1);
        assertEquals(1_000, strategy.nextParkNs());
    }

    @Test
    void shouldFindProfilesByNameAndSayWhichThereAreWhenUnknown() {
        assertEquals(IdleProfile.ECO, IdleProfile.of("Eco"));
        assertEquals("balanced", IdleProfile.BALANCED.toString());
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> IdleProfile.of("warp"));
        assertEquals("idle profile 'warp' is unknown: use eco, balanced or spin", error.getMessage());
    }
}

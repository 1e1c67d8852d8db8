package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StatRateTest {
    @Test
    void shouldShowHowFastACounterRises() {
        assertEquals("50/s", StatCommand.rate("tasks finished", 300, 200L, 2));
        assertEquals("", StatCommand.rate("tasks finished", 300, 300L, 2));
        assertEquals("", StatCommand.rate("tasks finished", 300, null, 2));
    }

    @Test
    void shouldShowNoRateOfWhatRisesAndFalls() {
        assertEquals("", StatCommand.rate("tasks live now", 300, 200L, 2));
        assertEquals("", StatCommand.rate("Cluster node role", 0, 2L, 2));
    }
}

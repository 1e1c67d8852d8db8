package io.kernos.master.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kernos.testing.LoggedErrors;
import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;

class FaultsTest {
    private final Faults faults = new Faults();
    private final RuntimeException fault = new IllegalStateException("in the middle");

    @Test
    void shouldLookAtTheStateAfterEachFaultAndGoOnWhileItIsWhole() {
        LoggedErrors.expect("by MESSAGE");
        int[] looks = new int[1];

        for (int i = 0; i < 5; i++) {
            faults.onFault("MESSAGE", fault, () -> looks[0]++);
        }

        assertEquals(5, looks[0]);
    }

    @Test
    void shouldEndTheMemberWhenTheStateIsNotWhole() {
        LoggedErrors.expect("by MESSAGE");
        IllegalStateException broken = new IllegalStateException("an index disagrees");

        AgentTerminationException end = assertThrows(
                AgentTerminationException.class,
                () -> faults.onFault("MESSAGE", fault, () -> {
                    throw broken;
                }));

        assertSame(broken, end.getCause());
        assertArrayEquals(new Throwable[] {fault}, end.getSuppressed());
    }
}

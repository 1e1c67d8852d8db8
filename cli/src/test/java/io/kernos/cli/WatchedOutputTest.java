package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

class WatchedOutputTest {
    private static final long TIMEOUT_MS = 100;

    @Test
    void shouldBeStalledOnlyWhenNothingHasComeForTheTime() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        WatchedOutput output = new WatchedOutput(target);
        assertFalse(output.isStalled(1_000, TIMEOUT_MS));
        assertFalse(output.isStalled(1_099, TIMEOUT_MS));
        output.write(new byte[7]);
        assertFalse(output.isStalled(1_199, TIMEOUT_MS));
        assertFalse(output.isStalled(1_298, TIMEOUT_MS));
        assertTrue(output.isStalled(1_299, TIMEOUT_MS));
        output.write('x');
        assertFalse(output.isStalled(1_400, TIMEOUT_MS));
        assertEquals(8, target.size());
    }

    @Test
    void shouldNotBeStalledWhileTheReaderTakesItsTime() throws IOException {
        boolean[] stalled = new boolean[2];
        WatchedOutput[] output = new WatchedOutput[1];
        output[0] = new WatchedOutput(new OutputStream() {
            @Override
            public void write(int octet) {
                stalled[0] = output[0].isStalled(1_000, TIMEOUT_MS);
                stalled[1] = output[0].isStalled(1_000_000, TIMEOUT_MS);
            }
        });
        output[0].write(1);
        assertFalse(stalled[0]);
        assertFalse(stalled[1]);
        assertFalse(output[0].isStalled(1_000_000, TIMEOUT_MS));
        assertTrue(output[0].isStalled(1_000_100, TIMEOUT_MS));
    }
}

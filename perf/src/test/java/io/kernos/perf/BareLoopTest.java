package io.kernos.perf;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class BareLoopTest {
    @Test
    void shouldTellBothWaysOfStartingWhenRun() {
        BareLoop loop = runOrSkip();
        assertTrue(loop.spawn().ratePerS() > 0, loop::toString);
        assertTrue(loop.contained().startP50Us() > 0, loop::toString);
        assertTrue(loop.contained().exitP50Us() >= loop.contained().startP50Us(), loop::toString);
    }

    /** Where the kernel gives an ordinary user no namespaces there is nothing to compare with. */
    private static BareLoop runOrSkip() {
        try {
            return BareLoop.run(4, 2);
        } catch (UncheckedIOException e) {
            assumeTrue("root".equals(System.getProperty("user.name")), () -> "no namespaces for this user: " + e);
            throw e;
        }
    }
}

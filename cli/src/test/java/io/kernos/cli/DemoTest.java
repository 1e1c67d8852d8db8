package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DemoTest {
    private static final long TIMEOUT_MS = 240_000;
    private static final String INPUT = System.getProperty("basedir", ".");

    @TempDir
    private Path folder;

    @Test
    void shouldVerifyAllAndLeaveNothingBehindTwiceInARow() throws IOException, InterruptedException {
        Set<Path> before = MachineTraces.abandoned();
        for (int i = 0; i < 2; i++) {
            try (JavaProcess demo = JavaProcess.start(
                    folder, Kernos.class, "demo", "--tasks", "50", "--long-tasks", "2", "--input", INPUT)) {
                int exitCode = demo.await(TIMEOUT_MS);
                assertEquals(ExitCodes.OK, exitCode, () -> demo.output() + demo.errors());
                assertTrue(
                        demo.output().endsWith("pass: 52 of 52 tasks verified, nothing left behind\n"), demo::output);
            }
            Set<Path> left = MachineTraces.abandoned();
            left.removeAll(before);
            assertEquals(Set.of(), left);
        }
    }

    @Test
    void shouldSayWhereToLookWhenThereAreNoFiles() throws IOException, InterruptedException {
        try (JavaProcess demo = JavaProcess.start(
                folder, Kernos.class, "demo", "--input", folder.resolve("none").toString())) {
            assertEquals(ExitCodes.FAILED, demo.await(TIMEOUT_MS));
            assertTrue(demo.errors().contains("name a folder by --input"), demo::errors);
        }
    }
}

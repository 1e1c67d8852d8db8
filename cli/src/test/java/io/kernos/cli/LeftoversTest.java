package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kernos.agent.AgentNode;
import io.kernos.master.node.MasterContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    @TempDir
    private Path home;

    @Test
    void shouldFindNothingWhereNothingWasLeft() {
        assertEquals(List.of(), Leftovers.of(home).find());
    }

    @Test
    void shouldFindFoldersOfMediaDrivers() throws IOException {
        Path ofMaster = MasterContext.aeronDirectoryOf(home.resolve("master"));
        Path ofAgent = Path.of(AgentNode.aeronDirectoryOf(home.resolve("agent")));
        try {
            Files.createDirectory(ofMaster);
            Files.createDirectory(ofAgent);

            assertEquals(
                    List.of("file " + ofMaster, "file " + ofAgent).stream()
                            .sorted()
                            .toList(),
                    Leftovers.of(home).find());
        } finally {
            Files.deleteIfExists(ofMaster);
            Files.deleteIfExists(ofAgent);
        }
    }

    @Test
    void shouldFindAProcessThatNamesTheFolder() throws Exception {
        Process left = new ProcessBuilder("tail", "-f", home.resolve("x").toString(), "/dev/null").start();
        try {
            assertEquals(List.of("process " + left.pid()), Leftovers.of(home).find());
        } finally {
            left.destroyForcibly().waitFor();
        }
    }
}

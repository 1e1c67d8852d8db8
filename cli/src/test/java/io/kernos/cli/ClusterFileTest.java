package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterFileTest {
    @TempDir
    private Path home;

    @Test
    void shouldReadWhatWasWritten() {
        ClusterFile file = new ClusterFile(
                ProcessHandle.current().pid(), "/dev/shm/x", "0=localhost:1", "localhost:2", home.resolve("store"));
        file.write(home);
        assertEquals(file, ClusterFile.read(home));
    }

    @Test
    void shouldSayThatNoClusterRunsWhenThereIsNoFile() {
        assertNoCluster("no cluster runs in " + home + ": start one");
        ClusterFile.delete(home);
    }

    @Test
    void shouldSayThatNoClusterRunsWhenItsProcessIsGone() {
        long noProcess = Long.MAX_VALUE;
        new ClusterFile(noProcess, "a", "b", "c", home).write(home);
        assertNoCluster("(process " + noProcess + " is gone)");
    }

    @Test
    void shouldSayWhatIsWrongWhenTheFileIsDamaged() throws IOException {
        Files.writeString(home.resolve("cluster.properties"), "pid=1\n");
        assertNoCluster("aeron.directory is missing");
        Files.writeString(home.resolve("cluster.properties"), "pid=one\n");
        assertNoCluster("is not what 'kernos up' writes");
    }

    @Test
    void shouldRefuseAHomeThatOthersCanWriteTo() throws IOException {
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxrwxrwx"));
        CommandException ex = assertThrows(CommandException.class, () -> HomeFolder.make(home));
        assertTrue(ex.getMessage().contains("chmod go-w"), ex.getMessage());
    }

    @Test
    void shouldMakeAHomeThatIsNotThere() {
        Path made = HomeFolder.make(home.resolve("a").resolve("b"));
        assertTrue(Files.isDirectory(made));
        assertEquals(made, HomeFolder.make(made));
    }

    @Test
    void shouldRefuseAHomeThatIsAFile() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        assertThrows(CommandException.class, () -> HomeFolder.make(file));
    }

    private void assertNoCluster(String words) {
        CommandException ex = assertThrows(CommandException.class, () -> ClusterFile.read(home));
        assertEquals(ExitCodes.NO_CLUSTER, ex.exitCode());
        assertTrue(ex.getMessage().contains(words), ex.getMessage());
    }
}

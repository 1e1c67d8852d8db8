package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kernos.agent.AgentNode;
import io.kernos.isolation.ContainerizerContext;
import io.kernos.master.node.MasterContext;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

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

    @Test
    void shouldFindAControlGroup() throws IOException {
        Path supervisor = home.resolve("agent").resolve("supervisor");
        Path group = makeGroup(new ContainerizerContext(supervisor).instance());
        assumeThat(group != null, "no control group can be made");
        try {
            assertEquals(List.of("control group " + group), Leftovers.of(home).find());
        } finally {
            Files.delete(group);
        }
        assertEquals(List.of(), Leftovers.of(home).find());
    }

    @Test
    void shouldFindAMount() throws IOException, InterruptedException {
        Path folder = Files.createDirectory(home.resolve("mounted"));
        assumeThat(ran("mount", "-t", "tmpfs", "none", folder.toString()), "nothing can be mounted");
        try {
            List<String> found = Leftovers.of(home).find();
            assertEquals(1, found.size(), found::toString);
            assertTrue(found.getFirst().matches("mount .* " + folder + " .*"), found::toString);
        } finally {
            assertTrue(ran("umount", folder.toString()));
        }
        assertEquals(List.of(), Leftovers.of(home).find());
    }

    /** In the first hierarchy that lets this user make one; null where there is none. */
    private static Path makeGroup(String name) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(CGROUPS, Files::isDirectory)) {
            for (Path folder : folders) {
                if (folder.resolve("cgroup.procs").toFile().exists() && Files.isWritable(folder)) {
                    return Files.createDirectory(folder.resolve(name));
                }
            }
        } catch (NoSuchFileException ex) {
            return null;
        }
        return Files.isWritable(CGROUPS.resolve("cgroup.procs")) ? Files.createDirectory(CGROUPS.resolve(name)) : null;
    }

    private static boolean ran(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    private static void assumeThat(boolean condition, String otherwise) {
        if (!condition) {
            System.err.println("SKIPPED: " + otherwise + " here by this user");
        }
        assumeTrue(condition, otherwise);
    }
}

package io.kernos.cli;

import io.kernos.isolation.ContainerizerContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All that clusters have on this machine in shared memory and as control groups, whatever it is called. What belongs to
 * a cluster that runs beside the test can be told by its processes.
 */
final class MachineTraces {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Path CGROUP_PARENT = Path.of("kernos");
    private static final String SUPERVISOR = "/kernos-supervisor";
    private static final int CGROUP_DEPTH = 4;

    private MachineTraces() {}

    /** What is there now and no process that lives has to do with, as paths. */
    static Set<Path> abandoned() throws IOException {
        Set<Path> all = new TreeSet<>();
        addSharedMemory(all);
        addControlGroups(all);
        Set<String> users = new TreeSet<>();
        addUsers(users);
        all.removeIf(path -> users.stream().anyMatch(user -> user.contains(path.toString()))
                || users.contains(path.getFileName().toString()));
        return all;
    }

    private static void addSharedMemory(Set<Path> all) throws IOException {
        String user = System.getProperty("user.name");
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(SHARED_MEMORY)) {
            for (Path entry : entries) {
                if (Files.exists(entry) && Files.getOwner(entry).getName().equals(user)) {
                    all.add(entry);
                }
            }
        }
    }

    private static void addControlGroups(Set<Path> all) throws IOException {
        try (Stream<Path> folders = Files.find(
                CGROUPS,
                CGROUP_DEPTH,
                (path, attributes) -> attributes.isDirectory()
                        && CGROUP_PARENT.equals(path.getParent().getFileName()))) {
            folders.forEach(all::add);
        }
    }

    /** Names of the control groups of supervisors that run, and the files that processes have in their memory. */
    private static void addUsers(Set<String> users) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String program = read(process.resolve("cmdline")).split("\0", 2)[0];
                if (program.endsWith(SUPERVISOR)) {
                    users.add(new ContainerizerContext(Path.of(program).getParent()).instance());
                }
                Arrays.stream(read(process.resolve("maps")).split("\n"))
                        .filter(line -> line.contains(SHARED_MEMORY.toString()))
                        .forEach(users::add);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException ex) {
            // Gone, or another user's.
            return "";
        }
    }
}

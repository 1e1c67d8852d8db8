package io.kernos.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cluster in a folder leaves on the machine outside of it: control groups, files in shared memory, mounts and
 * processes. Compares what is there now with what was there before it started.
 */
final class Leftovers {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Path PROCESSES = Path.of("/proc");
    private static final String NAME = "kernos";

    private final Path home;
    private final Set<String> before;

    private Leftovers(Path home, Set<String> before) {
        this.home = home;
        this.before = before;
    }

    /**
     * Remembers what is there now.
     *
     * @param home folder of the cluster that is about to start.
     * @return to be asked once it has ended.
     */
    static Leftovers before(Path home) {
        return new Leftovers(home, shared());
    }

    /**
     * What is there now and was not before.
     *
     * @return each in words, sorted; empty when nothing is left.
     */
    List<String> find() {
        Set<String> found = new TreeSet<>(shared());
        found.removeAll(before);
        mounts(found);
        processes(found);
        return new ArrayList<>(found);
    }

    private static Set<String> shared() {
        Set<String> found = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(SHARED_MEMORY)) {
            files.forEach(file -> found.add("file " + file));
        } catch (IOException ex) {
            found.add("shared memory cannot be read: " + ex);
        }
        if (Files.isDirectory(CGROUPS)) {
            cgroups(found);
        }
        return found;
    }

    private static void cgroups(Set<String> found) {
        try {
            Files.walkFileTree(CGROUPS, new SimpleFileVisitor<>() {
                private int inside;

                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (inside > 0 || folder.getFileName().toString().startsWith(NAME)) {
                        inside++;
                        found.add("control group " + folder);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException ex) {
                    inside = Math.max(0, inside - 1);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException ex) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException ex) {
            found.add("control groups cannot be read: " + ex);
        }
    }

    private void mounts(Set<String> found) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
                if (line.contains(home.toString())) {
                    found.add("mount " + line);
                }
            }
        } catch (IOException ex) {
            found.add("mounts cannot be read: " + ex);
        }
    }

    private void processes(Set<String> found) {
        String self = Long.toString(ProcessHandle.current().pid());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                boolean isSelf = process.getFileName().toString().equals(self);
                if (!isSelf && (mentions(process, "cmdline") || mentions(process, "environ"))) {
                    found.add("process " + process.getFileName());
                }
            }
        } catch (IOException ex) {
            found.add("processes cannot be read: " + ex);
        }
    }

    private boolean mentions(Path process, String file) {
        try {
            String text = new String(Files.readAllBytes(process.resolve(file)), StandardCharsets.ISO_8859_1);
            return text.contains(home + "/") && !text.contains("KERNOS_HOME=" + home);
        } catch (IOException ex) {
            return false;
        }
    }
}

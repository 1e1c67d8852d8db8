package io.kernos.cli;

import io.aeron.CommonContext;
import io.kernos.isolation.ContainerizerContext;
import io.kernos.linux.Linux;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
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
 * processes. What another cluster that runs at the same time has is not taken for it.
 */
final class Leftovers {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Path PROCESSES = Path.of("/proc");
    private static final long DRIVER_TIMEOUT_MS = 2_000;

    private final Path home;
    private final String cgroupName;
    private final Set<Path> filesBefore;

    private Leftovers(Path home, String cgroupName, Set<Path> filesBefore) {
        this.home = home;
        this.cgroupName = cgroupName;
        this.filesBefore = filesBefore;
    }

    /**
     * Remembers what is there now.
     *
     * @param home folder of the cluster that is about to start.
     * @return to be asked once it has ended.
     */
    static Leftovers before(Path home) {
        Path supervisor = home.resolve("agent").resolve("supervisor");
        return new Leftovers(home, new ContainerizerContext(supervisor).instance(), sharedFiles());
    }

    /**
     * What is there now and was not before.
     *
     * @return each in words, sorted; empty when nothing is left.
     */
    List<String> find() {
        Set<String> found = new TreeSet<>();
        for (Path file : sharedFiles()) {
            if (!filesBefore.contains(file) && !isOfLivingDriver(file)) {
                found.add("file " + file);
            }
        }
        cgroups(found);
        mounts(found);
        processes(found);
        return new ArrayList<>(found);
    }

    private static Set<Path> sharedFiles() {
        Set<Path> files = new HashSet<>();
        if (Files.isDirectory(SHARED_MEMORY)) {
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(SHARED_MEMORY)) {
                for (Path file : stream) {
                    if (isOurs(file)) {
                        files.add(file);
                    }
                }
            } catch (IOException ex) {
                throw new CommandException(ExitCodes.FAILED, SHARED_MEMORY + " cannot be read: " + ex, ex);
            }
        }
        return files;
    }

    /** What another user has there this one neither left nor may read. */
    private static boolean isOurs(Path file) {
        try {
            int uid = (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            return uid == Linux.uid();
        } catch (IOException ex) {
            return false;
        }
    }

    private static boolean isOfLivingDriver(Path file) {
        return CommonContext.isDriverActive(file.toFile(), DRIVER_TIMEOUT_MS, message -> {}) || !Files.exists(file);
    }

    private void cgroups(Set<String> found) {
        if (!Files.isDirectory(CGROUPS)) {
            return;
        }
        try {
            Files.walkFileTree(CGROUPS, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (folder.getFileName().toString().equals(cgroupName)) {
                        found.add("control group " + folder);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException ex) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException ex) {
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

    /** Whatever a cluster starts has a path in its folder in its command line, or as its sandbox in its environment. */
    private void processes(Set<String> found) {
        String self = Long.toString(ProcessHandle.current().pid());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path process : processes) {
                boolean isSelf = process.getFileName().toString().equals(self);
                if (!isSelf && (has(process, "cmdline", home + "/") || has(process, "environ", "SANDBOX=" + home))) {
                    found.add("process " + process.getFileName());
                }
            }
        } catch (IOException ex) {
            found.add("processes cannot be read: " + ex);
        }
    }

    private static boolean has(Path process, String file, String text) {
        try {
            byte[] bytes = Files.readAllBytes(process.resolve(file));
            return new String(bytes, StandardCharsets.UTF_8).contains(text);
        } catch (IOException ex) {
            // Gone, or another user's: then it is not of this cluster.
            return false;
        }
    }
}

package io.kernos.cli;

import io.kernos.agent.AgentNode;
import io.kernos.isolation.ContainerizerContext;
import io.kernos.master.node.MasterContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a cluster in a folder leaves on the machine outside of it: control groups, files in shared memory, mounts and
 * processes. What another cluster that runs at the same time has is not taken for it.
 */
final class Leftovers {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");
    private static final Path PROCESSES = Path.of("/proc");

    private final Path home;
    private final String cgroupName;

    private Leftovers(Path home, String cgroupName) {
        this.home = home;
        this.cgroupName = cgroupName;
    }

    /**
     * What to look for once a cluster has ended.
     *
     * @param home folder of the cluster.
     * @return to be asked.
     */
    static Leftovers of(Path home) {
        Path supervisor = home.resolve(LocalClusterContext.AGENT_FOLDER).resolve("supervisor");
        return new Leftovers(home, new ContainerizerContext(supervisor).instance());
    }

    /**
     * What is there now.
     *
     * @return each in words, sorted; empty when nothing is left.
     */
    List<String> find() {
        Set<String> found = new TreeSet<>();
        drivers(found);
        cgroups(found);
        mounts(found);
        processes(found);
        return new ArrayList<>(found);
    }

    private void drivers(Set<String> found) {
        for (String folder : List.of(
                MasterContext.aeronDirectoryOf(home.resolve(LocalClusterContext.MASTER_FOLDER))
                        .toString(),
                AgentNode.aeronDirectoryOf(home.resolve(LocalClusterContext.AGENT_FOLDER)))) {
            if (Files.exists(Path.of(folder))) {
                found.add("file " + folder);
            }
        }
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

package io.kernos.isolation;

import io.kernos.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The group of version 2 that an agent's own processes are in where they had to leave the delegated one, for no group
 * that holds processes can hand controllers down.
 */
final class DaemonGroup {
    private static final String PROCESSES = "cgroup.procs";

    private final Path delegated;
    private final Path folder;

    /**
     * Names it; nothing is made yet.
     *
     * @param delegated the group that was delegated.
     * @param agent     the agent's folder in it, beside which it stands.
     */
    DaemonGroup(Path delegated, Path agent) {
        this.delegated = delegated;
        this.folder = agent.resolveSibling(agent.getFileName() + "-daemons");
    }

    /** Moves processes from the delegated group into this one. */
    void enter(Set<Long> pids) {
        CgroupFolders.make(folder);
        pids.forEach(pid -> move(pid, folder));
    }

    /** Moves what is left of them back and removes this group, if it is there: none of the others may be any more. */
    void leave() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        CgroupFolders.takeControllersBack(folder.getParent());
        CgroupFolders.takeControllersBack(delegated);
        try {
            Files.readAllLines(folder.resolve(PROCESSES)).forEach(pid -> move(Long.parseLong(pid), delegated));
        } catch (IOException e) {
            throw new UncheckedIOException("could not read what is in " + folder, e);
        }
        CgroupFolders.removeEmpty(folder);
    }

    private static void move(long pid, Path group) {
        try (ControlFile file = new ControlFile(group.resolve(PROCESSES))) {
            file.put(pid);
        } catch (LinuxException e) {
            throw new LinuxException("move process " + pid + " to control group " + group, e.errno());
        }
    }
}

package io.kernos.isolation;

import io.kernos.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds which control groups this machine and user can use, by reading the mounts and making the agent's folder: at the
 * root of a hierarchy, or else where the agent itself is.
 */
final class CgroupDetector {
    static final List<String> CONTROLLERS = List.of("cpu", "memory", "pids");

    private final Path mounts;
    private final String name;
    private final boolean cpuQuota;
    private final DaemonProcesses daemons;
    private final Map<String, String> notes;

    /**
     * Says where to look.
     *
     * @param mounts   file such as {@code /proc/self/mounts}.
     * @param name     of the agent's folder, such as {@code kernos/agent-1}.
     * @param cpuQuota whether containers may not pass their share of processors.
     * @param daemons  in whose groups is looked where the root of a hierarchy is not this user's.
     * @param notes    to which the reasons are added why something cannot be used.
     */
    CgroupDetector(Path mounts, String name, boolean cpuQuota, DaemonProcesses daemons, Map<String, String> notes) {
        this.mounts = mounts;
        this.name = name;
        this.cpuQuota = cpuQuota;
        this.daemons = daemons;
        this.notes = notes;
    }

    /** The control groups to use, or null when there are none. */
    Cgroups detect() {
        Map<String, Path> hierarchies = new TreeMap<>();
        Path unified = null;
        for (String line : read(mounts).split("\n", -1)) {
            String[] fields = line.split(" ", -1);
            if (fields.length >= 4 && "cgroup".equals(fields[2])) {
                noteHierarchy(fields, hierarchies);
            } else if (fields.length >= 4 && "cgroup2".equals(fields[2])) {
                unified = Path.of(fields[1]);
            }
        }
        Cgroups found = hierarchies.isEmpty() ? null : tryV1(hierarchies);
        if (found == null && unified != null) {
            found = tryV2(unified);
        }
        if (hierarchies.isEmpty() && unified == null) {
            notes.put("cgroups", "none are mounted");
        }
        return found;
    }

    private static void noteHierarchy(String[] fields, Map<String, Path> hierarchies) {
        List<String> options = Arrays.asList(fields[3].split(",", -1));
        for (String controller : CONTROLLERS) {
            if (options.contains(controller)) {
                hierarchies.put(controller, Path.of(fields[1]));
            }
        }
    }

    private Cgroups tryV1(Map<String, Path> hierarchies) {
        Map<String, Path> usable = new TreeMap<>();
        for (String controller : CONTROLLERS) {
            Path root = hierarchies.get(controller);
            if (root == null) {
                notes.put("cgroup " + controller, "no hierarchy of it is mounted");
                continue;
            }
            Path parent = parentIn(root, controller);
            if (parent != null) {
                notes.remove("cgroup " + controller);
                usable.put(controller, parent);
            }
        }
        return usable.isEmpty() ? null : new CgroupsV1(usable, name, cpuQuota);
    }

    private Path parentIn(Path root, String controller) {
        if (makeIn(root, controller)) {
            return root;
        }
        Path own = daemons.groupIn(root, controller);
        return own != null && !own.equals(root) && makeIn(own, controller) ? own : null;
    }

    private boolean makeIn(Path parent, String controller) {
        try {
            CgroupFolders.make(parent.resolve(name));
            if (Files.isWritable(parent.resolve(name))) {
                return true;
            }
            notes.put("cgroup " + controller, parent.resolve(name) + " belongs to another user");
        } catch (LinuxException | UncheckedIOException e) {
            notes.put("cgroup " + controller, e.getMessage());
        }
        return false;
    }

    private Cgroups tryV2(Path mount) {
        try {
            UnifiedSearch.Found found = new UnifiedSearch(mount, name, daemons, CONTROLLERS, notes).find();
            if (found == null) {
                return null;
            }
            Set<Long> occupants = found.occupied() ? daemons.pids() : Set.of();
            return new CgroupsV2(found.parent(), name, found.controllers(), cpuQuota, occupants);
        } catch (LinuxException | UncheckedIOException e) {
            notes.put("cgroups", e.getMessage());
            return null;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + file, e);
        }
    }
}

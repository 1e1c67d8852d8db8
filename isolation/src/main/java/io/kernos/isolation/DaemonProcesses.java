package io.kernos.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The processes of an agent, and in which control groups the one is that starts containers.
 *
 * @param groups path below the hierarchy's mount by controller; the unified hierarchy has no controller's name: "".
 * @param pids   of the agent and its supervisor.
 */
record DaemonProcesses(Map<String, String> groups, Set<Long> pids) {
    /** Name under which the group of the unified hierarchy stands. */
    static final String UNIFIED = "";

    /**
     * Asks the kernel.
     *
     * @param supervisorPid whose groups count, as it starts the containers; 0: none runs, and this process' count.
     */
    static DaemonProcesses of(int supervisorPid) {
        long self = ProcessHandle.current().pid();
        long cloning = supervisorPid == 0 ? self : supervisorPid;
        Path file = Path.of("/proc/" + cloning + "/cgroup");
        try {
            return new DaemonProcesses(
                    parse(Files.readString(file)), cloning == self ? Set.of(self) : Set.of(self, cloning));
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + file, e);
        }
    }

    /** Lines of a number, controllers with commas between, and a path, which may have colons itself. */
    static Map<String, String> parse(String text) {
        Map<String, String> groups = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            String[] fields = line.split(":", 3);
            if (fields.length == 3) {
                for (String controller : fields[1].split(",", -1)) {
                    groups.put(controller, fields[2]);
                }
            }
        }
        return groups;
    }

    /** The group's folder in a hierarchy; null where it is not below the mount, as in a container. */
    Path groupIn(Path mount, String controller) {
        String path = groups.get(controller);
        if (path == null) {
            return null;
        }
        Path group = mount.resolve(path.substring(1)).normalize();
        return group.startsWith(mount) && Files.isDirectory(group) ? group : null;
    }
}

package io.kernos.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds in the unified hierarchy where this user may make control groups: at its root, or else in the group that the
 * agent is in or one above it that was delegated, which is to say that folder, {@code cgroup.procs} and
 * {@code cgroup.subtree_control} may be written. What was used before is used again; else the nearest of those that
 * have the most controllers.
 */
final class UnifiedSearch {
    private static final String PROCESSES = "cgroup.procs";
    private static final String HANDED_DOWN = "cgroup.subtree_control";

    private final Path mount;
    private final String name;
    private final DaemonProcesses daemons;
    private final List<String> wanted;
    private final Map<String, String> notes;
    private String refusal;

    /**
     * Where groups can be made.
     *
     * @param parent      the group to make them in.
     * @param controllers that it has, of those wanted.
     * @param occupied    whether the agent's own processes are in it, which must leave before any is handed down.
     */
    record Found(Path parent, Set<String> controllers, boolean occupied) {}

    UnifiedSearch(Path mount, String name, DaemonProcesses daemons, List<String> wanted, Map<String, String> notes) {
        this.mount = mount;
        this.name = name;
        this.daemons = daemons;
        this.wanted = wanted;
        this.notes = notes;
    }

    /** Null where there is none; why, and which controllers are missing, is in the notes. */
    Found find() {
        Found found = isRoot(mount) && isDelegated(mount) ? consider(mount) : best();
        if (found == null) {
            notes.put("cgroups", refusal);
            return null;
        }
        for (String controller : wanted) {
            if (!found.controllers.contains(controller)) {
                notes.putIfAbsent("cgroup " + controller, "it was not handed down to " + found.parent);
            }
        }
        return found;
    }

    private Found best() {
        Path own = daemons.groupIn(mount, DaemonProcesses.UNIFIED);
        if (own == null) {
            refusal = "the group of this process is not below " + mount;
            return null;
        }
        refusal = "neither " + own + " nor a group above it is delegated to this user";
        List<Found> all = new ArrayList<>();
        for (Path group = own; group.startsWith(mount); group = group.getParent()) {
            Found found = isDelegated(group) ? consider(group) : null;
            if (found != null && Files.isDirectory(group.resolve(name))) {
                return found;
            }
            if (found != null) {
                all.add(found);
            }
        }
        return all.stream()
                .reduce((near, far) -> far.controllers.size() > near.controllers.size() ? far : near)
                .orElse(null);
    }

    private Found consider(Path group) {
        Set<String> controllers = new TreeSet<>(
                List.of(read(group.resolve("cgroup.controllers")).strip().split(" ", -1)));
        controllers.retainAll(wanted);
        if (controllers.isEmpty()) {
            refusal = group + " has none of the controllers " + wanted;
            return null;
        }
        if (isRoot(group)) {
            return new Found(group, controllers, false);
        }
        String inside = read(group.resolve(PROCESSES)).strip();
        for (String pid : inside.lines().toList()) {
            if (!daemons.pids().contains(Long.valueOf(pid))) {
                refusal = group + " holds process " + pid + ", which is not of this agent, so that no controller can be"
                        + " handed down from it: start the agent in a group of its own";
                return null;
            }
        }
        return new Found(group, controllers, !inside.isEmpty());
    }

    /** Only the first group of a machine has no type; it alone may hold processes beside groups. */
    private static boolean isRoot(Path group) {
        return !Files.exists(group.resolve("cgroup.type"));
    }

    private static boolean isDelegated(Path group) {
        return Files.isWritable(group)
                && Files.isWritable(group.resolve(PROCESSES))
                && Files.isWritable(group.resolve(HANDED_DOWN));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + file, e);
        }
    }
}

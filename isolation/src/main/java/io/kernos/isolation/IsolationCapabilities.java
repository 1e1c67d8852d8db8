package io.kernos.isolation;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What isolation is in force on this machine for this user: found once at start by trying it, never assumed.
 *
 * @param root           whether the agent runs as root.
 * @param cgroupVersion  which control groups are used.
 * @param controllers    controllers in force, of {@code cpu}, {@code memory} and {@code pids}.
 * @param namespaces     namespaces that containers get.
 * @param userNamespace  whether containers get a user namespace (the way to the others without root).
 * @param notes          for each thing that is not in force, the reason in words.
 */
public record IsolationCapabilities(
        boolean root,
        CgroupVersion cgroupVersion,
        Set<String> controllers,
        Set<Namespace> namespaces,
        boolean userNamespace,
        Map<String, String> notes) {

    /** Which control groups are used. */
    public enum CgroupVersion {
        /** None: limits are POSIX limits where they can be. */
        NONE,
        /** One hierarchy a controller. */
        V1,
        /** The unified hierarchy. */
        V2
    }

    /** Copies what it is given. */
    public IsolationCapabilities {
        controllers = Set.copyOf(controllers);
        namespaces = Set.copyOf(namespaces);
        notes = Map.copyOf(notes);
    }

    /**
     * One word a mechanism, joined by plus signs, such as {@code cgroups-v1+namespaces}, {@code userns} or
     * {@code posix-rlimits}.
     *
     * @return the name of the isolation in force.
     */
    public String isolation() {
        StringBuilder name = new StringBuilder();
        if (cgroupVersion != CgroupVersion.NONE) {
            name.append(cgroupVersion == CgroupVersion.V1 ? "cgroups-v1" : "cgroups-v2");
        }
        if (!namespaces.isEmpty()) {
            name.append(name.isEmpty() ? "" : "+").append(userNamespace ? "userns" : "namespaces");
        }
        return name.isEmpty() ? "posix-rlimits" : name.toString();
    }

    /**
     * What the agent tells the master about itself.
     *
     * @return names and values.
     */
    public Map<String, String> attributes() {
        String limited = controllers.isEmpty() ? "none" : String.join(",", new TreeSet<>(controllers));
        return Map.of("isolation", isolation(), "controllers", limited);
    }

    /**
     * What is in force and what is not, with the reasons, for the log.
     *
     * @return one line, without a line end.
     */
    public String describe() {
        StringBuilder line = new StringBuilder("isolation ").append(isolation());
        line.append(": ").append(root ? "root" : "ordinary user");
        line.append(", controllers ").append(new TreeSet<>(controllers));
        line.append(", namespaces ").append(new TreeSet<>(namespaces));
        new TreeMap<>(notes)
                .forEach((what, why) ->
                        line.append("; no ").append(what).append(": ").append(why));
        return line.toString();
    }
}

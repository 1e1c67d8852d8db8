package io.kernos.linux;

/**
 * What a {@link LaunchPlan} may ask for, one bit each.
 */
public enum PlanFlag {
    /** A new pid namespace, under an init of the supervisor's. */
    NEW_PID("pid namespace"),
    /** A new mount namespace, with all mounts private. */
    NEW_MOUNT("mount namespace"),
    /** A new namespace of host names. */
    NEW_UTS("uts namespace"),
    /** A new namespace of System V IPC and message queues. */
    NEW_IPC("ipc namespace"),
    /** A new user namespace in which the supervisor's user and group alone are mapped, to themselves. */
    NEW_USER("user namespace"),
    /** A new /proc; needs new pid and mount namespaces. */
    MOUNT_PROC("own /proc"),
    /** The task gains no privileges by executing set-user-id files. */
    NO_NEW_PRIVS("no new privileges"),
    /** User, group and supplementary groups of the plan are meant. */
    SET_USER("own user"),
    /** The first control group is a folder of the unified hierarchy. */
    CGROUP_FOLDER("cgroup v2");

    private final String words;

    PlanFlag(String words) {
        this.words = words;
    }

    /**
     * Its bit.
     *
     * @return one bit set.
     */
    public int bit() {
        return 1 << ordinal();
    }

    static String describe(int flags) {
        StringBuilder text = new StringBuilder();
        for (PlanFlag flag : values()) {
            if ((flags & flag.bit()) != 0) {
                text.append(text.isEmpty() ? "" : ", ").append(flag.words);
            }
        }
        return text.isEmpty() ? "none" : text.toString();
    }
}

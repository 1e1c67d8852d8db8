package io.kernos.isolation;

/**
 * What was being done when a launch failed. The codes are those of the supervisor's protocol.
 */
public enum LaunchStage {
    /** Reading the plan: it is malformed or passes a limit. */
    PLAN(1, "read the launch plan"),
    /** A container of that key is there already. */
    KEY(2, "take the container's key"),
    /** Making the pipe by which the container tells of its start. */
    PIPE(3, "make the start pipe"),
    /** Opening the control group to start in. */
    CGROUP_OPEN(4, "open the control group"),
    /** Cloning the container's first process into its namespaces. */
    CLONE(5, "clone into the namespaces"),
    /** Entering a control group. */
    CGROUP(6, "enter the control group"),
    /** Mapping the ids of the user namespace. */
    ID_MAP(7, "map the ids of the user namespace"),
    /** Making mounts private. */
    MOUNT_PRIVATE(8, "make the mounts private"),
    /** Mounting /proc. */
    MOUNT_PROC(9, "mount /proc"),
    /** Naming the host. */
    HOSTNAME(10, "set the host name"),
    /** Cloning the task's process from the container's init. */
    FORK(11, "fork the task"),
    /** Entering the sandbox. */
    SANDBOX(12, "enter the sandbox"),
    /** Opening stdin, stdout or stderr. */
    STDIO(13, "open standard input and output"),
    /** Setting a resource limit. */
    RLIMIT(14, "set a resource limit"),
    /** Taking the groups and the user. */
    USER(15, "become the user"),
    /** Giving up new privileges. */
    PRIVILEGES(16, "give up new privileges"),
    /** Executing the command. */
    EXEC(17, "execute the command"),
    /** The container's init ended before it could say why. */
    INIT(18, "run the container's init"),
    /** A stage that this version does not know. */
    UNKNOWN(0, "do what this version does not know");

    private static final LaunchStage[] BY_CODE = new LaunchStage[19];

    static {
        for (LaunchStage stage : values()) {
            BY_CODE[stage.code] = stage;
        }
    }

    private final int code;
    private final String attempt;

    LaunchStage(int code, String attempt) {
        this.code = code;
        this.attempt = attempt;
    }

    /**
     * The stage of a code.
     *
     * @param code as the supervisor told it.
     * @return the stage, {@link #UNKNOWN} for a code that is none.
     */
    public static LaunchStage ofCode(int code) {
        return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }

    /**
     * The code in the supervisor's protocol.
     *
     * @return the code.
     */
    public int code() {
        return code;
    }

    /**
     * What was attempted, to be read after "could not".
     *
     * @return words for a person.
     */
    public String attempt() {
        return attempt;
    }
}

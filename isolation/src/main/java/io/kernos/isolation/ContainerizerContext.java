package io.kernos.isolation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.zip.CRC32C;

/**
 * Settings of a {@link Containerizer}.
 * <pre>{@code
 * Containerizer containerizer = new ContainerizerContext(workFolder.resolve("supervisor")).newContainerizer();
 * }</pre>
 */
public final class ContainerizerContext {
    /** Folder of control groups, in each hierarchy, that all agents of the machine share. */
    public static final String CGROUP_ROOT = "kernos";
    /** Control groups that are ready before the first container comes. */
    public static final int PREPARED_CGROUPS_DEFAULT = 8;
    /** Most control groups that can be made ready. */
    public static final int PREPARED_CGROUPS_MAX = 4096;

    private static final Path MOUNTS = Path.of("/proc/self/mounts");

    private final Path folder;
    private String instance;
    private boolean cgroups = true;
    private boolean namespaces = true;
    private boolean cpuQuota;
    private int preparedCgroups = PREPARED_CGROUPS_DEFAULT;
    private CgroupSource cgroupSource = this::detectCgroups;
    private LongSupplier nanoClock = System::nanoTime;

    /**
     * Starts with the defaults.
     *
     * @param folder of the supervisor's program, socket, journal and log, the agent's own; made when missing. The
     *               same folder finds the same supervisor and control groups again. Its absolute path may have at most
     *               90 bytes, for that is what a socket's address holds.
     */
    public ContainerizerContext(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.instance = instanceOf(this.folder);
    }

    private static String instanceOf(Path folder) {
        CRC32C checksum = new CRC32C();
        byte[] path = folder.toString().getBytes(StandardCharsets.UTF_8);
        checksum.update(path, 0, path.length);
        return "agent-" + Long.toHexString(checksum.getValue());
    }

    /**
     * Folder of the supervisor.
     *
     * @return absolute path.
     */
    public Path folder() {
        return folder;
    }

    /**
     * Name of this agent's control groups.
     *
     * @return a plain name, the same after each start; by default made from the folder's path.
     */
    public String instance() {
        return instance;
    }

    /**
     * Names this agent's control groups.
     *
     * @param value a plain name that no other agent of the machine has.
     * @return this.
     */
    public ContainerizerContext instance(String value) {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")) {
            throw new IllegalArgumentException(
                    "instance is '" + value + "': give 1 to 64 letters, digits, dots, dashes or underscores");
        }
        instance = value;
        return this;
    }

    /**
     * Whether control groups are used where they can be.
     *
     * @return true by default.
     */
    public boolean cgroups() {
        return cgroups;
    }

    /**
     * Says whether control groups are used where they can be.
     *
     * @param value false for never.
     * @return this.
     */
    public ContainerizerContext cgroups(boolean value) {
        cgroups = value;
        return this;
    }

    /**
     * Whether namespaces are used where they can be.
     *
     * @return true by default.
     */
    public boolean namespaces() {
        return namespaces;
    }

    /**
     * Says whether namespaces are used where they can be.
     *
     * @param value false for never.
     * @return this.
     */
    public ContainerizerContext namespaces(boolean value) {
        namespaces = value;
        return this;
    }

    /**
     * Whether a container may not pass its share of processors even when others idle.
     *
     * @return false by default.
     */
    public boolean cpuQuota() {
        return cpuQuota;
    }

    /**
     * Says whether a container may not pass its share of processors even when others idle.
     *
     * @param value true to hold it to its share.
     * @return this.
     */
    public ContainerizerContext cpuQuota(boolean value) {
        cpuQuota = value;
        return this;
    }

    /**
     * How many control groups are made ready at start.
     *
     * @return count.
     */
    public int preparedCgroups() {
        return preparedCgroups;
    }

    /**
     * Says how many control groups are made ready at start; more are made as they are needed.
     *
     * @param value 0 to {@link #PREPARED_CGROUPS_MAX}.
     * @return this.
     */
    public ContainerizerContext preparedCgroups(int value) {
        if (value < 0 || value > PREPARED_CGROUPS_MAX) {
            throw new IllegalArgumentException("preparedCgroups is " + value + ": give 0 to " + PREPARED_CGROUPS_MAX);
        }
        preparedCgroups = value;
        return this;
    }

    private Cgroups detectCgroups(Map<String, String> notes, int supervisorPid) {
        DaemonProcesses daemons = DaemonProcesses.of(supervisorPid);
        return new CgroupDetector(MOUNTS, cgroupName(), cpuQuota, daemons, notes).detect();
    }

    /** Finds control groups for the containers of a supervisor; 0: none runs. */
    @FunctionalInterface
    interface CgroupSource {
        Cgroups find(Map<String, String> notes, int supervisorPid);
    }

    /** Finds the control groups to use, or null; adds the reasons to the notes. */
    Cgroups findCgroups(Map<String, String> notes, int supervisorPid) {
        return cgroupSource.find(notes, supervisorPid);
    }

    ContainerizerContext cgroupSource(CgroupSource value) {
        cgroupSource = value;
        return this;
    }

    long nanoTime() {
        return nanoClock.getAsLong();
    }

    ContainerizerContext nanoClock(LongSupplier value) {
        nanoClock = value;
        return this;
    }

    String cgroupName() {
        return CGROUP_ROOT + "/" + instance;
    }

    /**
     * Makes the containerizer; it does nothing before its {@code recover()}.
     *
     * @return a new one.
     */
    public Containerizer newContainerizer() {
        return new LinuxContainerizer(this);
    }
}

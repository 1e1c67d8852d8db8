package io.kernos.isolation;

import java.util.List;

/**
 * One control group (on v1 one folder a hierarchy) that containers run in, one after the other. Used by one thread.
 */
interface Cgroup extends AutoCloseable {
    /** Least memory limit that is set: less would not hold the container's own init. */
    long MIN_MEMORY_BYTES = 4L << 20;

    /**
     * Sets the limits; what is set already costs nothing.
     *
     * @param cpusMilli   thousandths of a processor.
     * @param memoryBytes bytes; 0 for no limit.
     * @param pidsMax     processes and threads; 0 for no limit.
     * @throws io.kernos.linux.LinuxException when the kernel refuses.
     */
    void limit(long cpusMilli, long memoryBytes, long pidsMax);

    /** Count of processes killed for memory since the group was made. */
    long oomKills();

    /** What a launch plan names for a process to be started in it. */
    List<String> planEntries();

    /**
     * Kills what runs in it.
     *
     * @return count of processes found, 0 once it is empty.
     */
    int sweep();

    /** Forgets peaks and failures of what ran before, where the kernel can. */
    void reset();

    /**
     * Closes its files and removes it.
     *
     * @return false when the kernel still counts a process that ends; to be tried again.
     */
    boolean remove();

    /** Closes its files and leaves it. */
    @Override
    void close();
}

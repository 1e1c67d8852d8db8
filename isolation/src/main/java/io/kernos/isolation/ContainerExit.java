package io.kernos.isolation;

/**
 * How a container ended, and what it used. Exactly one of {@link #exited()}, {@link #signalled()} and {@link #lost()}
 * holds.
 *
 * @param exitCode      what the task returned, 0 to 255; -1 when it did not return.
 * @param signal        the signal that ended the task; 0 when none did.
 * @param oomKilled     whether the kernel killed a process of the container because its memory limit was reached.
 * @param lost          whether how it ended cannot be known: its supervisor was killed, and the container with it.
 * @param userUs        processor time in user mode, microseconds, of the task and all children it waited for.
 * @param systemUs      processor time in the kernel, microseconds.
 * @param maxRssBytes   largest resident size of any one of its processes.
 * @param endedEpochNs  when it ended, nanoseconds since 1970.
 */
public record ContainerExit(
        int exitCode,
        int signal,
        boolean oomKilled,
        boolean lost,
        long userUs,
        long systemUs,
        long maxRssBytes,
        long endedEpochNs) {

    /**
     * Whether the task returned by itself.
     *
     * @return true when {@link #exitCode()} is meant.
     */
    public boolean exited() {
        return !lost && signal == 0;
    }

    /**
     * Whether a signal ended the task.
     *
     * @return true when {@link #signal()} is meant.
     */
    public boolean signalled() {
        return !lost && signal != 0;
    }
}

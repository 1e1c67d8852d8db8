package io.kernos.linux;

/**
 * A system call that failed: what was attempted, on what, and the kernel's reason.
 */
public final class LinuxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /**
     * Names the failure.
     *
     * @param attempt what was attempted and on what, such as {@code mkdir /sys/fs/cgroup/cpu/kernos}.
     * @param errno   the kernel's error number.
     */
    public LinuxException(String attempt, int errno) {
        super(attempt + ": " + Errno.name(errno));
        this.errno = errno;
    }

    /**
     * The kernel's error number.
     *
     * @return as in {@link Errno}.
     */
    public int errno() {
        return errno;
    }
}

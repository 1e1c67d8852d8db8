package io.kernos.linux;

/**
 * Takes the status that {@code waitpid(2)} gives apart.
 */
public final class WaitStatus {
    private WaitStatus() {}

    /**
     * The signal that ended the process.
     *
     * @param status as the kernel gave it.
     * @return its number, or 0 when it returned by itself.
     */
    public static int signal(int status) {
        return status & 0x7f;
    }

    /**
     * What the process returned.
     *
     * @param status as the kernel gave it.
     * @return 0 to 255, or -1 when a signal ended it.
     */
    public static int exitCode(int status) {
        return signal(status) == 0 ? status >> 8 & 0xff : -1;
    }
}

package io.kernos.linux;

import java.nio.file.Path;
import java.util.Map;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;

/**
 * System calls. Each that fails throws a {@link LinuxException} that says what was attempted on what.
 */
public final class Linux {
    /** Polite request to end. */
    public static final int SIGTERM = 15;
    /** End at once. */
    public static final int SIGKILL = 9;

    private static final int PR_SET_TIMERSLACK = 29;
    private static final int MASK_BYTES = 128;

    private static final LibC LIBC =
            LibraryLoader.loadLibrary(LibC.class, Map.of(LibraryOption.LoadNow, Boolean.TRUE), "c");
    private static final Runtime RUNTIME = Runtime.getRuntime(LIBC);

    private Linux() {}

    static LibC libC() {
        return LIBC;
    }

    static Runtime runtime() {
        return RUNTIME;
    }

    /**
     * Why this thread's last call failed.
     *
     * @return the error number, as in {@link Errno}.
     */
    public static int errno() {
        return RUNTIME.getLastError();
    }

    /**
     * Whether this process runs as root.
     *
     * @return true when the effective user is 0.
     */
    public static boolean isRoot() {
        return LIBC.geteuid() == 0;
    }

    /**
     * The effective user of this process.
     *
     * @return user id.
     */
    public static int uid() {
        return LIBC.geteuid();
    }

    /**
     * The effective group of this process.
     *
     * @return group id.
     */
    public static int gid() {
        return LIBC.getegid();
    }

    /**
     * Signals a process. That there is none of that id is an answer, not an error.
     *
     * @param pid    process.
     * @param signal number.
     * @return false when there is no such process.
     * @throws LinuxException when it is not allowed.
     */
    public static boolean kill(int pid, int signal) {
        if (pid <= 0) {
            throw new IllegalArgumentException("pid " + pid + " is not a process: give 1 or more");
        }
        if (LIBC.kill(pid, signal) == 0) {
            return true;
        }
        if (errno() == Errno.ESRCH) {
            return false;
        }
        throw new LinuxException("send signal " + signal + " to process " + pid, errno());
    }

    /**
     * Whether a process of that id exists, a zombie included.
     *
     * @param pid process.
     * @return whether it does.
     */
    public static boolean exists(int pid) {
        return LIBC.kill(pid, 0) == 0 || errno() == Errno.EPERM;
    }

    /**
     * Sets how far the kernel may delay this thread's timers to join them with others. Threads started later inherit
     * it, so call it first thing for short parks to be short.
     *
     * @param ns nanoseconds, at least 1.
     */
    public static void timerSlackNs(long ns) {
        if (LIBC.prctl(PR_SET_TIMERSLACK, ns, 0, 0, 0) != 0) {
            throw new LinuxException("set timer slack to " + ns + " ns", errno());
        }
    }

    /**
     * Binds the calling thread to one processor.
     *
     * @param cpu number of the processor, 0 to 1023.
     */
    public static void pinThread(int cpu) {
        if (cpu < 0 || cpu >= MASK_BYTES * Byte.SIZE) {
            throw new IllegalArgumentException("processor " + cpu + " is out of 0 to " + (MASK_BYTES * Byte.SIZE - 1));
        }
        Pointer mask = Memory.allocateDirect(RUNTIME, MASK_BYTES, true);
        mask.putByte(cpu / Byte.SIZE, (byte) (1 << cpu % Byte.SIZE));
        if (LIBC.sched_setaffinity(0, MASK_BYTES, mask) != 0) {
            throw new LinuxException("bind thread to processor " + cpu, errno());
        }
    }

    /**
     * Makes a folder, whose parent is there.
     *
     * @param path of the folder.
     * @throws LinuxException when it cannot be made, or is there.
     */
    public static void makeFolder(Path path) {
        if (LIBC.mkdir(path.toString(), 0777) != 0) {
            throw new LinuxException("make folder " + path, errno());
        }
    }

    /**
     * Gives a file to a user; a symbolic link is given itself, never what it names.
     *
     * @param path of the file.
     * @param uid  user.
     * @param gid  group.
     */
    public static void own(Path path, int uid, int gid) {
        if (LIBC.lchown(path.toString(), uid, gid) != 0) {
            throw new LinuxException("give " + path + " to user " + uid + " and group " + gid, errno());
        }
    }
}

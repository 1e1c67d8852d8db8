package io.kernos.linux;

import java.nio.file.Path;

/**
 * A folder that is open for listing, or the reason why it could not be opened.
 *
 * @param fd    its descriptor; negative when it is not open.
 * @param errno why it is not; 0 when it is.
 */
record Descriptor(int fd, int errno) implements AutoCloseable {
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    private static final int FOLDER = O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

    /**
     * Opens a folder whose path is trusted but for its end.
     *
     * @param path absolute.
     * @return open.
     * @throws LinuxException when it cannot be opened, or is a symbolic link.
     */
    static Descriptor ofFolder(Path path) {
        int fd = Linux.libC().open(path.toString(), FOLDER);
        if (fd < 0) {
            throw new LinuxException("open " + path, Linux.errno());
        }
        return new Descriptor(fd, 0);
    }

    /**
     * Opens a folder by its name in another. Waits for nothing, whatever has that name.
     *
     * @param parentFd descriptor of the other.
     * @param name     address of the name, ended by a zero.
     * @return it, or why not.
     */
    static Descriptor of(int parentFd, long name) {
        int fd = Linux.libC().openat(parentFd, name, FOLDER);
        return new Descriptor(fd, fd < 0 ? Linux.errno() : 0);
    }

    /**
     * Opens a folder by its name in another, neither for listing nor for changing it, and so even one that nobody may
     * do either with.
     *
     * @param parentFd descriptor of the other.
     * @param name     address of the name, ended by a zero.
     * @return it, or why not.
     */
    static Descriptor ofShut(int parentFd, long name) {
        int fd = Linux.libC().openat(parentFd, name, O_PATH | FOLDER);
        return new Descriptor(fd, fd < 0 ? Linux.errno() : 0);
    }

    boolean isOpen() {
        return fd >= 0;
    }

    @Override
    public void close() {
        if (isOpen()) {
            Linux.libC().close(fd);
        }
    }
}

package io.kernos.linux;

import java.nio.file.Path;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;
import org.agrona.MutableDirectBuffer;

/**
 * A plain file open for reading that is known to lie inside a folder whose owner is not trusted. No symbolic link is
 * followed on the way, whatever is renamed meanwhile, and nothing that could block, such as a pipe, is read.
 */
public final class ConfinedFile implements AutoCloseable {
    private static final int O_RDONLY = 0;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));
    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_TYPE_AND_SIZE = 0x201;
    private static final int STATX_BYTES = 256;
    private static final int STATX_MODE_OFFSET = 28;
    private static final int STATX_SIZE_OFFSET = 40;
    private static final int MODE_TYPE = 0xF000;
    private static final int MODE_PLAIN = 0x8000;

    private final String name;
    private final int fd;

    private ConfinedFile(String name, int fd) {
        this.name = name;
        this.fd = fd;
    }

    /**
     * Opens a file.
     *
     * @param folder absolute path of the folder that it must not leave; its own path is trusted but for its end.
     * @param name   relative path in it, of components that are neither empty nor {@code .} nor {@code ..}.
     * @return the open file.
     * @throws LinuxException when it is not there ({@link Errno#ENOENT}), leads out of the folder or is not a plain
     *                        file ({@link Errno#EACCES}), or cannot be opened.
     */
    public static ConfinedFile open(Path folder, String name) {
        String[] components = name.split("/", -1);
        for (String component : components) {
            if (component.isEmpty() || ".".equals(component) || "..".equals(component) || component.indexOf(0) >= 0) {
                throw new LinuxException("open '" + name + "' in " + folder, Errno.EACCES);
            }
        }
        LibC libC = Linux.libC();
        int at = checked(libC.open(folder.toString(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), folder, "");
        for (int i = 0; i < components.length - 1; i++) {
            at = step(at, folder, components[i], O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        }
        String last = components[components.length - 1];
        int fd = step(at, folder, last, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
        ConfinedFile file = new ConfinedFile(name, fd);
        if ((file.status().getShort(STATX_MODE_OFFSET) & MODE_TYPE) != MODE_PLAIN) {
            file.close();
            throw new LinuxException("open '" + name + "' in " + folder + ", which is not a plain file", Errno.EACCES);
        }
        return file;
    }

    private static int step(int folderFd, Path folder, String component, int flags) {
        LibC libC = Linux.libC();
        int fd = libC.openat(folderFd, component, flags);
        int errno = fd < 0 ? Linux.errno() : 0;
        libC.close(folderFd);
        return fd < 0 ? failed(errno, folder, component) : fd;
    }

    private static int checked(int fd, Path folder, String component) {
        return fd < 0 ? failed(Linux.errno(), folder, component) : fd;
    }

    /** A symbolic link, a file where a folder should be, and a socket or device without a reader are all refusals. */
    private static int failed(int errno, Path folder, String component) {
        boolean refused = errno == Errno.ELOOP || errno == Errno.ENOTDIR || errno == Errno.ENXIO;
        throw new LinuxException("open '" + component + "' in " + folder, refused ? Errno.EACCES : errno);
    }

    private Pointer status() {
        Pointer result = Memory.allocateDirect(Linux.runtime(), STATX_BYTES, true);
        if (Linux.libC().statx(fd, "", AT_EMPTY_PATH, STATX_TYPE_AND_SIZE, result) != 0) {
            throw new LinuxException("ask the size of '" + name + "'", Linux.errno());
        }
        return result;
    }

    /**
     * How long the file is now.
     *
     * @return bytes.
     */
    public long lengthBytes() {
        return status().getLong(STATX_SIZE_OFFSET);
    }

    /**
     * Reads from a place.
     *
     * @param fileOffset place, from 0.
     * @param buffer     where to; must be direct.
     * @param index      first byte there.
     * @param length     at most; the buffer must have room for it.
     * @return how many bytes were read; 0 at or after the end.
     */
    public int read(long fileOffset, MutableDirectBuffer buffer, int index, int length) {
        if (buffer.byteArray() != null) {
            throw new IllegalArgumentException("the buffer is not direct: allocate it outside the heap");
        }
        buffer.boundsCheck(index, length);
        long count = Linux.libC().pread(fd, buffer.addressOffset() + index, length, fileOffset);
        if (count < 0) {
            throw new LinuxException("read '" + name + "' at " + fileOffset, Linux.errno());
        }
        return (int) count;
    }

    @Override
    public void close() {
        Linux.libC().close(fd);
    }
}

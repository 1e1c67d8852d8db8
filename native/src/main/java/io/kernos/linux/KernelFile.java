package io.kernos.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A small file of the kernel's, such as those of control groups, kept open: each write or read is one system call and
 * allocates nothing. Used by one thread. What is read stands in a buffer shared by all files of the thread until the
 * next read.
 */
public final class KernelFile implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_WRONLY = 1;
    private static final int O_RDONLY = 0;
    private static final int O_CLOEXEC = 0x80000;
    private static final int BUFFER_BYTES = 64 * 1024;

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

    private final LibC libC = Linux.libC();
    private final Path path;
    private final Scratch scratch = SCRATCH.get();
    private int fd;

    /** Room for what is written and read. */
    private static final class Scratch {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(BUFFER_BYTES);
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        final long address = BufferUtil.address(bytes);
    }

    private KernelFile(Path path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /**
     * Opens a file for as much of writing and reading as its permissions allow.
     *
     * @param path of the file.
     * @return the file.
     * @throws LinuxException when it cannot be opened.
     */
    public static KernelFile open(Path path) {
        String name = path.toString();
        int fd = Linux.libC().open(name, O_RDWR | O_CLOEXEC);
        if (fd < 0 && Linux.errno() == Errno.EACCES) {
            fd = Linux.libC().open(name, O_WRONLY | O_CLOEXEC);
            if (fd < 0) {
                fd = Linux.libC().open(name, O_RDONLY | O_CLOEXEC);
            }
        }
        if (fd < 0) {
            throw new LinuxException("open " + path, Linux.errno());
        }
        return new KernelFile(path, fd);
    }

    /**
     * Writes a number in decimal.
     *
     * @param value number.
     * @throws LinuxException when the kernel takes it not.
     */
    public void write(long value) {
        int length = endLine(scratch.buffer.putLongAscii(0, value));
        if (libC.pwrite(fd, scratch.address, length, 0) != length) {
            throw new LinuxException("write " + value + " to " + path, Linux.errno());
        }
    }

    /**
     * Writes a word.
     *
     * @param word in ASCII.
     * @throws LinuxException when the kernel takes it not.
     */
    public void write(String word) {
        int length = endLine(scratch.buffer.putStringWithoutLengthAscii(0, word));
        if (libC.pwrite(fd, scratch.address, length, 0) != length) {
            throw new LinuxException("write " + word + " to " + path, Linux.errno());
        }
    }

    private int endLine(int length) {
        scratch.buffer.putByte(length, (byte) '\n');
        return length + 1;
    }

    /**
     * Reads the file from its start, at most 64 KiB of it, into {@link #content()}.
     *
     * @return length read, bytes.
     * @throws LinuxException when it cannot be read.
     */
    public int read() {
        long length = libC.pread(fd, scratch.address, BUFFER_BYTES, 0);
        if (length < 0) {
            throw new LinuxException("read " + path, Linux.errno());
        }
        return (int) length;
    }

    /**
     * What the last read of this thread found.
     *
     * @return buffer, valid until the next read or write.
     */
    public DirectBuffer content() {
        return scratch.buffer;
    }

    /**
     * What the last read found, as text.
     *
     * @param length that the read returned.
     * @return text.
     */
    public String text(int length) {
        byte[] bytes = new byte[length];
        scratch.buffer.getBytes(0, bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        if (fd >= 0) {
            libC.close(fd);
            fd = -1;
        }
    }
}

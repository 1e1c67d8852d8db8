package io.kernos.linux;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/**
 * The connecting end of a Unix socket of whole packets. Never blocks, allocates nothing once connected. Used by one
 * thread.
 */
final class SeqPacketSocket implements AutoCloseable {
    /** Answer of {@link #receive} when nothing is there. */
    static final int NOTHING = 0;
    /** Answer of {@link #receive} when the other end is gone. */
    static final int GONE = -1;

    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET = 5;
    private static final int SOCK_NONBLOCK = 0x800;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUF = 7;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SEND_BUFFER_BYTES = 1 << 20;
    private static final int PATH_AT = 2;
    private static final int PATH_MAX_BYTES = 107;
    private static final int ADDRESS_BYTES = 110;

    private final LibC libC = Linux.libC();
    private final Path path;
    private int fd;

    private SeqPacketSocket(Path path, int fd) {
        this.path = path;
        this.fd = fd;
    }

    /**
     * Connects.
     *
     * @param path of the socket, at most 107 bytes.
     * @return the connection.
     * @throws LinuxException when nobody listens there or it is not allowed.
     */
    static SeqPacketSocket connect(Path path) {
        byte[] bytes = path.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > PATH_MAX_BYTES) {
            throw new IllegalArgumentException("socket path " + path + " has " + bytes.length + " bytes, at most "
                    + PATH_MAX_BYTES + " are possible: choose a work folder with a shorter path");
        }
        LibC libC = Linux.libC();
        int fd = libC.socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw new LinuxException("make a socket for " + path, Linux.errno());
        }
        Pointer address = Memory.allocateDirect(Linux.runtime(), ADDRESS_BYTES, true);
        address.putShort(0, (short) AF_UNIX);
        address.put(PATH_AT, bytes, 0, bytes.length);
        if (libC.connect(fd, address, ADDRESS_BYTES) != 0) {
            int errno = Linux.errno();
            libC.close(fd);
            throw new LinuxException("connect to " + path, errno);
        }
        Pointer size = Memory.allocateDirect(Linux.runtime(), Integer.BYTES);
        size.putInt(0, SEND_BUFFER_BYTES);
        libC.setsockopt(fd, SOL_SOCKET, SO_SNDBUF, size, Integer.BYTES);
        return new SeqPacketSocket(path, fd);
    }

    /**
     * Sends one packet whole, or nothing.
     *
     * @param address of its first byte.
     * @param length  bytes.
     * @return false when there is no room now, or the other end is gone, which {@link #receive} then tells.
     */
    boolean send(long address, int length) {
        if (libC.send(fd, address, length, MSG_DONTWAIT | MSG_NOSIGNAL) == length) {
            return true;
        }
        int errno = Linux.errno();
        if (errno == Errno.EMSGSIZE) {
            throw new LinuxException("send a packet of " + length + " bytes to " + path, errno);
        }
        return false;
    }

    /**
     * Receives one packet.
     *
     * @param address where to.
     * @param length  room there; what is beyond is lost.
     * @return its length, {@link #NOTHING} or {@link #GONE}.
     */
    int receive(long address, int length) {
        long n = libC.recv(fd, address, length, MSG_DONTWAIT);
        if (n > 0) {
            return (int) n;
        }
        if (n < 0) {
            int errno = Linux.errno();
            if (errno == Errno.EAGAIN || errno == Errno.EINTR) {
                return NOTHING;
            }
        }
        return GONE;
    }

    @Override
    public void close() {
        if (fd >= 0) {
            libC.close(fd);
            fd = -1;
        }
    }
}

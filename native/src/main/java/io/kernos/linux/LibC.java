package io.kernos.linux;

import jnr.ffi.Pointer;

/**
 * The functions of libc that Kernos calls, as JNR-FFI binds them. Addresses are plain numbers, so that a call allocates
 * nothing; errno is read with {@link Linux#errno()}. Use {@link Linux}, which turns failures into named errors.
 */
public interface LibC {
    /**
     * Signals a process.
     *
     * @param pid    process, or minus a process group.
     * @param signal number; 0 only asks whether it exists.
     * @return 0, or -1.
     */
    int kill(int pid, int signal);

    /**
     * The effective user.
     *
     * @return user id.
     */
    int geteuid();

    /**
     * The effective group.
     *
     * @return group id.
     */
    int getegid();

    /**
     * Makes a socket.
     *
     * @param domain   address family.
     * @param type     type and flags.
     * @param protocol 0.
     * @return a descriptor, or -1.
     */
    int socket(int domain, int type, int protocol);

    /**
     * Connects a socket.
     *
     * @param fd      descriptor.
     * @param address of a sockaddr.
     * @param length  of it.
     * @return 0, or -1.
     */
    int connect(int fd, Pointer address, int length);

    /**
     * Sends a packet.
     *
     * @param fd      descriptor.
     * @param address of the bytes.
     * @param length  of them.
     * @param flags   MSG_*.
     * @return count sent, or -1.
     */
    long send(int fd, long address, long length, int flags);

    /**
     * Receives a packet.
     *
     * @param fd      descriptor.
     * @param address where to.
     * @param length  room there.
     * @param flags   MSG_*.
     * @return count received, 0 at the end, or -1.
     */
    long recv(int fd, long address, long length, int flags);

    /**
     * Sets an option of a socket.
     *
     * @param fd      descriptor.
     * @param level   SOL_SOCKET.
     * @param option  name.
     * @param value   of an int.
     * @param length  of it.
     * @return 0, or -1.
     */
    int setsockopt(int fd, int level, int option, Pointer value, int length);

    /**
     * Writes at a place of a file.
     *
     * @param fd      descriptor.
     * @param address of the bytes.
     * @param length  of them.
     * @param offset  place.
     * @return count written, or -1.
     */
    long pwrite(int fd, long address, long length, long offset);

    /**
     * Reads from a place of a file.
     *
     * @param fd      descriptor.
     * @param address where to.
     * @param length  room there.
     * @param offset  place.
     * @return count read, or -1.
     */
    long pread(int fd, long address, long length, long offset);

    /**
     * Opens a file.
     *
     * @param path  of it.
     * @param flags O_*.
     * @return a descriptor, or -1.
     */
    int open(String path, int flags);

    /**
     * Opens a file by its name in a folder.
     *
     * @param dirfd descriptor of the folder.
     * @param path  name in it.
     * @param flags O_*.
     * @return a descriptor, or -1.
     */
    int openat(int dirfd, String path, int flags);

    /**
     * Opens a file by its name in a folder.
     *
     * @param dirfd   descriptor of the folder.
     * @param address of the name, ended by a zero.
     * @param flags   O_*.
     * @return a descriptor, or -1.
     */
    int openat(int dirfd, long address, int flags);

    /**
     * Tells of a file.
     *
     * @param dirfd  descriptor of the folder, or of the file itself.
     * @param path   name in it; empty for the descriptor itself with AT_EMPTY_PATH.
     * @param flags  AT_*.
     * @param mask   STATX_*.
     * @param result 256 bytes.
     * @return 0, or -1.
     */
    int statx(int dirfd, String path, int flags, int mask, Pointer result);

    /**
     * Closes a descriptor.
     *
     * @param fd descriptor.
     * @return 0, or -1.
     */
    int close(int fd);

    /**
     * Changes something of this thread or process.
     *
     * @param option PR_*.
     * @param a      its first argument.
     * @param b      its second argument.
     * @param c      its third argument.
     * @param d      its fourth argument.
     * @return 0, or -1.
     */
    int prctl(int option, long a, long b, long c, long d);

    /**
     * Sets the processors that a thread may run on.
     *
     * @param pid    thread, 0 for the caller.
     * @param length of the mask, bytes.
     * @param mask   one bit a processor.
     * @return 0, or -1.
     */
    int sched_setaffinity(int pid, long length, Pointer mask);

    /**
     * Makes a folder.
     *
     * @param path of it.
     * @param mode permissions, less those that the process masks.
     * @return 0, or -1.
     */
    int mkdir(String path, int mode);

    /**
     * Gives a file to another user.
     *
     * @param path of it.
     * @param uid  user.
     * @param gid  group.
     * @return 0, or -1.
     */
    int lchown(String path, int uid, int gid);

    /**
     * Removes a name from a folder; of a symbolic link itself, never what it names.
     *
     * @param dirfd   descriptor of the folder.
     * @param address of the name, ended by a zero.
     * @param flags   0, or AT_REMOVEDIR for an empty folder.
     * @return 0, or -1.
     */
    int unlinkat(int dirfd, long address, int flags);

    /**
     * Gives a file another name, in another folder of the same file system.
     *
     * @param fromDirfd   descriptor of the folder that has it.
     * @param fromAddress of its name, ended by a zero.
     * @param toDirfd     descriptor of the folder that gets it.
     * @param toAddress   of its name there, ended by a zero.
     * @return 0, or -1.
     */
    int renameat(int fromDirfd, long fromAddress, int toDirfd, long toAddress);

    /**
     * Changes who may do what with a file.
     *
     * @param fd   descriptor.
     * @param mode permissions.
     * @return 0, or -1.
     */
    int fchmod(int fd, int mode);

    /**
     * Changes who may do what with a file; follows symbolic links.
     *
     * @param path of it.
     * @param mode permissions.
     * @return 0, or -1.
     */
    int chmod(String path, int mode);

    /**
     * Moves to another place of a file; of a folder: 0 begins its list again.
     *
     * @param fd     descriptor.
     * @param offset place.
     * @param whence 0: from the start.
     * @return the place, or -1.
     */
    long lseek(int fd, long offset, int whence);

    /**
     * A system call that libc has no function for, or not in all versions.
     *
     * @param number of it, which differs from one architecture to another.
     * @param a      its first argument.
     * @param b      its second argument.
     * @param c      its third argument.
     * @return what it returns, or -1.
     */
    long syscall(long number, long a, long b, long c);
}

package io.kernos.linux;

/**
 * Names of the error numbers that Linux gives, as on x86-64 and aarch64.
 */
public final class Errno {
    /** Not permitted. */
    public static final int EPERM = 1;
    /** No such file. */
    public static final int ENOENT = 2;
    /** No such process. */
    public static final int ESRCH = 3;
    /** Interrupted by a signal. */
    public static final int EINTR = 4;
    /** No such device or address: a socket, or a pipe that nobody reads. */
    public static final int ENXIO = 6;
    /** List of arguments too long. */
    public static final int E2BIG = 7;
    /** Not a format of executable files. */
    public static final int ENOEXEC = 8;
    /** Would block. */
    public static final int EAGAIN = 11;
    /** Not enough memory. */
    public static final int ENOMEM = 12;
    /** Access denied. */
    public static final int EACCES = 13;
    /** Busy. */
    public static final int EBUSY = 16;
    /** Exists already. */
    public static final int EEXIST = 17;
    /** No such device: what a file of a removed control group answers. */
    public static final int ENODEV = 19;
    /** Not a folder. */
    public static final int ENOTDIR = 20;
    /** A folder. */
    public static final int EISDIR = 21;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** A program that is being written to. */
    public static final int ETXTBSY = 26;
    /** No space left. */
    public static final int ENOSPC = 28;
    /** A file system that cannot be written to. */
    public static final int EROFS = 30;
    /** Other end is gone. */
    public static final int EPIPE = 32;
    /** A name that is too long. */
    public static final int ENAMETOOLONG = 36;
    /** A folder that is not empty. */
    public static final int ENOTEMPTY = 39;
    /** A symbolic link where none may be. */
    public static final int ELOOP = 40;
    /** Message too long. */
    public static final int EMSGSIZE = 90;
    /** Connection reset by the other end. */
    public static final int ECONNRESET = 104;
    /** Nobody listens. */
    public static final int ECONNREFUSED = 111;

    private static final String[] NAMES = new String[134];

    static {
        String[] table = {
            "1 EPERM",
            "2 ENOENT",
            "3 ESRCH",
            "4 EINTR",
            "5 EIO",
            "6 ENXIO",
            "7 E2BIG",
            "8 ENOEXEC",
            "9 EBADF",
            "10 ECHILD",
            "11 EAGAIN",
            "12 ENOMEM",
            "13 EACCES",
            "14 EFAULT",
            "15 ENOTBLK",
            "16 EBUSY",
            "17 EEXIST",
            "18 EXDEV",
            "19 ENODEV",
            "20 ENOTDIR",
            "21 EISDIR",
            "22 EINVAL",
            "23 ENFILE",
            "24 EMFILE",
            "25 ENOTTY",
            "26 ETXTBSY",
            "27 EFBIG",
            "28 ENOSPC",
            "29 ESPIPE",
            "30 EROFS",
            "31 EMLINK",
            "32 EPIPE",
            "33 EDOM",
            "34 ERANGE",
            "35 EDEADLK",
            "36 ENAMETOOLONG",
            "37 ENOLCK",
            "38 ENOSYS",
            "39 ENOTEMPTY",
            "40 ELOOP",
            "61 ENODATA",
            "71 EPROTO",
            "74 EBADMSG",
            "75 EOVERFLOW",
            "80 ELIBBAD",
            "87 EUSERS",
            "88 ENOTSOCK",
            "90 EMSGSIZE",
            "95 EOPNOTSUPP",
            "97 EAFNOSUPPORT",
            "98 EADDRINUSE",
            "99 EADDRNOTAVAIL",
            "104 ECONNRESET",
            "105 ENOBUFS",
            "107 ENOTCONN",
            "110 ETIMEDOUT",
            "111 ECONNREFUSED",
            "115 EINPROGRESS",
            "122 EDQUOT",
            "125 ECANCELED",
            "130 EOWNERDEAD"
        };
        for (String entry : table) {
            int space = entry.indexOf(' ');
            NAMES[Integer.parseInt(entry.substring(0, space))] = entry.substring(space + 1);
        }
    }

    private Errno() {}

    /**
     * An error number in words, for people, as it comes when a program is started.
     *
     * @param errno number.
     * @return words and its name, such as {@code no such file or directory (ENOENT)}; the name alone for one that is
     *     rare.
     */
    public static String text(int errno) {
        String words = switch (errno) {
            case EPERM -> "it is not permitted";
            case ENOENT -> "no such file or directory";
            case E2BIG -> "its arguments and environment are too long";
            case ENOEXEC -> "it is in no format that this machine can run";
            case EAGAIN -> "the limit of processes is reached";
            case ENOMEM -> "there is not enough memory";
            case EACCES -> "permission denied";
            case ENOTDIR -> "part of its path is not a folder";
            case EISDIR -> "it is a folder";
            case ETXTBSY -> "it is being written to";
            case ENOSPC -> "no space is left";
            case EROFS -> "the file system is read-only";
            case ENAMETOOLONG -> "its name is too long";
            case ELOOP -> "it leads through too many symbolic links";
            default -> "";
        };
        return words.isEmpty() ? name(errno) : words + " (" + name(errno) + ")";
    }

    /**
     * The name of an error number.
     *
     * @param errno number.
     * @return its name such as {@code ENOENT}, or {@code errno N} for one that is not named here.
     */
    public static String name(int errno) {
        String name = errno >= 0 && errno < NAMES.length ? NAMES[errno] : null;
        return name == null ? "errno " + errno : name;
    }
}

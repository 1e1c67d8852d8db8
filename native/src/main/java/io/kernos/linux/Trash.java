package io.kernos.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Removes folders whose owners are not trusted and may still be at work in them. What is to go is first renamed into a
 * folder that nobody else may write to, and removed there. Everything is reached by descriptors, one name at a time: no
 * symbolic link is followed and nothing outside is touched, whatever is renamed meanwhile.
 * <p>
 * Any thread may throw something away; one alone removes.
 */
public final class Trash {
    /** Folders that are open at one time at most; one that lies deeper is moved up and removed by itself. */
    public static final int MAX_DEPTH = 64;

    /** Names that one {@link #remove} looks at, at most: whoever adds faster than it removes cannot hold it up. */
    public static final int MAX_NAMES = 1 << 20;

    private static final int MAX_PASSES = 4;
    private static final int MAX_NAME_ATTEMPTS = 1_024;
    private static final int OWNER_ONLY = 0700;

    private final AtomicLong moved = new AtomicLong();
    private final List<FolderNames> listings = new ArrayList<>();
    private final Path root;
    private final Path trash;
    private int namesLeft;
    private LinuxException failure;

    /**
     * Makes a trash of a folder.
     *
     * @param root  absolute path of the folder that has all that is ever thrown away; trusted.
     * @param trash path of the folder in it that takes what is thrown away; trusted.
     */
    public Trash(Path root, Path trash) {
        this.root = root;
        this.trash = trash;
    }

    /**
     * Throws something away, whatever it is: it is gone from its place at once. Its folder is removed when it was the
     * last in it.
     *
     * @param path two names below the root.
     * @return false when there is nothing of that name.
     * @throws LinuxException when it cannot be moved, or a symbolic link is on the way to it.
     */
    public boolean discard(Path path) {
        FolderNames parent = FolderNames.of(root.relativize(path.getParent()).toString());
        FolderNames name = FolderNames.of(path.getFileName().toString());
        try (Descriptor top = Descriptor.ofFolder(root);
                Descriptor folder = Descriptor.of(top.fd(), parent.address())) {
            if (!folder.isOpen() && folder.errno() != Errno.ENOENT) {
                throw new LinuxException("open " + path.getParent(), folder.errno());
            }
            boolean found = folder.isOpen() && move(folder.fd(), name);
            unlink(top.fd(), parent, FolderNames.AT_REMOVEDIR);
            return found;
        }
    }

    /**
     * What waits to be removed.
     *
     * @return names in the trash.
     */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(trash)) {
            stream.forEach(path -> names.add(path.getFileName().toString()));
        } catch (IOException ex) {
            throw new UncheckedIOException("cannot list " + trash, ex);
        }
        return names;
    }

    /**
     * Removes something from the trash with all that is in it. What is too deep is moved into the trash as of its own.
     *
     * @param name in the trash.
     * @throws LinuxException naming the first thing that could not be removed; all else is gone.
     */
    public void remove(String name) {
        namesLeft = MAX_NAMES;
        failure = null;
        try (Descriptor top = Descriptor.ofFolder(trash)) {
            remove(top.fd(), FolderNames.of(name), 0);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void remove(int folderFd, FolderNames name, int depth) {
        for (int pass = 1; ; pass++) {
            int errno = unlink(folderFd, name, 0);
            if (errno == Errno.EISDIR || errno == Errno.EPERM) {
                int why = removeFolder(folderFd, name, depth);
                errno = errno == Errno.EPERM && why == Errno.ENOTDIR ? errno : why;
            }
            if (errno == 0 || errno == Errno.ENOENT) {
                return;
            }
            boolean changed = errno == Errno.ENOTEMPTY || errno == Errno.ENOTDIR || errno == Errno.ELOOP;
            boolean worthAnother = changed || errno == Errno.EACCES && depth > 0 && makeWritable(folderFd);
            if (!worthAnother || pass == MAX_PASSES) {
                failure = new LinuxException("remove '" + name.text() + "'", errno);
                return;
            }
        }
    }

    /** A folder that its user may not write to: an agent that is not root is that user. */
    private static boolean makeWritable(int folderFd) {
        return Linux.libC().fchmod(folderFd, OWNER_ONLY) == 0;
    }

    /** Opens up a folder that its user shut, by its descriptor: the name could be a link's by then. */
    private static boolean openUp(int parentFd, FolderNames name) {
        try (Descriptor shut = Descriptor.ofShut(parentFd, name.address())) {
            return shut.isOpen() && Linux.libC().chmod("/proc/self/fd/" + shut.fd(), OWNER_ONLY) == 0;
        }
    }

    private static Descriptor openForRemoval(int parentFd, FolderNames name) {
        Descriptor folder = Descriptor.of(parentFd, name.address());
        boolean shut = folder.errno() == Errno.EACCES && openUp(parentFd, name);
        return shut ? Descriptor.of(parentFd, name.address()) : folder;
    }

    private static int unlink(int folderFd, FolderNames name, int flags) {
        return Linux.libC().unlinkat(folderFd, name.address(), flags) == 0 ? 0 : Linux.errno();
    }

    /** Returns why it could not be removed; 0 when it was, or when it is known already why not. */
    private int removeFolder(int parentFd, FolderNames name, int depth) {
        if (depth == MAX_DEPTH) {
            makeWritable(parentFd);
            move(parentFd, name);
            return 0;
        }
        try (Descriptor folder = openForRemoval(parentFd, name)) {
            if (!folder.isOpen()) {
                return folder.errno();
            }
            removeAllIn(folder.fd(), depth);
            int errno = unlink(parentFd, name, FolderNames.AT_REMOVEDIR);
            return failure == null ? errno : 0;
        }
    }

    private void removeAllIn(int fd, int depth) {
        if (depth == listings.size()) {
            listings.add(new FolderNames());
        }
        FolderNames names = listings.get(depth);
        names.rewind(fd);
        while (names.next(fd)) {
            if (--namesLeft < 0) {
                failure = new LinuxException("remove more than " + MAX_NAMES + " names at one time", Errno.EBUSY);
                return;
            }
            remove(fd, names, depth + 1);
        }
    }

    /** A folder must be its user's to write to, for it is told where it lies from now on. */
    private boolean move(int folderFd, FolderNames name) {
        try (Descriptor top = Descriptor.ofFolder(trash)) {
            boolean openedUp = false;
            for (int attempt = 1; ; attempt++) {
                FolderNames newName = FolderNames.of("t" + moved.incrementAndGet());
                if (Linux.libC().renameat(folderFd, name.address(), top.fd(), newName.address()) == 0) {
                    return true;
                }
                int errno = Linux.errno();
                if (errno == Errno.ENOENT) {
                    return false;
                }
                boolean taken = errno == Errno.ENOTEMPTY || errno == Errno.EEXIST || errno == Errno.ENOTDIR;
                if (errno == Errno.EACCES && !openedUp) {
                    openedUp = openUp(folderFd, name);
                    taken = openedUp;
                }
                if (!taken || attempt == MAX_NAME_ATTEMPTS) {
                    throw new LinuxException("move '" + name.text() + "' to " + trash, errno);
                }
            }
        }
    }
}

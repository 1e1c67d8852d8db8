package io.kernos.agent;

import io.kernos.isolation.ContainerUser;
import io.kernos.linux.Linux;
import io.kernos.linux.LinuxException;
import io.kernos.linux.Trash;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The folders that tasks run in: {@code sandboxes/<frameworkId>/<taskId>} below the work folder.
 */
final class Sandboxes {
    /** Holds what is to be removed. */
    static final String TRASH = "trash";

    private static final FileAttribute<Set<PosixFilePermission>> OPEN_TO_ALL =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x"));
    private static final FileAttribute<Set<PosixFilePermission>> OPEN_TO_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---"));

    private static final int MAX_ATTEMPTS = 4;

    private final Path root;
    private final Trash trash;
    private Consumer<Path> replaced = path -> {};

    /**
     * Makes the folder that holds them all.
     *
     * @param workDirectory of the agent, absolute.
     * @throws IOException when it cannot be made.
     */
    Sandboxes(Path workDirectory) throws IOException {
        root = workDirectory.resolve("sandboxes");
        Path folder = root.resolve(TRASH);
        Files.createDirectories(root, OPEN_TO_ALL);
        Files.createDirectories(folder, OPEN_TO_OWNER);
        trash = new Trash(root, folder);
    }

    Path root() {
        return root;
    }

    /** What waits to be removed: for the collector's thread alone, but for {@link #discard}. */
    Trash trash() {
        return trash;
    }

    /**
     * Names who is told of each sandbox that gives way to another of the same path.
     *
     * @param listener called by the agent's thread.
     */
    void onReplaced(Consumer<Path> listener) {
        replaced = listener;
    }

    Path path(long frameworkId, long taskId) {
        return root.resolve(Long.toString(frameworkId)).resolve(Long.toString(taskId));
    }

    /**
     * Makes the sandbox of a task. One that was left by a task of the same ids in an earlier cluster is put away.
     *
     * @param task whose it is.
     * @param user who is to own it; null for the agent's own.
     * @param keep whether one that is there is this task's own, from before the agent restarted.
     * @throws IOException when it cannot be made.
     */
    void make(AgentTask task, ContainerUser user, boolean keep) throws IOException {
        Path path = path(task.frameworkId, task.taskId);
        if (!keep && Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            replace(path);
        }
        makeFolder(path);
        if (user != null) {
            own(path, user, keep);
        }
    }

    /** What is not given to its user is no sandbox, and nobody would remove it. */
    private static void own(Path path, ContainerUser user, boolean keep) throws IOException {
        try {
            Linux.own(path, user.uid(), user.gid());
        } catch (LinuxException ex) {
            if (!keep) {
                Files.deleteIfExists(path);
            }
            throw ex;
        }
    }

    /** The collector may remove the framework's folder, once it is empty, at any time. */
    private static void makeFolder(Path path) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Files.createDirectory(path, OPEN_TO_OWNER);
                return;
            } catch (FileAlreadyExistsException ex) {
                return;
            } catch (NoSuchFileException ex) {
                if (attempt == MAX_ATTEMPTS) {
                    throw ex;
                }
                Files.createDirectories(path.getParent(), OPEN_TO_ALL);
            }
        }
    }

    private synchronized void replace(Path path) {
        trash.discard(path);
        replaced.accept(path);
    }

    /**
     * Throws a sandbox away. Thread safe.
     *
     * @param path   of it.
     * @param wanted asked while none gives way to another.
     * @throws LinuxException when it cannot be moved to the trash.
     */
    synchronized void discard(Path path, BooleanSupplier wanted) {
        if (wanted.getAsBoolean()) {
            trash.discard(path);
        }
    }
}

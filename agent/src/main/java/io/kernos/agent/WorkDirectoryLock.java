package io.kernos.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second agent out of a work folder. The kernel lets go of it when the process dies.
 */
final class WorkDirectoryLock implements AutoCloseable {
    private final FileChannel channel;

    private WorkDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param workDirectory that exists.
     * @return the lock; close it to let go.
     * @throws IllegalStateException when another agent has it.
     */
    static WorkDirectoryLock take(Path workDirectory) {
        Path path = workDirectory.resolve("lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new WorkDirectoryLock(channel);
            }
        } catch (OverlappingFileLockException ex) {
            closeQuietly(channel);
        } catch (IOException ex) {
            closeQuietly(channel);
            throw new UncheckedIOException("cannot lock " + path, ex);
        }
        closeQuietly(channel);
        throw new IllegalStateException(
                "workDirectory=" + workDirectory + " is used by another agent: stop that one, or name another folder");
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }
}

package io.kernos.master.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;

/**
 * A master's claim on its folder. The system drops it when the process ends, however it ends: whoever holds it knows
 * that no other master uses the folder, and that marks of activity in it are of the dead.
 */
final class NodeLock implements AutoCloseable {
    private static final String FILE_NAME = "master.lock";

    private final FileChannel channel;

    private NodeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Take the claim; throws when another process has it. */
    static NodeLock acquire(Path directory) {
        Path file = directory.resolve(FILE_NAME);
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock != null) {
                return new NodeLock(channel);
            }
        } catch (IOException e) {
            CloseHelper.quietClose(channel);
            throw new UncheckedIOException("cannot use " + directory + " as the folder of a master", e);
        }
        CloseHelper.quietClose(channel);
        throw new IllegalStateException(
                "directory=" + directory + " is in use by another master: stop it, or name another folder");
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() {
        CloseHelper.quietClose(channel);
    }
}

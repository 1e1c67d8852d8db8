package io.kernos.transport;

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
 * A process' claim on its folder. The system drops it when the process ends, however it ends: whoever holds it knows
 * that no other uses the folder, and that marks of activity in it are of the dead.
 */
public final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the claim.
     *
     * @param setting  that names the folder, for the message.
     * @param folder   made when missing.
     * @param fileName of the lock in it.
     * @param owner    what uses such a folder, for the message, such as {@code agent}.
     * @return the claim; close it to let go.
     * @throws IllegalStateException when another process, or another part of this one, has it.
     * @throws UncheckedIOException  when the folder or the file cannot be used.
     */
    public static FolderLock take(String setting, Path folder, String fileName, String owner) {
        Path file = folder.resolve(fileName);
        FileChannel channel = null;
        try {
            Files.createDirectories(folder);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) != null) {
                return new FolderLock(channel);
            }
        } catch (IOException e) {
            CloseHelper.quietClose(channel);
            throw new UncheckedIOException("cannot lock " + file, e);
        }
        CloseHelper.quietClose(channel);
        throw new IllegalStateException(
                setting + "=" + folder + " is in use by another " + owner + ": stop that one, or name another folder");
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

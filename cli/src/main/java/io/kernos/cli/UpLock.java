package io.kernos.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The lock of a cluster's folder: only one process at a time runs a cluster there. */
final class UpLock implements AutoCloseable {
    private static final String NAME = "up.lock";
    private static final String COMMAND = Kernos.class.getName();

    private final Path file;
    private final FileChannel channel;

    private UpLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock, and says in its file which process has it.
     *
     * @param home folder of the cluster.
     * @return the lock, to be closed.
     * @throws CommandException when another process has it; the message says which.
     */
    static UpLock take(Path home) {
        Path file = home.resolve(NAME);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = Files.readString(file).strip();
                channel.close();
                throw new CommandException(
                        ExitCodes.FAILED,
                        "a cluster runs in " + home + " already, in process " + owner + ": use it, end it by 'kill "
                                + owner + "', or name another folder by --home");
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return new UpLock(file, channel);
        } catch (IOException ex) {
            throw new CommandException(ExitCodes.FAILED, file + " cannot be locked: " + FileWords.of(ex), ex);
        }
    }

    private static FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException ex) {
            return null;
        }
    }

    /**
     * Whether the process that had the lock last is there and runs this program. To try the lock could make a cluster
     * fail that takes it now.
     *
     * @param home folder of the cluster.
     * @return false where nobody ever took it.
     */
    static boolean isStarting(Path home) {
        try {
            Path owner = Path.of("/proc", Files.readString(home.resolve(NAME)).strip(), "cmdline");
            return Files.readString(owner, StandardCharsets.ISO_8859_1).contains(COMMAND);
        } catch (IOException ex) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException ex) {
            throw new CommandException(ExitCodes.FAILED, "unlocking " + file + ": " + ex, ex);
        }
    }
}

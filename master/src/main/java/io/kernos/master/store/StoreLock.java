package io.kernos.master.store;

import io.kernos.master.store.StoreException.Problem;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps two projectors from one folder; the kernel releases it with the process. */
final class StoreLock implements AutoCloseable {
    private static final String FILE_NAME = "store.lock";

    private final FileChannel channel;

    private StoreLock(FileChannel channel) {
        this.channel = channel;
    }

    static StoreLock acquire(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE_NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            FileLock lock = channel.tryLock();
            held = lock != null;
        } catch (OverlappingFileLockException heldHere) {
            held = false;
        } finally {
            if (!held) {
                channel.close();
            }
        }
        if (!held) {
            throw new StoreException(
                    Problem.IN_USE,
                    "another master writes the state store in " + folder + ": give each a folder of its own",
                    null);
        }
        return new StoreLock(channel);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("lock of the state store", e);
        }
    }
}

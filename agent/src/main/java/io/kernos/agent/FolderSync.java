package io.kernos.agent;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.CloseHelper;

/**
 * A folder that is open, so that the names in it can be made durable. Closing it never fails.
 */
interface FolderSync extends Closeable {
    @Override
    void close();

    /** Has the disk hold all names that are in the folder now. */
    void force() throws IOException;

    /** Opens folders. */
    @FunctionalInterface
    interface Opener {
        FolderSync open(Path folder) throws IOException;
    }

    /** Opens a folder of the file system. */
    static FolderSync open(Path folder) throws IOException {
        FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ);
        return new FolderSync() {
            @Override
            public void force() throws IOException {
                directory.force(true);
            }

            @Override
            public void close() {
                CloseHelper.quietClose(directory);
            }
        };
    }
}

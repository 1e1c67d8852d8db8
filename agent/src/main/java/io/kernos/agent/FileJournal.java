package io.kernos.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal in a file. A record is in the kernel's hands when {@link #append} returns, so it survives the death of
 * this process; when the machine itself dies, the tasks die with it, and what is missing then is told as lost.
 */
final class FileJournal implements JournalLog, AutoCloseable {
    static final String FILE = "journal";
    private static final String NEW_FILE = "journal.new";
    private static final Logger LOG = LoggerFactory.getLogger(FileJournal.class);

    private final ByteBuffer frame = ByteBuffer.allocateDirect(JournalFormat.MAX_FRAME_BYTES);
    private final Path folder;
    private final long compactBytes;
    private final FolderSync.Opener folders;
    private FileChannel channel;
    private long length;
    private long compactAtBytes;
    private boolean failing;

    /**
     * A journal that is not there yet: {@link #rewrite} makes it.
     *
     * @param folder       that holds its file.
     * @param compactBytes size from which it wants to be written anew.
     */
    FileJournal(Path folder, long compactBytes) {
        this(folder, compactBytes, FolderSync::open);
    }

    FileJournal(Path folder, long compactBytes, FolderSync.Opener folders) {
        this.folder = folder;
        this.compactBytes = compactBytes;
        this.folders = folders;
    }

    @Override
    public boolean append(DirectBuffer buffer, int offset, int recordLength) {
        JournalFormat.frame(frame, buffer, offset, recordLength);
        int frameLength = frame.remaining();
        try {
            writeFully(channel, frame, length);
        } catch (IOException ex) {
            failed(ex);
            return false;
        }
        length += frameLength;
        failing = false;
        return true;
    }

    /**
     * Whether it has grown so much that it should be written anew.
     *
     * @return true when it has.
     */
    boolean wantsRewrite() {
        return length >= compactAtBytes;
    }

    /**
     * Replaces the journal by a new one, at once or not at all.
     *
     * @param content writes the records and answers whether it could.
     * @return false when it was replaced, but the old one may be back after a crash of the machine.
     * @throws IOException when it could not be replaced; it is as before.
     */
    boolean rewrite(Predicate<JournalLog> content) throws IOException {
        try (FolderSync directory = folders.open(folder)) {
            replace(content);
            return force(directory);
        } catch (IOException ex) {
            compactAtBytes = length + compactBytes;
            throw ex;
        }
    }

    private void replace(Predicate<JournalLog> content) throws IOException {
        Path path = folder.resolve(NEW_FILE);
        FileJournal fresh = new FileJournal(folder, compactBytes, folders);
        fresh.channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            fresh.length = JournalFormat.HEADER_BYTES;
            writeFully(fresh.channel, JournalFormat.header(), 0);
            if (!content.test(fresh)) {
                throw new IOException("could not write " + path);
            }
            fresh.channel.force(true);
            Files.move(path, path(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException ex) {
            fresh.channel.close();
            throw ex;
        }
        // From the move on the old file has no name: what is written to it is lost
        FileChannel old = channel;
        channel = fresh.channel;
        length = fresh.length;
        compactAtBytes = length + compactBytes;
        CloseHelper.quietClose(old);
    }

    private boolean force(FolderSync directory) {
        try {
            directory.force();
            return true;
        } catch (IOException ex) {
            LOG.error(
                    "cannot make the new journal {} durable: {}; the one before may be back after a crash of the"
                            + " machine",
                    path(),
                    ex.toString());
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    /** What was written of the frame is cut; should even that fail, the next frame overwrites it. */
    private void failed(IOException cause) {
        if (!failing) {
            LOG.error(
                    "cannot write the journal {}: {}; launches are refused, and ends not told, until it works",
                    path(),
                    cause.toString());
        }
        failing = true;
        try {
            channel.truncate(length);
        } catch (IOException ex) {
            LOG.debug("cannot cut the journal {} to {} bytes", path(), length, ex);
        }
    }

    private Path path() {
        return folder.resolve(FILE);
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}

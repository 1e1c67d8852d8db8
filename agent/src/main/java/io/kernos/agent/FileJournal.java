package io.kernos.agent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Predicate;
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
        this.folder = folder;
        this.compactBytes = compactBytes;
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
     * @throws IOException when it could not be replaced; it is as before.
     */
    void rewrite(Predicate<JournalLog> content) throws IOException {
        Path path = folder.resolve(NEW_FILE);
        FileJournal fresh = new FileJournal(folder, compactBytes);
        fresh.channel = FileChannel.open(
                path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        try {
            fresh.length = JournalFormat.HEADER_BYTES;
            writeFully(fresh.channel, JournalFormat.header(), 0);
            if (!content.test(fresh)) {
                throw new IOException("could not write " + path);
            }
            fresh.channel.force(true);
            Files.move(path, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
        } catch (IOException ex) {
            fresh.channel.close();
            compactAtBytes = length + compactBytes;
            throw ex;
        }
        close();
        channel = fresh.channel;
        length = fresh.length;
        compactAtBytes = length + compactBytes;
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    private void forceFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
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

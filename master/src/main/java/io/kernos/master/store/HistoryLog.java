package io.kernos.master.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finished tasks in plain files, from which the history's map is made anew at each start. It is written front to back
 * with a checksum an entry, and mapped by nobody, so that whatever is torn in it is found and cut off. When a file has
 * as many entries as the history may have, the next begins, and all but the last full one go. For one thread.
 */
final class HistoryLog implements AutoCloseable {
    private static final Logger LOGGER = LoggerFactory.getLogger(HistoryLog.class);
    private static final String PREFIX = "history-";
    private static final int FILES_KEPT = 2;
    private static final int BUFFER_BYTES = 256 * 1024;

    /** Of an entry: length of the record, checksum of what follows; then number, keys and record. */
    private static final int CHECKED_OFFSET = 2 * Integer.BYTES;

    private static final int HEADER_BYTES = CHECKED_OFFSET + 3 * Long.BYTES;

    private final Path folder;
    private final int entriesPerFile;
    private final StoreMark mark;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final UnsafeBuffer record = new UnsafeBuffer(buffer.array());
    private final CRC32C checksum = new CRC32C();
    private FileChannel channel;
    private long fileNumber;
    private int fileEntries;
    private long lastNumber;

    /**
     * @param folder         of the store.
     * @param entriesPerFile how many entries the history may have.
     * @param mark           where to count.
     */
    HistoryLog(Path folder, int entriesPerFile, StoreMark mark) {
        this.folder = folder;
        this.entriesPerFile = entriesPerFile;
        this.mark = mark;
    }

    /** Takes one entry of the log. */
    @FunctionalInterface
    interface Loader {
        /**
         * The next entry; one that has the keys of an earlier one replaces it.
         *
         * @param number of the task in the history.
         */
        void onEntry(long number, long key1, long key2, DirectBuffer buffer, int offset, int length);
    }

    /**
     * Reads everything, cuts off what is torn, and gets ready to append.
     *
     * @param loader takes the entries, in the order in which they were appended.
     * @throws IOException if the files cannot be read or written.
     */
    void load(Loader loader) throws IOException {
        close();
        List<Long> numbers = fileNumbers();
        fileNumber = numbers.isEmpty() ? 1 : numbers.getLast();
        for (long number : numbers) {
            fileEntries = load(file(number), loader);
        }
        channel = FileChannel.open(file(fileNumber), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.position(channel.size());
    }

    private int load(Path file, Loader loader) throws IOException {
        int entries = 0;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long position = 0;
            buffer.clear().limit(0);
            while (isWhole(in)) {
                int start = buffer.position();
                int length = buffer.getInt(start);
                lastNumber = Math.max(lastNumber, buffer.getLong(start + CHECKED_OFFSET));
                loader.onEntry(
                        buffer.getLong(start + CHECKED_OFFSET),
                        buffer.getLong(start + CHECKED_OFFSET + Long.BYTES),
                        buffer.getLong(start + CHECKED_OFFSET + 2 * Long.BYTES),
                        record,
                        start + HEADER_BYTES,
                        length);
                buffer.position(start + HEADER_BYTES + length);
                position += HEADER_BYTES + length;
                entries++;
            }
            if (position < in.size()) {
                mark.add(StoreCounter.HISTORY_LOSSES, 1);
                LOGGER.warn("{} is torn after {} of {} bytes: the rest is thrown away", file, position, in.size());
                in.truncate(position);
            }
        }
        buffer.clear();
        return entries;
    }

    /** Whether a sound entry begins at the buffer's position, after reading on where it needs to. */
    private boolean isWhole(FileChannel in) throws IOException {
        if (!fill(in, HEADER_BYTES)) {
            return false;
        }
        int length = buffer.getInt(buffer.position());
        if (length < 0 || length > RecordValue.MAX_BYTES || !fill(in, HEADER_BYTES + length)) {
            return false;
        }
        int start = buffer.position();
        return buffer.getInt(start + Integer.BYTES) == checksum(start, HEADER_BYTES + length);
    }

    private boolean fill(FileChannel in, int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            buffer.compact();
            int read = 1;
            while (read > 0) {
                read = in.read(buffer);
            }
            buffer.flip();
        }
        return buffer.remaining() >= bytes;
    }

    private int checksum(int start, int bytes) {
        checksum.reset();
        checksum.update(buffer.array(), start + CHECKED_OFFSET, bytes - CHECKED_OFFSET);
        return (int) checksum.getValue();
    }

    /** Whether entries can be appended. */
    boolean isOpen() {
        return channel != null;
    }

    /** Adds an entry after all others, of which no map knows yet: the next load tells of it. */
    void appendUnmapped(long key1, long key2, DirectBuffer source, int offset, int length) {
        append(lastNumber + 1, key1, key2, source, offset, length);
    }

    /** Adds an entry; it is in the file after the next {@link #flush()}. */
    void append(long number, long key1, long key2, DirectBuffer source, int offset, int length) {
        if (fileEntries >= entriesPerFile) {
            nextFile();
        }
        if (buffer.remaining() < HEADER_BYTES + length) {
            flush();
        }
        int start = buffer.position();
        buffer.putInt(length).putInt(0).putLong(number).putLong(key1).putLong(key2);
        record.putBytes(start + HEADER_BYTES, source, offset, length);
        buffer.putInt(start + Integer.BYTES, checksum(start, HEADER_BYTES + length));
        buffer.position(start + HEADER_BYTES + length);
        lastNumber = Math.max(lastNumber, number);
        fileEntries++;
    }

    /** Writes what was appended. What cannot be written is counted, and will not be there after a restart. */
    void flush() {
        if (buffer.position() == 0 || channel == null) {
            return;
        }
        long sound = -1;
        try {
            sound = channel.position();
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            mark.add(StoreCounter.HISTORY_LOSSES, 1);
            LOGGER.warn("history of finished tasks cannot be written to {}: {}", file(fileNumber), e.toString());
            cutAt(sound);
        } finally {
            buffer.clear();
        }
    }

    private void cutAt(long sound) {
        try {
            if (sound >= 0) {
                channel.truncate(sound);
            }
        } catch (IOException e) {
            LOGGER.warn("{} cannot be cut: {}", file(fileNumber), e.toString());
        }
    }

    private void nextFile() {
        flush();
        try {
            FileChannel next = FileChannel.open(
                    file(fileNumber + 1),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING);
            channel.close();
            channel = next;
            fileNumber++;
            removeOld();
        } catch (IOException e) {
            LOGGER.warn("next file of the history cannot be made in {}: {}", folder, e.toString());
        }
        fileEntries = 0;
    }

    private void removeOld() throws IOException {
        List<Long> numbers = fileNumbers();
        for (long number : numbers.subList(0, Math.max(0, numbers.size() - FILES_KEPT))) {
            Files.deleteIfExists(file(number));
        }
    }

    private List<Long> fileNumbers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                String number = file.getFileName().toString().substring(PREFIX.length());
                if (number.matches("[0-9]{1,18}")) {
                    numbers.add(Long.parseLong(number));
                }
            }
        }
        numbers.sort(Comparator.naturalOrder());
        return numbers;
    }

    private Path file(long number) {
        return folder.resolve(PREFIX + number);
    }

    @Override
    public void close() {
        if (channel == null) {
            return;
        }
        flush();
        try {
            channel.close();
        } catch (IOException e) {
            LOGGER.warn("{} cannot be closed: {}", file(fileNumber), e.toString());
        }
        channel = null;
    }
}

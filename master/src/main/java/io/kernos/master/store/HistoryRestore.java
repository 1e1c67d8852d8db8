package io.kernos.master.store;

import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.TaskRecordDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the history of an older generation over into a new one. The old file may be held by readers, or have locks of
 * dead ones, so it is copied, and the copy is put in order.
 */
final class HistoryRestore {
    private static final Logger LOGGER = LoggerFactory.getLogger(HistoryRestore.class);
    private static final int BLOCK_BYTES = 65_536;

    /** Where Chronicle keeps the length of its header, and the bit of it that says that it is not finished. */
    private static final int HEADER_LENGTH_OFFSET = 8;

    private static final int HEADER_NOT_READY = 1 << 30;
    private static final int HEADER_LENGTH_MASK = HEADER_NOT_READY - 1;
    private static final int HEADER_LENGTH_MAX = 65_536;

    private HistoryRestore() {}

    /**
     * Copies what can be used.
     *
     * @param oldFile history of the older generation, closed in this process.
     * @param history new and empty.
     * @param folder  where there is room for the copy, removed at the end.
     * @param mark    where to count.
     */
    static void restore(Path oldFile, HistoryMap history, Path folder, StoreMark mark) {
        Path copy = folder.resolve(RecordKind.HISTORY.fileName() + ".old");
        try {
            if (!hasHeader(oldFile)) {
                throw new IOException("its header is torn");
            }
            copySparse(oldFile, copy);
            try (RecordMap old = RecordMap.recover(copy, RecordKind.HISTORY)) {
                requireRecords(old);
                mark.add(StoreCounter.HISTORY_RESTORES, history.addAll(old));
            }
        } catch (IOException | RuntimeException unusable) {
            mark.add(StoreCounter.HISTORY_LOSSES, 1);
            LOGGER.warn("history of finished tasks in {} is thrown away: {}", oldFile, unusable.toString());
        } finally {
            delete(copy);
        }
    }

    /** Chronicle waits a minute for a header that is not finished, so that is looked at first. */
    private static boolean hasHeader(Path file) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_LENGTH_OFFSET + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.read(header, 0) < header.capacity()) {
                return false;
            }
            int length = header.getInt(HEADER_LENGTH_OFFSET);
            int bytes = length & HEADER_LENGTH_MASK;
            return (length & HEADER_NOT_READY) == 0 && bytes > 0 && bytes <= HEADER_LENGTH_MAX && bytes < channel.size();
        }
    }

    private static void copySparse(Path from, Path to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long size = in.size();
            for (long position = 0; position < size; ) {
                block.clear();
                int bytes = in.read(block, position);
                boolean last = position + bytes == size;
                if (last || !isZero(block.array(), bytes)) {
                    out.write(block.flip(), position);
                }
                position += bytes;
            }
        }
    }

    private static boolean isZero(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static void requireRecords(RecordMap map) {
        boolean[] sound = {true};
        map.readAll((key, value) -> sound[0] &= isTask(value));
        if (!sound[0]) {
            throw new IllegalStateException("an entry is not a record of a task");
        }
    }

    private static boolean isTask(RecordValue value) {
        int offset = RecordValue.NUMBER_BYTES;
        int length = value.length() - offset;
        return MessageCheck.check(value.buffer(), offset, length) == MessageCheck.OK
                && MessageCheck.templateId(value.buffer(), offset) == TaskRecordDecoder.TEMPLATE_ID;
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOGGER.warn("{} cannot be removed: {}", copy, e.toString());
        }
    }
}

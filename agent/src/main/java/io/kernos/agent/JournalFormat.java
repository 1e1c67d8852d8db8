package io.kernos.agent;

import io.kernos.transport.Limits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * How records lie in the journal's file: a header of magic and version, then frames. A frame is the record's length,
 * the same with its bits turned, the CRC-32C of the record, the record, and nothing to its next multiple of four. All
 * integers are little-endian.
 */
final class JournalFormat {
    /** Bytes of the file's header. */
    static final int HEADER_BYTES = 16;

    /** Bytes before each record. */
    static final int FRAME_HEADER_BYTES = 12;

    /** Most bytes of a frame. */
    static final int MAX_FRAME_BYTES = FRAME_HEADER_BYTES + Limits.MAX_MESSAGE_BYTES;

    /** Version of the layout told here; what records hold has versions of its own. */
    static final int VERSION = 1;

    private static final long MAGIC = 0x4C4E524A534E524BL;
    private static final int ALIGNMENT_BYTES = 4;

    private JournalFormat() {}

    /**
     * Takes each record in turn.
     */
    @FunctionalInterface
    interface RecordHandler {
        /**
         * Takes one record.
         *
         * @return false when it is not understood, which ends the reading before it.
         */
        boolean onRecord(DirectBuffer buffer, int offset, int length);
    }

    /**
     * What reading found.
     *
     * @param records     how many records were taken.
     * @param validBytes  where the first bad frame begins, or the file's length.
     * @param damaged     whether more than the write of the last frame went wrong.
     */
    record Scan(int records, int validBytes, boolean damaged) {}

    static ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return header.putLong(MAGIC).putInt(VERSION).putInt(~VERSION).flip();
    }

    static void frame(ByteBuffer frame, DirectBuffer buffer, int offset, int length) {
        frame.clear().order(ByteOrder.LITTLE_ENDIAN).position(FRAME_HEADER_BYTES);
        buffer.getBytes(offset, frame, length);
        CRC32C crc = new CRC32C();
        crc.update(frame.slice(FRAME_HEADER_BYTES, length));
        frame.putInt(0, length).putInt(4, ~length).putInt(8, (int) crc.getValue());
        int end = align(FRAME_HEADER_BYTES + length);
        while (frame.position() < end) {
            frame.put((byte) 0);
        }
        frame.flip();
    }

    /**
     * Reads records up to the first that is not whole. Never throws for what a file may hold.
     *
     * @param file    the whole file.
     * @param handler takes the records.
     * @return what was found.
     * @throws UnsupportedOperationException when a later version of the layout wrote it.
     */
    static Scan scan(byte[] file, RecordHandler handler) {
        UnsafeBuffer buffer = new UnsafeBuffer(file);
        if (file.length < HEADER_BYTES || buffer.getLong(0, ByteOrder.LITTLE_ENDIAN) != MAGIC) {
            return new Scan(0, 0, file.length > 0);
        }
        int version = buffer.getInt(8, ByteOrder.LITTLE_ENDIAN);
        if (buffer.getInt(12, ByteOrder.LITTLE_ENDIAN) != ~version) {
            return new Scan(0, 0, true);
        }
        if (version != VERSION) {
            throw new UnsupportedOperationException("the journal has version " + version + ", this agent reads only "
                    + VERSION + ": use the agent that wrote it, or one that came after it");
        }
        return frames(buffer, handler);
    }

    private static Scan frames(UnsafeBuffer buffer, RecordHandler handler) {
        CRC32C crc = new CRC32C();
        int position = HEADER_BYTES;
        int records = 0;
        int end = buffer.capacity();
        while (position < end) {
            if (end - position < FRAME_HEADER_BYTES) {
                return new Scan(records, position, false);
            }
            int length = buffer.getInt(position, ByteOrder.LITTLE_ENDIAN);
            boolean sound = buffer.getInt(position + 4, ByteOrder.LITTLE_ENDIAN) == ~length;
            if (!sound || length < 0 || length > Limits.MAX_MESSAGE_BYTES) {
                return new Scan(records, position, true);
            }
            int next = position + align(FRAME_HEADER_BYTES + length);
            if (next > end) {
                return new Scan(records, position, false);
            }
            crc.reset();
            crc.update(buffer.byteArray(), position + FRAME_HEADER_BYTES, length);
            boolean whole = buffer.getInt(position + 8, ByteOrder.LITTLE_ENDIAN) == (int) crc.getValue();
            if (!whole || !handler.onRecord(buffer, position + FRAME_HEADER_BYTES, length)) {
                return new Scan(records, position, true);
            }
            position = next;
            records++;
        }
        return new Scan(records, position, false);
    }

    private static int align(int length) {
        return length + ALIGNMENT_BYTES - 1 & -ALIGNMENT_BYTES;
    }
}

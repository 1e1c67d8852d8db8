package io.kernos.master.store;

import io.kernos.transport.Limits;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Value of an entry: the bytes of a record, after a number where the kind has one. Reused, so never keep one. */
final class RecordValue {
    static final int NUMBER_BYTES = Long.BYTES;
    static final int MAX_BYTES = Limits.MAX_MESSAGE_BYTES + NUMBER_BYTES;

    private final byte[] bytes = new byte[MAX_BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int length;

    RecordValue of(DirectBuffer source, int offset, int length) {
        source.getBytes(offset, bytes, 0, length);
        this.length = length;
        return this;
    }

    RecordValue of(long number, DirectBuffer source, int offset, int length) {
        buffer.putLong(0, number);
        source.getBytes(offset, bytes, NUMBER_BYTES, length);
        this.length = NUMBER_BYTES + length;
        return this;
    }

    long number() {
        return buffer.getLong(0);
    }

    DirectBuffer buffer() {
        return buffer;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void length(int length) {
        this.length = length;
    }
}

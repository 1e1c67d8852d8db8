package io.kernos.master.state;

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** A text under construction, of at most {@link #CAPACITY} bytes; what is beyond is left out. Makes no garbage. */
final class Text {
    static final int CAPACITY = 1024;

    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[CAPACITY + Long.BYTES * 4]);
    private int length;

    /** Begins anew. */
    Text start() {
        length = 0;
        return this;
    }

    Text put(String ascii) {
        int bytes = Math.min(ascii.length(), CAPACITY - length);
        buffer.putStringWithoutLengthAscii(length, ascii, 0, bytes);
        length += bytes;
        return this;
    }

    Text put(long value) {
        if (CAPACITY - length >= 20) {
            length += buffer.putLongAscii(length, value);
        }
        return this;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }
}

package io.kernos.master.state;

import org.agrona.DirectBuffer;

/** A checksum over the records of a snapshot: FNV-1a of 64 bits. */
final class StateHash implements RecordSink {
    private static final long BASIS = 0xCBF29CE484222325L;
    private static final long PRIME = 0x100000001B3L;

    private long value = BASIS;

    long value() {
        return value;
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int length) {
        long hash = value;
        for (int i = offset; i < offset + length; i++) {
            hash = (hash ^ (buffer.getByte(i) & 0xFF)) * PRIME;
        }
        value = hash;
    }
}

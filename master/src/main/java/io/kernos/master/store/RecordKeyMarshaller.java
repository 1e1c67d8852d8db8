package io.kernos.master.store;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** Keys as they lie in the maps' files. Its name is in the header of each file. */
final class RecordKeyMarshaller implements SizedWriter<RecordKey>, SizedReader<RecordKey> {
    static final int KEY_BYTES = 16;

    @Override
    public long size(RecordKey key) {
        return KEY_BYTES;
    }

    @Override
    public void write(Bytes<?> out, long size, RecordKey key) {
        out.writeLong(key.key1());
        out.writeLong(key.key2());
    }

    @Override
    public RecordKey read(Bytes<?> in, long size, RecordKey using) {
        RecordKey key = using == null ? new RecordKey() : using;
        return key.of(in.readLong(), in.readLong());
    }

    @Override
    public void readMarshallable(WireIn wire) {}

    @Override
    public void writeMarshallable(WireOut wire) {}
}

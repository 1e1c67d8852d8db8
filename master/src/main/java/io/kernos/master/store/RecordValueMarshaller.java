package io.kernos.master.store;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.hash.serialization.SizedReader;
import net.openhft.chronicle.hash.serialization.SizedWriter;
import net.openhft.chronicle.wire.WireIn;
import net.openhft.chronicle.wire.WireOut;

/** Values as they lie in the maps' files. Its name is in the header of each file. */
final class RecordValueMarshaller implements SizedWriter<RecordValue>, SizedReader<RecordValue> {
    @Override
    public long size(RecordValue value) {
        return value.length();
    }

    @Override
    public void write(Bytes<?> out, long size, RecordValue value) {
        out.write(value.bytes(), 0, value.length());
    }

    @Override
    public RecordValue read(Bytes<?> in, long size, RecordValue using) {
        RecordValue value = using == null ? new RecordValue() : using;
        int length = (int) Math.min(size, RecordValue.MAX_BYTES);
        in.read(value.bytes(), 0, length);
        value.length(length);
        return value;
    }

    @Override
    public void readMarshallable(WireIn wire) {}

    @Override
    public void writeMarshallable(WireOut wire) {}
}

package io.kernos.master.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** Copies of entries, taken quickly while a lock is held, to be decoded at leisure afterwards. */
final class RecordBatch implements RecordVisitor {
    private static final Comparator<Entry> BY_KEY =
            Comparator.comparingLong(Entry::key1).thenComparingLong(Entry::key2);

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final List<Entry> entries = new ArrayList<>();
    private int length;

    @Override
    public void onRecord(RecordKey key, RecordValue value) {
        entries.add(new Entry(key.key1(), key.key2(), length));
        buffer.putBytes(length, value.buffer(), 0, value.length());
        length += value.length();
    }

    void sortByKey() {
        entries.sort(BY_KEY);
    }

    /** For values that begin with a number. */
    void sortByNumber() {
        entries.sort(Comparator.comparingLong(entry -> buffer.getLong(entry.offset)));
    }

    int size() {
        return entries.size();
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int offset(int index) {
        return entries.get(index).offset;
    }

    private record Entry(long key1, long key2, int offset) {}
}

package io.kernos.master.store;

/** Sees the entries of a map, one after the other. */
@FunctionalInterface
interface RecordVisitor {
    /**
     * An entry.
     *
     * @param key   valid until the call returns.
     * @param value valid until the call returns.
     */
    void onRecord(RecordKey key, RecordValue value);
}

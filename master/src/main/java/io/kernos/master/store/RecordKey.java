package io.kernos.master.store;

/** Key of an entry: two numbers, of which the second is 0 where one is enough. Reused, so never keep one. */
final class RecordKey {
    private long key1;
    private long key2;

    RecordKey of(long key1, long key2) {
        this.key1 = key1;
        this.key2 = key2;
        return this;
    }

    long key1() {
        return key1;
    }

    long key2() {
        return key2;
    }
}

package io.kernos.allocator;

/** A task of a demand that runs and is expected to end; each is itself. */
record NaiveEnd(int demand, long endMs) {
    static final long OVERRUN_MS = 7;

    /** When it is expected to end now. */
    long dueMs(long nowMs) {
        long dueMs = endMs;
        while (dueMs <= nowMs) {
            dueMs += OVERRUN_MS;
        }
        return dueMs;
    }
}

package io.kernos.transport;

/**
 * The limits of the wire. What goes beyond one is refused with a typed code, never cut short in silence.
 */
public final class Limits {
    /** Longest message in bytes, with its header. */
    public static final int MAX_MESSAGE_BYTES = 32 * 1024;

    /** Longest string in bytes of UTF-8. */
    public static final int MAX_STRING_BYTES = 8 * 1024;

    /** Longest opaque field in bytes; leaves room for the header and the other fields of its message. */
    public static final int MAX_BYTES_BYTES = MAX_MESSAGE_BYTES - 1024;

    /** Most entries in one repeating group. */
    public static final int MAX_GROUP_ENTRIES = 4 * 1024;

    /** Most bytes of a sandbox's file in one chunk. */
    public static final int MAX_CHUNK_BYTES = 24 * 1024;

    /** Most tasks that one message of an agent lists. */
    public static final int MAX_TASKS_PER_LIST = 1024;

    private Limits() {}
}

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

    /** Longest name of a framework, role or user in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 255;

    /** Longest RegisterTemplate message in bytes; it leaves room for what is added on its way to an agent. */
    public static final int MAX_TEMPLATE_BYTES = MAX_MESSAGE_BYTES - 2048;

    /** Most ports of a task. */
    public static final int MAX_PORTS_PER_TASK = 256;

    /** Longest time from SIGTERM to SIGKILL, in milliseconds. */
    public static final int MAX_KILL_GRACE_MS = 86_400_000;

    private Limits() {}
}

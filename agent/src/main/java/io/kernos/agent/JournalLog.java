package io.kernos.agent;

import org.agrona.DirectBuffer;

/**
 * Where the agent's core makes its decisions durable before it acts upon them.
 */
@FunctionalInterface
public interface JournalLog {
    /** A log that keeps nothing, for replaying another. */
    JournalLog NONE = (buffer, offset, length) -> true;

    /**
     * Appends one record. It survives the death of this process once this returns true.
     *
     * @param buffer holds the record: an SBE message with its header.
     * @param offset where it begins.
     * @param length of the record, bytes.
     * @return false when it could not be written: nothing was appended, and what depends on it must not be done.
     */
    boolean append(DirectBuffer buffer, int offset, int length);
}

package io.kernos.master.state;

import org.agrona.DirectBuffer;

/** Takes the records of a snapshot, in order. */
@FunctionalInterface
public interface RecordSink {
    /**
     * The next record.
     *
     * @param buffer holds the record, valid until the call returns.
     * @param offset where the record, with its header, begins.
     * @param length of the record in bytes, at most the greatest length of a message.
     */
    void onRecord(DirectBuffer buffer, int offset, int length);
}

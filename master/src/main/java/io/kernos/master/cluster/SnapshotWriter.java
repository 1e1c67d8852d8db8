package io.kernos.master.cluster;

import io.aeron.ExclusivePublication;
import io.aeron.Publication;
import io.kernos.master.state.RecordSink;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** Writes records of a snapshot to its publication, waiting while the archive is behind. */
final class SnapshotWriter implements RecordSink {
    private final ExclusivePublication publication;
    private final IdleStrategy idle;
    private long recordCount;

    SnapshotWriter(ExclusivePublication publication, IdleStrategy idle) {
        this.publication = publication;
        this.idle = idle;
    }

    @Override
    public void onRecord(DirectBuffer buffer, int offset, int length) {
        idle.reset();
        while (true) {
            long result = publication.offer(buffer, offset, length);
            if (result > 0) {
                recordCount++;
                return;
            }
            if (result == Publication.CLOSED
                    || result == Publication.NOT_CONNECTED
                    || result == Publication.MAX_POSITION_EXCEEDED) {
                throw new IllegalStateException("the archive went away while a snapshot was written: "
                        + Publication.errorString(result) + " after " + recordCount + " records");
            }
            idle.idle();
        }
    }

    long recordCount() {
        return recordCount;
    }
}

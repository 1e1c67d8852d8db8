package io.kernos.master.cluster;

import io.aeron.Image;
import io.aeron.ImageFragmentAssembler;
import io.aeron.logbuffer.FragmentHandler;
import io.kernos.master.state.MasterStateMachine;
import org.agrona.concurrent.IdleStrategy;

/** Reads the records of a snapshot from its image into a state machine that holds nothing yet. */
final class SnapshotReader {
    private static final int FRAGMENT_LIMIT = 64;

    private final MasterStateMachine stateMachine;
    private long recordCount;
    private boolean isComplete;

    SnapshotReader(MasterStateMachine stateMachine) {
        this.stateMachine = stateMachine;
    }

    /** Load all records; throws when the snapshot ends before its last one, or goes on behind it. */
    long load(Image image, IdleStrategy idle) {
        FragmentHandler assembler = new ImageFragmentAssembler((buffer, offset, length, header) -> {
            if (isComplete) {
                throw new IllegalStateException("the snapshot goes on after its end, at record " + recordCount);
            }
            isComplete = stateMachine.loadRecord(buffer, offset, length);
            recordCount++;
        });
        while (!isComplete) {
            int fragments = image.poll(assembler, FRAGMENT_LIMIT);
            if (fragments == 0 && !isComplete && (image.isClosed() || image.isEndOfStream())) {
                throw new IllegalStateException("the snapshot ends after " + recordCount + " records, before its end");
            }
            idle.idle(fragments);
        }
        return recordCount;
    }
}

package io.kernos.master.node;

import io.aeron.archive.client.AeronArchive;
import io.aeron.cluster.RecordingLog;
import java.io.File;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * After each snapshot, removes what no start can need any more: snapshots before those that are kept, and the segments
 * of the log before the oldest of these. Only for the one member of a cluster, since of several each may have to catch
 * up from any place of the log. It waits for the archive, so it has a thread of its own.
 */
final class PurgeAgent implements Agent {
    private static final Logger LOGGER = LoggerFactory.getLogger(PurgeAgent.class);

    private final Supplier<AeronArchive> archives;
    private final LongSupplier snapshotCount;
    private final File clusterDirectory;
    private final int snapshotsKept;
    private final ErrorHandler errorHandler;
    private final Set<Long> removedIds = new HashSet<>();
    private long seenCount;

    PurgeAgent(
            Supplier<AeronArchive> archives,
            LongSupplier snapshotCount,
            File clusterDirectory,
            int snapshotsKept,
            ErrorHandler errorHandler) {
        this.archives = archives;
        this.snapshotCount = snapshotCount;
        this.clusterDirectory = clusterDirectory;
        this.snapshotsKept = snapshotsKept;
        this.errorHandler = errorHandler;
    }

    @Override
    public int doWork() {
        long count = snapshotCount.getAsLong();
        if (count <= seenCount) {
            return 0;
        }
        seenCount = count;
        try {
            purge();
        } catch (RuntimeException e) {
            tell(e);
        }
        return 1;
    }

    /** An end in the middle of it is no error: the next snapshot's turn does what is left. */
    private void tell(RuntimeException error) {
        if (!Thread.currentThread().isInterrupted()) {
            errorHandler.onError(error);
        }
    }

    private void purge() {
        OldSnapshots old;
        try (RecordingLog recordingLog = new RecordingLog(clusterDirectory, false)) {
            old = OldSnapshots.of(recordingLog.entries(), snapshotsKept);
        }
        if (old == null) {
            return;
        }
        try (AeronArchive archive = archives.get()) {
            for (long recordingId : old.oldRecordingIds()) {
                if (!removedIds.contains(recordingId)) {
                    if (isThere(archive, recordingId)) {
                        archive.purgeRecording(recordingId);
                    }
                    removedIds.add(recordingId);
                }
            }
            purgeLog(archive, old);
        }
    }

    private static boolean isThere(AeronArchive archive, long recordingId) {
        return archive.listRecording(recordingId, (a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p) -> {}) > 0;
    }

    private static void purgeLog(AeronArchive archive, OldSnapshots old) {
        long[] newStart = new long[1];
        archive.listRecording(
                old.logRecordingId(),
                (controlSessionId,
                        correlationId,
                        recordingId,
                        startTimestamp,
                        stopTimestamp,
                        startPosition,
                        stopPosition,
                        initialTermId,
                        segmentFileLength,
                        termBufferLength,
                        mtuLength,
                        sessionId,
                        streamId,
                        strippedChannel,
                        originalChannel,
                        sourceIdentity) -> {
                    long base = AeronArchive.segmentFileBasePosition(
                            startPosition, old.oldestPosition(), termBufferLength, segmentFileLength);
                    newStart[0] = base > startPosition ? base : 0;
                });
        if (newStart[0] > 0) {
            long segments = archive.purgeSegments(old.logRecordingId(), newStart[0]);
            LOGGER.info("removed {} segments of the log before position {}", segments, newStart[0]);
        }
    }

    @Override
    public String roleName() {
        return "kernos-purge";
    }
}

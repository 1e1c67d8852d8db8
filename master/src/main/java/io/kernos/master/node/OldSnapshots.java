package io.kernos.master.node;

import io.aeron.Aeron;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.RecordingLog;
import io.aeron.cluster.RecordingLog.Entry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of a member's recordings no start needs any more.
 *
 * @param logRecordingId     recording of the log.
 * @param oldestPosition     of the log that a start may begin at: that of the oldest snapshot which is kept.
 * @param oldRecordingIds    recordings of snapshots before that.
 */
record OldSnapshots(long logRecordingId, long oldestPosition, List<Long> oldRecordingIds) {
    private static final int FIRST_SERVICE_ID = 0;

    /** What is old where so many snapshots are kept that module and service both have; null before there are such. */
    static OldSnapshots of(List<Entry> entries, int kept) {
        TreeSet<Long> positions = new TreeSet<>(positionsOf(entries, ConsensusModule.Configuration.SERVICE_ID));
        positions.retainAll(positionsOf(entries, FIRST_SERVICE_ID));
        while (positions.size() > kept) {
            positions.pollFirst();
        }
        long logRecordingId = logRecordingId(entries);
        if (positions.size() < kept || logRecordingId == Aeron.NULL_VALUE) {
            return null;
        }
        long oldestPosition = positions.first();
        List<Long> old = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT && entry.logPosition < oldestPosition) {
                old.add(entry.recordingId);
            }
        }
        return new OldSnapshots(logRecordingId, oldestPosition, old);
    }

    private static Set<Long> positionsOf(List<Entry> entries, int serviceId) {
        Set<Long> positions = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.isValid && entry.type == RecordingLog.ENTRY_TYPE_SNAPSHOT && entry.serviceId == serviceId) {
                positions.add(entry.logPosition);
            }
        }
        return positions;
    }

    private static long logRecordingId(List<Entry> entries) {
        long recordingId = Aeron.NULL_VALUE;
        for (Entry entry : entries) {
            if (entry.isValid && entry.type == RecordingLog.ENTRY_TYPE_TERM) {
                recordingId = entry.recordingId;
            }
        }
        return recordingId;
    }
}

package io.kernos.master.node;

import io.kernos.transport.Limits;
import io.kernos.transport.SettingException;
import org.agrona.BitUtil;

/** Settings of the replicated log: how it is kept, and how soon its members give each other up. */
public final class ConsensusContext {
    /** Setting logTermBytes unless told otherwise. */
    public static final int LOG_TERM_BYTES_DEFAULT = 4 * 1024 * 1024;

    /** Setting logSegmentBytes unless told otherwise. */
    public static final int LOG_SEGMENT_BYTES_DEFAULT = 16 * 1024 * 1024;

    /** Setting leaderHeartbeatTimeoutMs unless told otherwise. */
    public static final long LEADER_HEARTBEAT_TIMEOUT_MS_DEFAULT = 1_000;

    /** Setting leaderHeartbeatIntervalMs unless told otherwise. */
    public static final long LEADER_HEARTBEAT_INTERVAL_MS_DEFAULT = 200;

    /** Setting electionTimeoutMs unless told otherwise. */
    public static final long ELECTION_TIMEOUT_MS_DEFAULT = 500;

    /** Setting startupCanvassTimeoutMs unless told otherwise. */
    public static final long STARTUP_CANVASS_TIMEOUT_MS_DEFAULT = 5_000;

    /** Setting sessionTimeoutMs unless told otherwise. */
    public static final long SESSION_TIMEOUT_MS_DEFAULT = 10_000;

    /** Setting snapshotIntervalMs unless told otherwise. */
    public static final long SNAPSHOT_INTERVAL_MS_DEFAULT = 600_000;

    /** Setting snapshotsKept unless told otherwise. */
    public static final int SNAPSHOTS_KEPT_DEFAULT = 2;

    private static final int MIN_TERM_BYTES = 16 * Limits.MAX_MESSAGE_BYTES;
    private static final int MAX_TERM_BYTES = 1 << 30;
    private static final int MAX_SYNC_LEVEL = 2;
    private static final int MAX_SNAPSHOTS_KEPT = 1_000;
    private static final long DAY_MS = 86_400_000;

    private int fileSyncLevel;
    private int logTermBytes = LOG_TERM_BYTES_DEFAULT;
    private int logSegmentBytes = LOG_SEGMENT_BYTES_DEFAULT;
    private long leaderHeartbeatTimeoutMs = LEADER_HEARTBEAT_TIMEOUT_MS_DEFAULT;
    private long leaderHeartbeatIntervalMs = LEADER_HEARTBEAT_INTERVAL_MS_DEFAULT;
    private long electionTimeoutMs = ELECTION_TIMEOUT_MS_DEFAULT;
    private long startupCanvassTimeoutMs = STARTUP_CANVASS_TIMEOUT_MS_DEFAULT;
    private long sessionTimeoutMs = SESSION_TIMEOUT_MS_DEFAULT;
    private long snapshotIntervalMs = SNAPSHOT_INTERVAL_MS_DEFAULT;
    private boolean snapshotOnClose = true;
    private int snapshotsKept = SNAPSHOTS_KEPT_DEFAULT;

    /** All defaults. */
    public ConsensusContext() {}

    /**
     * Check the settings and their relations.
     *
     * @return this.
     * @throws SettingException when one is wrong.
     */
    public ConsensusContext conclude() {
        SettingException.checkRange("fileSyncLevel", fileSyncLevel, 0, MAX_SYNC_LEVEL);
        power("logTermBytes", logTermBytes);
        power("logSegmentBytes", logSegmentBytes);
        SettingException.check(
                logSegmentBytes >= logTermBytes,
                "logSegmentBytes",
                logSegmentBytes,
                "must be at least logTermBytes=" + logTermBytes);
        SettingException.checkRange("leaderHeartbeatTimeoutMs", leaderHeartbeatTimeoutMs, 10, DAY_MS);
        SettingException.checkRange(
                "leaderHeartbeatIntervalMs", leaderHeartbeatIntervalMs, 1, leaderHeartbeatTimeoutMs / 2);
        SettingException.checkRange("electionTimeoutMs", electionTimeoutMs, 10, DAY_MS);
        SettingException.checkRange(
                "startupCanvassTimeoutMs", startupCanvassTimeoutMs, 2 * leaderHeartbeatTimeoutMs, DAY_MS);
        SettingException.checkRange("sessionTimeoutMs", sessionTimeoutMs, 100, DAY_MS);
        SettingException.checkRange("snapshotIntervalMs", snapshotIntervalMs, 0, DAY_MS);
        SettingException.checkRange("snapshotsKept", snapshotsKept, 0, MAX_SNAPSHOTS_KEPT);
        return this;
    }

    private static void power(String setting, int bytes) {
        boolean fits = BitUtil.isPowerOfTwo(bytes) && bytes >= MIN_TERM_BYTES && bytes <= MAX_TERM_BYTES;
        SettingException.check(
                fits, setting, bytes, "use a power of two from " + MIN_TERM_BYTES + " to " + MAX_TERM_BYTES);
    }

    /**
     * How hard the log is written to disk.
     *
     * @return 0: by the operating system in its time, which a killed process outlives; 1: data before it counts as
     *     written; 2: data and the file's own record.
     */
    public int fileSyncLevel() {
        return fileSyncLevel;
    }

    /**
     * Set how hard the log is written to disk.
     *
     * @param fileSyncLevel 0: by the operating system in its time, which a killed process outlives; 1: data before it
     *     counts as written; 2: data and the file's own record.
     * @return this.
     */
    public ConsensusContext fileSyncLevel(int fileSyncLevel) {
        this.fileSyncLevel = fileSyncLevel;
        return this;
    }

    /**
     * Length of the terms of the replicated log; it has three.
     *
     * @return bytes, a power of two.
     */
    public int logTermBytes() {
        return logTermBytes;
    }

    /**
     * Set length of the terms of the replicated log; it has three.
     *
     * @param logTermBytes bytes, a power of two.
     * @return this.
     */
    public ConsensusContext logTermBytes(int logTermBytes) {
        this.logTermBytes = logTermBytes;
        return this;
    }

    /**
     * Length of the files that the log is recorded in.
     *
     * @return bytes, a power of two.
     */
    public int logSegmentBytes() {
        return logSegmentBytes;
    }

    /**
     * Set length of the files that the log is recorded in.
     *
     * @param logSegmentBytes bytes, a power of two.
     * @return this.
     */
    public ConsensusContext logSegmentBytes(int logSegmentBytes) {
        this.logSegmentBytes = logSegmentBytes;
        return this;
    }

    /**
     * After which silence of the leader a new one is elected.
     *
     * @return milliseconds.
     */
    public long leaderHeartbeatTimeoutMs() {
        return leaderHeartbeatTimeoutMs;
    }

    /**
     * Set after which silence of the leader a new one is elected.
     *
     * @param leaderHeartbeatTimeoutMs milliseconds.
     * @return this.
     */
    public ConsensusContext leaderHeartbeatTimeoutMs(long leaderHeartbeatTimeoutMs) {
        this.leaderHeartbeatTimeoutMs = leaderHeartbeatTimeoutMs;
        return this;
    }

    /**
     * How often the leader is heard when nothing happens.
     *
     * @return milliseconds.
     */
    public long leaderHeartbeatIntervalMs() {
        return leaderHeartbeatIntervalMs;
    }

    /**
     * Set how often the leader is heard when nothing happens.
     *
     * @param leaderHeartbeatIntervalMs milliseconds.
     * @return this.
     */
    public ConsensusContext leaderHeartbeatIntervalMs(long leaderHeartbeatIntervalMs) {
        this.leaderHeartbeatIntervalMs = leaderHeartbeatIntervalMs;
        return this;
    }

    /**
     * How long a candidate waits for votes.
     *
     * @return milliseconds.
     */
    public long electionTimeoutMs() {
        return electionTimeoutMs;
    }

    /**
     * Set how long a candidate waits for votes.
     *
     * @param electionTimeoutMs milliseconds.
     * @return this.
     */
    public ConsensusContext electionTimeoutMs(long electionTimeoutMs) {
        this.electionTimeoutMs = electionTimeoutMs;
        return this;
    }

    /**
     * How long a member that starts waits for all others.
     *
     * @return milliseconds, at least twice the leader's heartbeat timeout.
     */
    public long startupCanvassTimeoutMs() {
        return startupCanvassTimeoutMs;
    }

    /**
     * Set how long a member that starts waits for all others.
     *
     * @param startupCanvassTimeoutMs milliseconds, at least twice the leader's heartbeat timeout.
     * @return this.
     */
    public ConsensusContext startupCanvassTimeoutMs(long startupCanvassTimeoutMs) {
        this.startupCanvassTimeoutMs = startupCanvassTimeoutMs;
        return this;
    }

    /**
     * After which silence a session is closed.
     *
     * @return milliseconds.
     */
    public long sessionTimeoutMs() {
        return sessionTimeoutMs;
    }

    /**
     * Set after which silence a session is closed.
     *
     * @param sessionTimeoutMs milliseconds.
     * @return this.
     */
    public ConsensusContext sessionTimeoutMs(long sessionTimeoutMs) {
        this.sessionTimeoutMs = sessionTimeoutMs;
        return this;
    }

    /**
     * How often a snapshot is taken when there is news.
     *
     * @return milliseconds; 0: only at the end.
     */
    public long snapshotIntervalMs() {
        return snapshotIntervalMs;
    }

    /**
     * Set how often a snapshot is taken when there is news.
     *
     * @param snapshotIntervalMs milliseconds; 0: only at the end.
     * @return this.
     */
    public ConsensusContext snapshotIntervalMs(long snapshotIntervalMs) {
        this.snapshotIntervalMs = snapshotIntervalMs;
        return this;
    }

    /**
     * Whether a snapshot is taken when the one member of a cluster ends.
     *
     * @return true to take it.
     */
    public boolean snapshotOnClose() {
        return snapshotOnClose;
    }

    /**
     * Set whether a snapshot is taken when the one member of a cluster ends.
     *
     * @param snapshotOnClose true to take it.
     * @return this.
     */
    public ConsensusContext snapshotOnClose(boolean snapshotOnClose) {
        this.snapshotOnClose = snapshotOnClose;
        return this;
    }

    /**
     * How many snapshots the only member of a cluster keeps, the newest; what is older is removed, and so is the log
     * before the oldest of them.
     *
     * @return the count; 0: all, and all of the log.
     */
    public int snapshotsKept() {
        return snapshotsKept;
    }

    /**
     * Set how many snapshots the only member of a cluster keeps.
     *
     * @param snapshotsKept the count; 0: all.
     * @return this.
     */
    public ConsensusContext snapshotsKept(int snapshotsKept) {
        this.snapshotsKept = snapshotsKept;
        return this;
    }
}

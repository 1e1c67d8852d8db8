package io.kernos.master.node;

/** The member that snapshots are asked of, as {@link SnapshotAgent} sees it. Values may be of different moments. */
interface SnapshotTarget {
    /** Whether the member leads and its election is over. */
    boolean isLeader();

    /** Whether a snapshot, or something else that was asked for, is being carried out. */
    boolean isBusy();

    /** Position up to which the log is committed. */
    long commitPosition();

    /** Position of the log that the newest snapshot stands for. */
    long snapshotPosition();

    /** Ask for a snapshot; false when something else is being done. */
    boolean request();
}

package io.kernos.master.cluster;

/** What the adapter counts beside the state machine. */
public enum ServiceCounter {
    /** Messages sent to sessions. */
    EGRESS_MESSAGES("egress messages"),
    /** Messages that had to wait because their session was not ready for them. */
    EGRESS_QUEUED("egress messages queued"),
    /** Messages dropped because their session was being closed. */
    EGRESS_DROPPED("egress messages dropped"),
    /** Sessions closed because they stayed slow. */
    SESSIONS_CLOSED_SLOW("sessions closed for being slow"),
    /** Sessions closed because nothing can be sent to the channel that they asked for. */
    SESSIONS_CLOSED_UNREACHABLE("sessions closed for a channel that does not work"),
    /** Errors of the state machine that a command brought about; always 0 unless there is a fault in the program. */
    COMMAND_FAULTS("faults while a command was applied"),
    /** Snapshots taken. */
    SNAPSHOTS_TAKEN("snapshots taken"),
    /** Records in the last snapshot taken or loaded. */
    SNAPSHOT_RECORDS("records in the last snapshot"),
    /** Bytes of the last snapshot taken, as the archive has them. */
    SNAPSHOT_BYTES("bytes of the last snapshot"),
    /** Nanoseconds that the state machine stood still while the last snapshot was written. */
    SNAPSHOT_PAUSE_NS("ns that the last snapshot took to write");

    private final String label;

    ServiceCounter(String label) {
        this.label = label;
    }

    /**
     * What it is called where counters are shown.
     *
     * @return the label.
     */
    public String label() {
        return label;
    }
}

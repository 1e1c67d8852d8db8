package io.kernos.agent;

/**
 * What an agent counts. Its index is its ordinal.
 */
public enum AgentCounter {
    /** Launches accepted from the master. */
    LAUNCHES("launches"),
    /** Tasks that could not be started. */
    LAUNCH_FAILURES("launches failed"),
    /** Tasks that did not end yet. */
    TASKS_LIVE("tasks live now"),
    /** Tasks that ended, or were refused. */
    TASKS_ENDED("tasks ended"),
    /** Tasks with a status that the master did not acknowledge yet. */
    STATUSES_PENDING("statuses pending now"),
    /** Statuses sent again because no acknowledgement came in time. */
    STATUSES_REPEATED("statuses repeated"),
    /** Times that the supervisor was found to be another one than before. */
    SUPERVISOR_RESTARTS("supervisor restarts"),
    /** Times that the agent registered. */
    REGISTRATIONS("registrations"),
    /** Messages from outside that were refused as malformed. */
    MESSAGES_REFUSED("messages refused"),
    /** Writes to the journal that failed. */
    JOURNAL_FAILURES("journal failures"),
    /** Times that the journal was written anew. */
    JOURNAL_COMPACTIONS("journal compactions"),
    /** Reads of sandboxes answered. */
    SANDBOX_READS("sandbox reads"),
    /** Sandboxes removed. */
    SANDBOXES_REMOVED("sandboxes removed"),
    /** Times that a sandbox could not be removed; it is tried again. */
    SANDBOX_REMOVALS_FAILED("sandbox removals failed");

    private final String label;

    AgentCounter(String label) {
        this.label = label;
    }

    /**
     * Words for a person.
     *
     * @return lower case.
     */
    public String label() {
        return label;
    }
}

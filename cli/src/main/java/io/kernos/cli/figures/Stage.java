package io.kernos.cli.figures;

/** A stretch of the life of a task whose time is told apart. */
public enum Stage {
    /** Client, log, allocator, relay. */
    SUBMIT_TO_RELAYED("submit -> relayed"),
    /** Aeron UDP from the relay to the agent. */
    RELAYED_TO_RECEIVED("relayed -> agent has it"),
    /** Journal, control group, supervisor, clone, exec. */
    RECEIVED_TO_STARTED("agent has it -> executed"),
    /** Status through relay, log and egress. */
    STARTED_TO_HEARD("executed -> RUNNING heard"),
    /** All of the above. */
    SUBMIT_TO_RUNNING("submit -> RUNNING heard"),
    /** The task itself. */
    STARTED_TO_ENDED("executed -> ended"),
    /** Exit, journal, and status through relay, log and egress. */
    ENDED_TO_HEARD("ended -> final heard"),
    /** All of it. */
    SUBMIT_TO_FINAL("submit -> final heard");

    private final String label;

    Stage(String label) {
        this.label = label;
    }

    /**
     * What it is called where times are shown.
     *
     * @return the label.
     */
    public String label() {
        return label;
    }
}

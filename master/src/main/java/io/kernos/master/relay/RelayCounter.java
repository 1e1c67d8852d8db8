package io.kernos.master.relay;

/** What a relay counts. */
public enum RelayCounter {
    /** Agents whose streams are up. */
    AGENTS("relay agents now"),
    /** Messages passed from agents to the master. */
    TO_MASTER("relay messages to the master"),
    /** Messages passed from the master to agents. */
    TO_AGENTS("relay messages to agents"),
    /** Messages to agents that had to wait. */
    QUEUED("relay messages queued"),
    /** Messages of agents that were refused: malformed, or not an agent's to send. */
    REFUSED("relay messages refused"),
    /** Messages of agents that have to register first, or to agents that are gone. */
    DROPPED("relay messages dropped"),
    /** Connections that were given up because the agent took nothing. */
    AGENTS_SLOW("relay agents given up for being slow"),
    /** Registrations that were not answered: no such channel, or too many agents. */
    AGENTS_UNANSWERED("relay registrations not answered"),
    /** Sessions opened with a master. */
    SESSIONS("relay sessions opened"),
    /** Attempts to reach a master that failed. */
    SESSIONS_FAILED("relay sessions failed");

    private final String label;

    RelayCounter(String label) {
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

package io.kernos.transport;

/**
 * Which stream carries what. Streams of Aeron Cluster itself keep Aeron's own ids.
 */
public final class StreamIds {
    /** Agents to their relay. */
    public static final int AGENT_TO_RELAY = 1001;

    /** A relay to an agent, on the agent's own channel. */
    public static final int RELAY_TO_AGENT = 1002;

    /** Clients to an agent: reads of sandboxes. */
    public static final int SANDBOX_REQUEST = 1003;

    /** An agent to a client: chunks of sandboxes, on the client's own channel. */
    public static final int SANDBOX_RESPONSE = 1004;

    private StreamIds() {}
}

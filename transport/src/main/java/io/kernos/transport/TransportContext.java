package io.kernos.transport;

import io.aeron.ChannelUri;
import io.aeron.ChannelUriStringBuilder;
import io.aeron.CommonContext;

/**
 * The channels and streams of the wire, and how much memory each takes. Fill it in, {@link #conclude()} it once, then
 * only read it.
 */
public final class TransportContext {
    /** Where a relay listens for agents unless told otherwise. */
    public static final String DEFAULT_RELAY_ENDPOINT = "localhost:7710";

    /** Where an agent or a client receives unless told otherwise: a free port of the loopback interface. */
    public static final String DEFAULT_LOCAL_ENDPOINT = "localhost:0";

    /** Setting livenessTimeoutMs unless told otherwise. */
    public static final long LIVENESS_TIMEOUT_MS_DEFAULT = 5_000;

    private static final long MIN_LIVENESS_TIMEOUT_MS = 500;
    private static final long MAX_LIVENESS_TIMEOUT_MS = 600_000;
    private static final int MIN_TERM_BYTES = 64 * 1024;
    private static final int MAX_TERM_BYTES = 1024 * 1024 * 1024;
    private static final int DEFAULT_AGENT_TERM_BYTES = 256 * 1024;
    private static final int DEFAULT_SESSION_TERM_BYTES = 512 * 1024;
    /** Aeron takes messages up to this fraction of a term. */
    private static final int TERM_PER_MESSAGE = 8;
    /** What Aeron Cluster puts before each message of a session. */
    private static final int SESSION_HEADER_BYTES = 64;

    private String aeronDirectory = CommonContext.getAeronDirectoryName();
    private String relayEndpoint = DEFAULT_RELAY_ENDPOINT;
    private String agentEndpoint = DEFAULT_LOCAL_ENDPOINT;
    private String clientEndpoint = DEFAULT_LOCAL_ENDPOINT;
    private int agentTermBytes = DEFAULT_AGENT_TERM_BYTES;
    private int sessionTermBytes = DEFAULT_SESSION_TERM_BYTES;
    private long livenessTimeoutMs = LIVENESS_TIMEOUT_MS_DEFAULT;
    private boolean concluded;

    /**
     * Check the settings and their relations.
     *
     * @return this.
     * @throws SettingException when one is wrong.
     */
    public TransportContext conclude() {
        if (concluded) {
            throw new IllegalStateException("concluded already");
        }
        boolean named = aeronDirectory != null && !aeronDirectory.isBlank();
        SettingException.check(named, "aeronDirectory", aeronDirectory, "name the folder of the media driver");
        Endpoint.of("relayEndpoint", relayEndpoint);
        Endpoint.of("agentEndpoint", agentEndpoint);
        Endpoint.of("clientEndpoint", clientEndpoint);
        checkTerm("agentTermBytes", agentTermBytes, Limits.MAX_MESSAGE_BYTES);
        checkTerm("sessionTermBytes", sessionTermBytes, Limits.MAX_MESSAGE_BYTES + SESSION_HEADER_BYTES);
        boolean patient = livenessTimeoutMs >= MIN_LIVENESS_TIMEOUT_MS && livenessTimeoutMs <= MAX_LIVENESS_TIMEOUT_MS;
        SettingException.check(patient, "livenessTimeoutMs", livenessTimeoutMs, "must be from 500 to 600000");
        concluded = true;
        return this;
    }

    private static void checkTerm(String setting, int bytes, int messageBytes) {
        boolean power = Integer.bitCount(bytes) == 1 && bytes >= MIN_TERM_BYTES && bytes <= MAX_TERM_BYTES;
        SettingException.check(power, setting, bytes, "use a power of two from 65536 to 1073741824");
        boolean roomy = bytes / TERM_PER_MESSAGE >= messageBytes;
        SettingException.check(
                roomy, setting, bytes, "must be at least 8 times the longest message of " + messageBytes + " bytes");
    }

    /**
     * Channel from agents to their relay; the relay listens on it.
     *
     * @return the channel.
     */
    public String relayChannel() {
        return udp(relayEndpoint, agentTermBytes);
    }

    /**
     * Channel that an agent listens on for its relay.
     *
     * @return the channel.
     */
    public String agentChannel() {
        return udp(agentEndpoint, agentTermBytes);
    }

    /**
     * Channel for messages to the agent or client that listens at an endpoint.
     *
     * @param endpoint with its port resolved.
     * @return the channel.
     */
    public String channelTo(String endpoint) {
        return udp(endpoint, agentTermBytes);
    }

    /**
     * Channel for answers to whoever names one. Of what it names only the endpoint is used: it cannot make the media
     * driver do anything but send.
     *
     * @param named channel, from outside; its port must be resolved.
     * @return the channel; null when what was named is none of UDP with a host and a port.
     */
    public String channelToNamed(String named) {
        try {
            ChannelUri uri = ChannelUri.parse(named);
            Endpoint endpoint = Endpoint.of("channel", uri.isUdp() ? uri.get("endpoint") : null);
            return endpoint.port() == 0 ? null : channelTo(endpoint.toString());
        } catch (IllegalArgumentException | SettingException ex) {
            return null;
        }
    }

    /**
     * Channel of ingress; Aeron Cluster's client adds the endpoint of each member.
     *
     * @return the channel.
     */
    public String ingressChannel() {
        return session().media(CommonContext.UDP_MEDIA).build();
    }

    /**
     * Channel of ingress for clients that share the master's media driver.
     *
     * @return the channel.
     */
    public String ipcChannel() {
        return session().media(CommonContext.IPC_MEDIA).build();
    }

    /**
     * Channel that a client listens on for what the master sends it.
     *
     * @return the channel.
     */
    public String egressChannel() {
        return session().media(CommonContext.UDP_MEDIA).endpoint(clientEndpoint).build();
    }

    /**
     * Channel that a client listens on for chunks of sandboxes.
     *
     * @return the channel.
     */
    public String sandboxResponseChannel() {
        return udp(clientEndpoint, agentTermBytes);
    }

    private ChannelUriStringBuilder session() {
        return new ChannelUriStringBuilder().termLength(sessionTermBytes);
    }

    private static String udp(String endpoint, int termBytes) {
        return new ChannelUriStringBuilder()
                .media(CommonContext.UDP_MEDIA)
                .endpoint(endpoint)
                .termLength(termBytes)
                .build();
    }

    /**
     * Folder of the media driver.
     *
     * @return the folder.
     */
    public String aeronDirectory() {
        return aeronDirectory;
    }

    /**
     * Set the folder of the media driver.
     *
     * @param directory to use; the default is Aeron's own.
     * @return this.
     */
    public TransportContext aeronDirectory(String directory) {
        aeronDirectory = directory;
        return this;
    }

    /**
     * Where the relay listens for agents.
     *
     * @return host and port.
     */
    public String relayEndpoint() {
        return relayEndpoint;
    }

    /**
     * Set where the relay listens for agents.
     *
     * @param endpoint host and port.
     * @return this.
     */
    public TransportContext relayEndpoint(String endpoint) {
        relayEndpoint = endpoint;
        return this;
    }

    /**
     * Where an agent receives from its relay.
     *
     * @return host and port.
     */
    public String agentEndpoint() {
        return agentEndpoint;
    }

    /**
     * Set where an agent receives from its relay.
     *
     * @param endpoint host and port; port 0 takes a free one.
     * @return this.
     */
    public TransportContext agentEndpoint(String endpoint) {
        agentEndpoint = endpoint;
        return this;
    }

    /**
     * Where a client receives.
     *
     * @return host and port.
     */
    public String clientEndpoint() {
        return clientEndpoint;
    }

    /**
     * Set where a client receives.
     *
     * @param endpoint host and port; port 0 takes a free one.
     * @return this.
     */
    public TransportContext clientEndpoint(String endpoint) {
        clientEndpoint = endpoint;
        return this;
    }

    /**
     * Length of the terms between relays and agents, and between agents and clients; a stream has three.
     *
     * @return bytes.
     */
    public int agentTermBytes() {
        return agentTermBytes;
    }

    /**
     * Set the length of the terms between relays and agents, and between agents and clients.
     *
     * @param bytes a power of two, at least 8 times the longest message.
     * @return this.
     */
    public TransportContext agentTermBytes(int bytes) {
        agentTermBytes = bytes;
        return this;
    }

    /**
     * Length of the terms of ingress and egress; a stream has three.
     *
     * @return bytes.
     */
    public int sessionTermBytes() {
        return sessionTermBytes;
    }

    /**
     * Set the length of the terms of ingress and egress.
     *
     * @param bytes a power of two, above 8 times the longest message.
     * @return this.
     */
    public TransportContext sessionTermBytes(int bytes) {
        sessionTermBytes = bytes;
        return this;
    }

    /**
     * After which silence the other end of a stream counts as gone: how soon a dead agent or relay is noticed.
     *
     * @return milliseconds.
     */
    public long livenessTimeoutMs() {
        return livenessTimeoutMs;
    }

    /**
     * Set after which silence the other end of a stream counts as gone.
     *
     * @param timeoutMs from 500 to 600,000.
     * @return this.
     */
    public TransportContext livenessTimeoutMs(long timeoutMs) {
        livenessTimeoutMs = timeoutMs;
        return this;
    }
}

package io.kernos.master.relay;

import io.kernos.transport.ErrorLog;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.MemberList;
import io.kernos.transport.SettingException;
import io.kernos.transport.TransportContext;
import java.util.concurrent.ThreadLocalRandom;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings of a relay. Fill it in, conclude it once. */
public final class RelayContext {
    /** Setting maxAgents unless told otherwise. */
    public static final int MAX_AGENTS_DEFAULT = 4_096;

    /** Setting maxQueueBytes unless told otherwise. */
    public static final int MAX_QUEUE_BYTES_DEFAULT = 4 * 1024 * 1024;

    /** Setting sessionTimeoutMs unless told otherwise. */
    public static final long SESSION_TIMEOUT_MS_DEFAULT = 5_000;

    private static final Logger LOGGER = LoggerFactory.getLogger(RelayAgent.class);
    private static final int MIN_QUEUE_BYTES = 64 * 1024;
    private static final int MAX_QUEUE_BYTES = 1 << 30;
    private static final int MAX_AGENTS = 65_536;
    private static final int MAX_NAME_CHARACTERS = 255;

    private TransportContext transport = new TransportContext();
    private IdleProfile idleProfile = IdleProfile.ECO;
    private String name = "relay";
    private long relayId = ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE);
    private String ingressEndpoints;
    private int maxAgents = MAX_AGENTS_DEFAULT;
    private int maxQueueBytes = MAX_QUEUE_BYTES_DEFAULT;
    private long sessionTimeoutMs = SESSION_TIMEOUT_MS_DEFAULT;
    private ErrorHandler errorHandler = new ErrorLog(LOGGER);

    /** All defaults. */
    public RelayContext() {}

    /**
     * Check the settings. The transport must be concluded.
     *
     * @return this.
     * @throws SettingException when one is wrong.
     */
    public RelayContext conclude() {
        SettingException.check(relayId > 0, "relayId", relayId, "must be above 0");
        SettingException.check(
                name != null && name.length() <= MAX_NAME_CHARACTERS, "name", name, "use at most 255 characters");
        SettingException.checkRange("maxAgents", maxAgents, 1, MAX_AGENTS);
        boolean sized = BitUtil.isPowerOfTwo(maxQueueBytes)
                && maxQueueBytes >= MIN_QUEUE_BYTES
                && maxQueueBytes <= MAX_QUEUE_BYTES;
        SettingException.check(sized, "maxQueueBytes", maxQueueBytes, "use a power of two from 65536 to 1073741824");
        SettingException.check(sessionTimeoutMs >= 100, "sessionTimeoutMs", sessionTimeoutMs, "use 100 or more");
        return this;
    }

    /**
     * Channels of agents and of the cluster.
     *
     * @return the settings.
     */
    public TransportContext transport() {
        return transport;
    }

    /**
     * Set channels of agents and of the cluster.
     *
     * @param transport the settings.
     * @return this.
     */
    public RelayContext transport(TransportContext transport) {
        this.transport = transport;
        return this;
    }

    /**
     * How the duty cycle idles.
     *
     * @return the profile.
     */
    public IdleProfile idleProfile() {
        return idleProfile;
    }

    /**
     * Set how the duty cycle idles.
     *
     * @param idleProfile the profile.
     * @return this.
     */
    public RelayContext idleProfile(IdleProfile idleProfile) {
        this.idleProfile = idleProfile;
        return this;
    }

    /**
     * What the relay is called in the master's records.
     *
     * @return a name, such as the host.
     */
    public String name() {
        return name;
    }

    /**
     * Set what the relay is called in the master's records.
     *
     * @param name a name, such as the host.
     * @return this.
     */
    public RelayContext name(String name) {
        this.name = name;
        return this;
    }

    /**
     * The relay's own number, one a life of a relay.
     *
     * @return a random number above 0.
     */
    public long relayId() {
        return relayId;
    }

    /**
     * Set the relay's own number, one a life of a relay.
     *
     * @param relayId a random number above 0.
     * @return this.
     */
    public RelayContext relayId(long relayId) {
        this.relayId = relayId;
        return this;
    }

    /**
     * The masters, as {@link MemberList#ingressEndpoints()} gives them.
     *
     * @return the endpoints; null to reach the master through shared memory.
     */
    public String ingressEndpoints() {
        return ingressEndpoints;
    }

    /**
     * Set the masters, as {@link MemberList#ingressEndpoints()} gives them.
     *
     * @param ingressEndpoints the endpoints; null to reach the master through shared memory.
     * @return this.
     */
    public RelayContext ingressEndpoints(String ingressEndpoints) {
        this.ingressEndpoints = ingressEndpoints;
        return this;
    }

    /**
     * Most agents at one time; a connection beyond it is not answered.
     *
     * @return the count.
     */
    public int maxAgents() {
        return maxAgents;
    }

    /**
     * Set most agents at one time; a connection beyond it is not answered.
     *
     * @param maxAgents the count.
     * @return this.
     */
    public RelayContext maxAgents(int maxAgents) {
        this.maxAgents = maxAgents;
        return this;
    }

    /**
     * What may wait for one agent; beyond it the agent is given up and must register again.
     *
     * @return bytes, a power of two.
     */
    public int maxQueueBytes() {
        return maxQueueBytes;
    }

    /**
     * Set what may wait for one agent; beyond it the agent is given up and must register again.
     *
     * @param maxQueueBytes bytes, a power of two.
     * @return this.
     */
    public RelayContext maxQueueBytes(int maxQueueBytes) {
        this.maxQueueBytes = maxQueueBytes;
        return this;
    }

    /**
     * How long the relay tries to reach a master before it begins anew.
     *
     * @return milliseconds.
     */
    public long sessionTimeoutMs() {
        return sessionTimeoutMs;
    }

    /**
     * Set how long the relay tries to reach a master before it begins anew.
     *
     * @param sessionTimeoutMs milliseconds.
     * @return this.
     */
    public RelayContext sessionTimeoutMs(long sessionTimeoutMs) {
        this.sessionTimeoutMs = sessionTimeoutMs;
        return this;
    }

    /**
     * Who is told of errors.
     *
     * @return the handler.
     */
    public ErrorHandler errorHandler() {
        return errorHandler;
    }

    /**
     * Set who is told of errors.
     *
     * @param errorHandler the handler.
     * @return this.
     */
    public RelayContext errorHandler(ErrorHandler errorHandler) {
        this.errorHandler = errorHandler;
        return this;
    }
}

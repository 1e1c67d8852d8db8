package io.kernos.client;

import io.aeron.CommonContext;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.Limits;
import io.kernos.transport.SettingException;
import io.kernos.transport.TransportContext;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * All settings of a session, each with a default but for the way to the cluster: {@link #aeronDirectory} of a master on
 * this machine, {@link #ingressEndpoints} of masters anywhere, or both. {@link #conclude()} fills in and checks; from
 * then on nothing must be changed. Not thread safe.
 */
public final class SessionContext {
    private static final int DELETE = 127;
    private static final String BAD_ROLE =
            "use a name without blanks, '/' or control characters, not '.' or '..', that does not begin with '-'";
    private static final Pattern ENDPOINTS = Pattern.compile("\\d+=[^,=\\s]+:\\d{1,5}(,\\d+=[^,=\\s]+:\\d{1,5})*");

    private String aeronDirectory;
    private String ingressEndpoints;
    private TransportContext transport;
    private String frameworkName = "framework";
    private String role = "*";
    private String user = "";
    private long frameworkId;
    private long failoverTimeoutMs = 60_000;
    private boolean offers;
    private boolean detached;
    private boolean automaticAcknowledgement = true;
    private IdleProfile idleProfile = IdleProfile.BALANCED;
    private long connectTimeoutMs = 5_000;
    private long reconnectMinMs = 50;
    private long reconnectMaxMs = 2_000;
    private int pendingCapacity = 4_096;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private ErrorHandler errorHandler = SessionContext::print;
    private boolean embedsDriver;
    private boolean isConcluded;

    /**
     * Fills in what is not set and checks the whole. May be called again, without effect.
     *
     * @return this.
     * @throws SettingException when a setting is wrong; the message names it, its value and the remedy.
     */
    public SessionContext conclude() {
        if (isConcluded) {
            return this;
        }
        checkWay();
        checkText("frameworkName", frameworkName, true);
        checkText("role", role, true);
        check(!isBadRole(), "role", plain(role), BAD_ROLE);
        checkText("user", user, false);
        check(frameworkId >= 0, "frameworkId", frameworkId, "0 to join anew, or the id to come back as");
        check(failoverTimeoutMs >= 0, "failoverTimeoutMs", failoverTimeoutMs, "use 0 or more milliseconds");
        check(connectTimeoutMs >= 1, "connectTimeoutMs", connectTimeoutMs, "use at least 1 millisecond");
        check(reconnectMinMs >= 1, "reconnectMinMs", reconnectMinMs, "use at least 1 millisecond");
        check(reconnectMaxMs >= reconnectMinMs, "reconnectMaxMs", reconnectMaxMs, "at least reconnectMinMs");
        boolean power = pendingCapacity > 0 && Integer.bitCount(pendingCapacity) == 1;
        check(power, "pendingCapacity", pendingCapacity, "use a power of two");
        Objects.requireNonNull(idleProfile, "idleProfile");
        Objects.requireNonNull(nanoClock, "nanoClock");
        Objects.requireNonNull(errorHandler, "errorHandler");
        if (transport == null) {
            transport = new TransportContext().aeronDirectory(aeronDirectory).conclude();
        }
        isConcluded = true;
        return this;
    }

    private void checkWay() {
        boolean hasDirectory = aeronDirectory != null && !aeronDirectory.isBlank();
        boolean hasEndpoints = ingressEndpoints != null;
        check(
                hasDirectory || hasEndpoints,
                "ingressEndpoints",
                ingressEndpoints,
                "name the masters (0=host:port,1=host:port), or the aeronDirectory of a master on this machine");
        if (hasEndpoints) {
            boolean wellFormed = ENDPOINTS.matcher(ingressEndpoints).matches();
            check(wellFormed, "ingressEndpoints", ingressEndpoints, "write 0=host:port, one for each master");
        }
        embedsDriver = !hasDirectory;
        if (embedsDriver) {
            aeronDirectory = CommonContext.getAeronDirectoryName() + "-client-" + UUID.randomUUID();
        }
    }

    private static void checkText(String setting, String text, boolean needed) {
        check(text != null && (!needed || !text.isBlank()), setting, text, needed ? "must not be empty" : "not null");
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        String remedy = "is " + length + " bytes long, use at most " + Limits.MAX_NAME_BYTES;
        check(length <= Limits.MAX_NAME_BYTES, setting, abbreviated(text), remedy);
        boolean isPlain = text.chars().noneMatch(SessionContext::isControl);
        check(isPlain || setting.equals("role"), setting, plain(text), "use no control characters");
    }

    /** As the master has it, which does not trust that a client has checked. */
    private boolean isBadRole() {
        return role.startsWith("-")
                || role.equals(".")
                || role.equals("..")
                || role.chars().anyMatch(c -> isControl(c) || c == ' ' || c == '/');
    }

    private static boolean isControl(int c) {
        return c < ' ' || c == DELETE;
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String abbreviated(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }

    private static void check(boolean condition, String setting, Object value, String remedy) {
        SettingException.check(condition, setting, value, remedy);
    }

    private static void print(Throwable error) {
        System.getLogger(SessionContext.class.getPackageName())
                .log(System.Logger.Level.WARNING, "the session goes on after an error", error);
    }

    String ingressChannel() {
        return ingressEndpoints == null ? transport.ipcChannel() : transport.ingressChannel();
    }

    String egressChannel() {
        return ingressEndpoints == null ? transport.ipcChannel() : transport.egressChannel();
    }

    boolean embedsDriver() {
        return embedsDriver;
    }

    /**
     * Folder of the media driver to use. Without {@link #ingressEndpoints} the master is reached through it by shared
     * memory; without it a session runs a small driver of its own.
     *
     * @param value the folder.
     * @return this.
     */
    public SessionContext aeronDirectory(String value) {
        aeronDirectory = value;
        return this;
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
     * Where the masters listen for sessions, over UDP.
     *
     * @param value such as {@code 0=localhost:7700}, one for each member, separated by commas.
     * @return this.
     */
    public SessionContext ingressEndpoints(String value) {
        ingressEndpoints = value;
        return this;
    }

    /**
     * Where the masters listen for sessions.
     *
     * @return the endpoints; null for shared memory.
     */
    public String ingressEndpoints() {
        return ingressEndpoints;
    }

    /**
     * Channels and their memory, where the defaults do not fit.
     *
     * @param value concluded.
     * @return this.
     */
    public SessionContext transport(TransportContext value) {
        transport = value;
        return this;
    }

    /**
     * Channels and their memory.
     *
     * @return the settings.
     */
    public TransportContext transport() {
        return transport;
    }

    /**
     * Name of the framework, for people; need not be unique.
     *
     * @param value such as {@code nightly-render}.
     * @return this.
     */
    public SessionContext frameworkName(String value) {
        frameworkName = value;
        return this;
    }

    /**
     * Name of the framework.
     *
     * @return the name.
     */
    public String frameworkName() {
        return frameworkName;
    }

    /**
     * Role under which resources are shared out.
     *
     * @param value the role; {@code *} is everybody's.
     * @return this.
     */
    public SessionContext role(String value) {
        role = value;
        return this;
    }

    /**
     * Role under which resources are shared out.
     *
     * @return the role.
     */
    public String role() {
        return role;
    }

    /**
     * User that tasks run as.
     *
     * @param value its name on the agents; empty: whoever runs the agent.
     * @return this.
     */
    public SessionContext user(String value) {
        user = value;
        return this;
    }

    /**
     * User that tasks run as.
     *
     * @return its name; empty: whoever runs the agent.
     */
    public String user() {
        return user;
    }

    /**
     * Framework to come back as.
     *
     * @param value its id, 0 to join anew.
     * @return this.
     */
    public SessionContext frameworkId(long value) {
        frameworkId = value;
        return this;
    }

    /**
     * Framework to come back as.
     *
     * @return its id, 0 to join anew.
     */
    public long frameworkId() {
        return frameworkId;
    }

    /**
     * How long the tasks wait for the framework after its session is gone.
     *
     * @param value milliseconds, 0 or more.
     * @return this.
     */
    public SessionContext failoverTimeoutMs(long value) {
        failoverTimeoutMs = value;
        return this;
    }

    /**
     * How long the tasks wait for the framework after its session is gone.
     *
     * @return milliseconds.
     */
    public long failoverTimeoutMs() {
        return failoverTimeoutMs;
    }

    /**
     * Whether resources are offered; without it only submits place tasks.
     *
     * @param value true for offers.
     * @return this.
     */
    public SessionContext offers(boolean value) {
        offers = value;
        return this;
    }

    /**
     * Whether resources are offered.
     *
     * @return true for offers.
     */
    public boolean offers() {
        return offers;
    }

    /**
     * Whether the framework may leave while its tasks run on: it completes with its last task.
     *
     * @param value true for a detached framework.
     * @return this.
     */
    public SessionContext detached(boolean value) {
        detached = value;
        return this;
    }

    /**
     * Whether the framework may leave while its tasks run on.
     *
     * @return true for a detached framework.
     */
    public boolean detached() {
        return detached;
    }

    /**
     * Whether an update is acknowledged by itself once the listener returned.
     *
     * @param value false where the framework acknowledges by {@link SchedulerSession#acknowledge}.
     * @return this.
     */
    public SessionContext automaticAcknowledgement(boolean value) {
        automaticAcknowledgement = value;
        return this;
    }

    /**
     * Whether an update is acknowledged by itself.
     *
     * @return true when it is.
     */
    public boolean automaticAcknowledgement() {
        return automaticAcknowledgement;
    }

    /**
     * How threads of this side idle.
     *
     * @param value the profile.
     * @return this.
     */
    public SessionContext idleProfile(IdleProfile value) {
        idleProfile = value;
        return this;
    }

    /**
     * How threads of this side idle.
     *
     * @return the profile.
     */
    public IdleProfile idleProfile() {
        return idleProfile;
    }

    /**
     * How long one attempt to connect, and then to subscribe, may take.
     *
     * @param value milliseconds, 1 at least.
     * @return this.
     */
    public SessionContext connectTimeoutMs(long value) {
        connectTimeoutMs = value;
        return this;
    }

    /**
     * How long one attempt to connect may take.
     *
     * @return milliseconds.
     */
    public long connectTimeoutMs() {
        return connectTimeoutMs;
    }

    /**
     * Pauses between attempts to connect: they double from least to most.
     *
     * @param minMs milliseconds, 1 at least.
     * @param maxMs milliseconds, from minMs up.
     * @return this.
     */
    public SessionContext reconnectMs(long minMs, long maxMs) {
        reconnectMinMs = minMs;
        reconnectMaxMs = maxMs;
        return this;
    }

    /**
     * First pause between attempts to connect.
     *
     * @return milliseconds.
     */
    public long reconnectMinMs() {
        return reconnectMinMs;
    }

    /**
     * Longest pause between attempts to connect.
     *
     * @return milliseconds.
     */
    public long reconnectMaxMs() {
        return reconnectMaxMs;
    }

    /**
     * How many templates and submits may wait for the master's confirmation.
     *
     * @param value a power of two.
     * @return this.
     */
    public SessionContext pendingCapacity(int value) {
        pendingCapacity = value;
        return this;
    }

    /**
     * How many templates and submits may wait for the master's confirmation.
     *
     * @return the count.
     */
    public int pendingCapacity() {
        return pendingCapacity;
    }

    /**
     * Clock for pauses and timeouts.
     *
     * @param value monotonic.
     * @return this.
     */
    public SessionContext nanoClock(NanoClock value) {
        nanoClock = value;
        return this;
    }

    /**
     * Clock for pauses and timeouts.
     *
     * @return the clock.
     */
    public NanoClock nanoClock() {
        return nanoClock;
    }

    /**
     * Takes what the listener throws and what goes wrong beside the session's own affairs.
     *
     * @param value called on the thread that polls; the default logs by {@link System.Logger}.
     * @return this.
     */
    public SessionContext errorHandler(ErrorHandler value) {
        errorHandler = value;
        return this;
    }

    /**
     * Takes what the listener throws.
     *
     * @return the handler.
     */
    public ErrorHandler errorHandler() {
        return errorHandler;
    }
}

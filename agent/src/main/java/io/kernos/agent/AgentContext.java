package io.kernos.agent;

import io.kernos.isolation.ContainerSpec;
import io.kernos.isolation.Containerizer;
import io.kernos.transport.IdleProfile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * All settings of an agent, each with a default. {@link #conclude()} fills in what is discovered and checks the whole;
 * from then on it must not be changed. Not thread safe.
 *
 * <pre>{@code
 * try (AgentNode agent = AgentNode.launch(new AgentContext().workDirectory(Path.of("/var/lib/kernos/agent"))
 *         .relayEndpoints(List.of("relay-1:7710", "relay-2:7710")))) {
 *     new ShutdownSignalBarrier().await();
 * }
 * }</pre>
 */
public final class AgentContext {
    /** Where a relay is looked for when none is named. */
    public static final String DEFAULT_RELAY_ENDPOINT = "localhost:7710";

    /** Value of an amount that is to be discovered. */
    public static final long DISCOVER = -1;

    /** Folder of the supervisor below the work folder. */
    static final String SUPERVISOR_FOLDER = "supervisor";

    private static final Path MEMINFO = Path.of("/proc/meminfo");

    private Path workDirectory;
    private String aeronDirectory;
    private List<String> relayEndpoints = List.of(DEFAULT_RELAY_ENDPOINT);
    private String hostname;
    private String bindHost;
    private String user = "";
    private long cpusMilli = DISCOVER;
    private long memoryBytes = DISCOVER;
    private long diskBytes = DISCOVER;
    private long gpusMilli;
    private int firstPort = 31_000;
    private int lastPort = 32_000;
    private Map<String, String> attributes = new LinkedHashMap<>();
    private long statusRetryMs = 10_000;
    private long statusRetryMaxMs = 600_000;
    private long connectTimeoutMs = 5_000;
    private long reconnectMinMs = 100;
    private long reconnectMaxMs = 5_000;
    private long sandboxMaxAgeMs = 7L * 24 * 3_600_000;
    private int sandboxMaxCount = 10_000;
    private long journalCompactBytes = 16L << 20;
    private int maxTemplates = TemplateTable.MAX_COUNT;
    private long taskPidsMax = ContainerSpec.DEFAULT_PIDS_MAX;
    private IdleProfile idleProfile = IdleProfile.ECO;
    private boolean cgroups = true;
    private boolean namespaces = true;
    private Containerizer containerizer;

    /**
     * Folder of the journal, the sandboxes, the supervisor's socket and the lock. Must be given.
     *
     * @param value made if it is not there; absolute after {@link #conclude()}.
     * @return this.
     */
    public AgentContext workDirectory(Path value) {
        workDirectory = value;
        return this;
    }

    /** {@return folder of the agent's state: as set} */
    public Path workDirectory() {
        return workDirectory;
    }

    /**
     * Folder of a media driver that runs already, so that several parts share one.
     *
     * @param value its path, or null for a driver of the agent's own (the default).
     * @return this.
     */
    public AgentContext aeronDirectory(String value) {
        aeronDirectory = value;
        return this;
    }

    /** {@return folder of the media driver: as set, null for a driver of the agent's own} */
    public String aeronDirectory() {
        return aeronDirectory;
    }

    /**
     * Relays to register through; one at a time, tried in turn.
     *
     * @param value each {@code host:port}, one at least.
     * @return this.
     */
    public AgentContext relayEndpoints(List<String> value) {
        relayEndpoints = List.copyOf(value);
        return this;
    }

    /** {@return relays to register through: each {@code host:port}} */
    public List<String> relayEndpoints() {
        return relayEndpoints;
    }

    /**
     * Name of this machine, as offers tell it.
     *
     * @param value name; null to ask the kernel.
     * @return this.
     */
    public AgentContext hostname(String value) {
        hostname = value;
        return this;
    }

    /** {@return name of this machine: as set or found} */
    public String hostname() {
        return hostname;
    }

    /**
     * Host name or address at which relays and readers of sandboxes reach this agent; it listens there.
     *
     * @param value host; null for {@code localhost} when all relays are on it, else the hostname.
     * @return this.
     */
    public AgentContext bindHost(String value) {
        bindHost = value;
        return this;
    }

    /** {@return where this agent is reached: as set or found} */
    public String bindHost() {
        return bindHost;
    }

    /**
     * Whom tasks run as whose framework names nobody.
     *
     * @param value name of a user; empty for whoever runs the agent.
     * @return this.
     */
    public AgentContext user(String value) {
        user = value;
        return this;
    }

    /** {@return whom tasks run as by default: name of a user; empty for whoever runs the agent} */
    public String user() {
        return user;
    }

    /**
     * Processors to offer.
     *
     * @param value thousandths of a processor, or {@link #DISCOVER}.
     * @return this.
     */
    public AgentContext cpusMilli(long value) {
        cpusMilli = value;
        return this;
    }

    /** {@return processors to offer: thousandths of a processor} */
    public long cpusMilli() {
        return cpusMilli;
    }

    /**
     * Memory to offer.
     *
     * @param value bytes, or {@link #DISCOVER}: what the machine has less a reserve.
     * @return this.
     */
    public AgentContext memoryBytes(long value) {
        memoryBytes = value;
        return this;
    }

    /** {@return memory to offer: bytes} */
    public long memoryBytes() {
        return memoryBytes;
    }

    /**
     * Disk to offer.
     *
     * @param value bytes, or {@link #DISCOVER}: what is free under the work folder less a reserve.
     * @return this.
     */
    public AgentContext diskBytes(long value) {
        diskBytes = value;
        return this;
    }

    /** {@return disk to offer: bytes} */
    public long diskBytes() {
        return diskBytes;
    }

    /**
     * GPUs to offer.
     *
     * @param value thousandths of a GPU; 0, the default, for none.
     * @return this.
     */
    public AgentContext gpusMilli(long value) {
        gpusMilli = value;
        return this;
    }

    /** {@return GPUs to offer: thousandths of a GPU} */
    public long gpusMilli() {
        return gpusMilli;
    }

    /**
     * Ports to offer.
     *
     * @param first 1 to 65,535; 0 for no ports.
     * @param last  from first to 65,535; 0 for no ports.
     * @return this.
     */
    public AgentContext ports(int first, int last) {
        firstPort = first;
        lastPort = last;
        return this;
    }

    /** {@return first port to offer: port, 0 for none} */
    public int firstPort() {
        return firstPort;
    }

    /** {@return last port to offer: port, inclusive, 0 for none} */
    public int lastPort() {
        return lastPort;
    }

    /**
     * What is told of this machine beside its resources. The agent adds {@code os}, {@code kernel}, {@code arch},
     * {@code isolation} and {@code taskUser} where they are not given.
     *
     * @param value names and values.
     * @return this.
     */
    public AgentContext attributes(Map<String, String> value) {
        attributes = new LinkedHashMap<>(value);
        return this;
    }

    /** {@return what is told of this machine beside its resources: names and values} */
    public Map<String, String> attributes() {
        return attributes;
    }

    /**
     * After how long a status that was not acknowledged is sent again, for the first time; each pause doubles.
     *
     * @param value milliseconds, 10 at least.
     * @return this.
     */
    public AgentContext statusRetryMs(long value) {
        statusRetryMs = value;
        return this;
    }

    /** {@return after how long a status is sent again for the first time: milliseconds} */
    public long statusRetryMs() {
        return statusRetryMs;
    }

    /**
     * Longest pause before a status that was not acknowledged is sent once more.
     *
     * @param value milliseconds, {@link #statusRetryMs()} at least.
     * @return this.
     */
    public AgentContext statusRetryMaxMs(long value) {
        statusRetryMaxMs = value;
        return this;
    }

    /** {@return longest pause before a status is sent once more: milliseconds} */
    public long statusRetryMaxMs() {
        return statusRetryMaxMs;
    }

    /**
     * How long one relay is tried before the next.
     *
     * @param value milliseconds, 10 at least.
     * @return this.
     */
    public AgentContext connectTimeoutMs(long value) {
        connectTimeoutMs = value;
        return this;
    }

    /** {@return how long one relay is tried: milliseconds} */
    public long connectTimeoutMs() {
        return connectTimeoutMs;
    }

    /**
     * Pauses between tries to reach a relay: they double from least to most.
     *
     * @param minMs milliseconds, 1 at least.
     * @param maxMs milliseconds, from minMs up.
     * @return this.
     */
    public AgentContext reconnectMs(long minMs, long maxMs) {
        reconnectMinMs = minMs;
        reconnectMaxMs = maxMs;
        return this;
    }

    /** {@return first pause between tries to reach a relay: milliseconds} */
    public long reconnectMinMs() {
        return reconnectMinMs;
    }

    /** {@return longest pause between tries to reach a relay: milliseconds} */
    public long reconnectMaxMs() {
        return reconnectMaxMs;
    }

    /**
     * How long the sandbox of a finished task is kept at most.
     *
     * @param value milliseconds, 0 at least.
     * @return this.
     */
    public AgentContext sandboxMaxAgeMs(long value) {
        sandboxMaxAgeMs = value;
        return this;
    }

    /** {@return how long the sandbox of a finished task is kept: milliseconds} */
    public long sandboxMaxAgeMs() {
        return sandboxMaxAgeMs;
    }

    /**
     * How many sandboxes of finished tasks are kept at most; the oldest go first.
     *
     * @param value count, 0 at least.
     * @return this.
     */
    public AgentContext sandboxMaxCount(int value) {
        sandboxMaxCount = value;
        return this;
    }

    /** {@return how many sandboxes of finished tasks are kept: count} */
    public int sandboxMaxCount() {
        return sandboxMaxCount;
    }

    /**
     * Size from which the journal is written anew with only what still matters.
     *
     * @param value bytes, 65,536 at least.
     * @return this.
     */
    public AgentContext journalCompactBytes(long value) {
        journalCompactBytes = value;
        return this;
    }

    /** {@return size from which the journal is compacted: bytes} */
    public long journalCompactBytes() {
        return journalCompactBytes;
    }

    /**
     * Most processes and threads of one task, where there is a controller of them.
     *
     * @param value count; 0 for no limit.
     * @return this.
     */
    public AgentContext taskPidsMax(long value) {
        taskPidsMax = value;
        return this;
    }

    /** {@return most processes and threads of one task: count, 0 for no limit} */
    public long taskPidsMax() {
        return taskPidsMax;
    }

    /**
     * Most templates that are kept; the one that was not used for longest goes first, and is asked for when needed.
     *
     * @param value count, 1 at least.
     * @return this.
     */
    public AgentContext maxTemplates(int value) {
        maxTemplates = value;
        return this;
    }

    /** {@return how many templates the agent keeps: count} */
    public int maxTemplates() {
        return maxTemplates;
    }

    /**
     * How the agent's thread, and its media driver if it has its own, wait when there is nothing to do.
     *
     * @param value profile.
     * @return this.
     */
    public AgentContext idleProfile(IdleProfile value) {
        idleProfile = value;
        return this;
    }

    /** {@return how the agent's threads wait: profile} */
    public IdleProfile idleProfile() {
        return idleProfile;
    }

    /**
     * Whether tasks get control groups where the machine allows it.
     *
     * @param value true, the default, or false for never.
     * @return this.
     */
    public AgentContext cgroups(boolean value) {
        cgroups = value;
        return this;
    }

    /** {@return whether tasks get control groups: false for never} */
    public boolean cgroups() {
        return cgroups;
    }

    /**
     * Whether tasks get namespaces where the machine allows it.
     *
     * @param value true, the default, or false for never.
     * @return this.
     */
    public AgentContext namespaces(boolean value) {
        namespaces = value;
        return this;
    }

    /** {@return whether tasks get namespaces: false for never} */
    public boolean namespaces() {
        return namespaces;
    }

    /**
     * What starts the containers, in place of the agent's own.
     *
     * @param value used by the agent's thread alone; null, the default, for the agent's own.
     * @return this.
     */
    public AgentContext containerizer(Containerizer value) {
        containerizer = value;
        return this;
    }

    /** {@return what starts the containers: null for the agent's own} */
    public Containerizer containerizer() {
        return containerizer;
    }

    /**
     * Fills in what was left to be discovered and checks each setting. Calling it again changes nothing.
     *
     * @return this.
     * @throws io.kernos.transport.SettingException naming the setting, its value and the remedy.
     */
    public AgentContext conclude() {
        workDirectory = AgentContextCheck.workDirectory(workDirectory);
        AgentContextCheck.relays(relayEndpoints);
        hostname = hostname == null ? HostResources.hostname() : hostname;
        bindHost = AgentContextCheck.bindHost(bindHost, relayEndpoints, hostname);
        cpusMilli = cpusMilli == DISCOVER ? HostResources.cpusMilli() : cpusMilli;
        memoryBytes = memoryBytes == DISCOVER ? HostResources.memoryBytes(MEMINFO) : memoryBytes;
        diskBytes = diskBytes == DISCOVER ? HostResources.diskBytes(workDirectory) : diskBytes;
        attributes.putIfAbsent("os", System.getProperty("os.name").toLowerCase(Locale.ROOT));
        attributes.putIfAbsent("kernel", System.getProperty("os.version"));
        attributes.putIfAbsent("arch", System.getProperty("os.arch"));
        AgentContextCheck.resources(this);
        AgentContextCheck.timing(this);
        AgentContextCheck.attributes(attributes);
        return this;
    }
}

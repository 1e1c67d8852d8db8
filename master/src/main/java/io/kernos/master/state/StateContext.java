package io.kernos.master.state;

import java.util.Objects;

/**
 * The settings of a {@link MasterStateMachine}. All members of a cluster must have the same.
 *
 * <p>A limit costs nothing until it is used: columns grow as objects come.
 */
public final class StateContext {
    /** Setting maxSessions unless told otherwise: sessions of frameworks, operators and relays at one time. */
    public static final int MAX_SESSIONS_DEFAULT = 1_024;

    /** Setting maxRelays unless told otherwise: relays at one time. */
    public static final int MAX_RELAYS_DEFAULT = 256;

    /** Setting maxFrameworks unless told otherwise: frameworks, connected or waiting for their failover timeout. */
    public static final int MAX_FRAMEWORKS_DEFAULT = 8_192;

    /** Setting maxRoles unless told otherwise: roles. */
    public static final int MAX_ROLES_DEFAULT = 4_096;

    /** Setting maxAgents unless told otherwise: agents, connected or waiting for their timeout. */
    public static final int MAX_AGENTS_DEFAULT = 65_536;

    /**
     * Setting maxTasks unless told otherwise: tasks that are placed and not final, or whose last update is not
     * acknowledged.
     */
    public static final int MAX_TASKS_DEFAULT = 1_048_576;

    /** Setting maxTemplates unless told otherwise: templates of tasks, of all frameworks. */
    public static final int MAX_TEMPLATES_DEFAULT = 65_536;

    /** Setting maxTemplateBytes unless told otherwise: bytes of all templates together. */
    public static final long MAX_TEMPLATE_BYTES_DEFAULT = 268_435_456L;

    /** Setting maxOffers unless told otherwise: offers that are out at one time. */
    public static final int MAX_OFFERS_DEFAULT = 262_144;

    /** Setting maxDemands unless told otherwise: submits with tasks that wait to be placed. */
    public static final int MAX_DEMANDS_DEFAULT = 1_048_576;

    /** Setting maxFilters unless told otherwise: filters at one time; beyond it, that of a decline is left out. */
    public static final int MAX_FILTERS_DEFAULT = 1_048_576;

    /** Setting maxPendingTasks unless told otherwise: tasks of all submits that wait to be placed. */
    public static final long MAX_PENDING_TASKS_DEFAULT = 100_000_000L;

    /** Setting unreachableAfterMs unless told otherwise: a task is unreachable so long after its agent is gone. */
    public static final long UNREACHABLE_AFTER_MS_DEFAULT = 15_000L;

    /** Setting agentTimeoutMs unless told otherwise: a disconnected agent has so long to come back. */
    public static final long AGENT_TIMEOUT_MS_DEFAULT = 600_000L;

    /** Setting offerTimeoutMs unless told otherwise: offers may wait for an answer for ever. */
    public static final long OFFER_TIMEOUT_MS_DEFAULT = 0;

    /** Setting maxFailoverTimeoutMs unless told otherwise: longest failover timeout that a framework may ask for. */
    public static final long MAX_FAILOVER_TIMEOUT_MS_DEFAULT = 604_800_000L;

    private int maxSessions = MAX_SESSIONS_DEFAULT;
    private int maxRelays = MAX_RELAYS_DEFAULT;
    private int maxFrameworks = MAX_FRAMEWORKS_DEFAULT;
    private int maxRoles = MAX_ROLES_DEFAULT;
    private int maxAgents = MAX_AGENTS_DEFAULT;
    private int maxTasks = MAX_TASKS_DEFAULT;
    private int maxTemplates = MAX_TEMPLATES_DEFAULT;
    private long maxTemplateBytes = MAX_TEMPLATE_BYTES_DEFAULT;
    private int maxOffers = MAX_OFFERS_DEFAULT;
    private int maxDemands = MAX_DEMANDS_DEFAULT;
    private int maxFilters = MAX_FILTERS_DEFAULT;
    private long maxPendingTasks = MAX_PENDING_TASKS_DEFAULT;
    private long unreachableAfterMs = UNREACHABLE_AFTER_MS_DEFAULT;
    private long agentTimeoutMs = AGENT_TIMEOUT_MS_DEFAULT;
    private long maxFailoverTimeoutMs = MAX_FAILOVER_TIMEOUT_MS_DEFAULT;
    private long offerTimeoutMs = OFFER_TIMEOUT_MS_DEFAULT;
    private boolean projecting = true;
    private Effects effects;
    private Counting counting = (counter, delta) -> {};

    /** All defaults; the effects must be given. */
    public StateContext() {}

    /**
     * Whether what changes is kept for {@link MasterStateMachine#projectChanges}; true unless told otherwise.
     *
     * @param projecting false where there is no read side.
     * @return this, for chaining.
     */
    public StateContext projecting(boolean projecting) {
        this.projecting = projecting;
        return this;
    }

    /**
     * Whether what changes is kept for {@link MasterStateMachine#projectChanges}.
     *
     * @return the setting.
     */
    public boolean projecting() {
        return projecting;
    }

    /**
     * Who carries out the effects.
     *
     * @param effects never null.
     * @return this, for chaining.
     */
    public StateContext effects(Effects effects) {
        this.effects = effects;
        return this;
    }

    /**
     * Who carries out the effects.
     *
     * @return the effects, or null before they are given.
     */
    public Effects effects() {
        return effects;
    }

    /**
     * Where to count; nowhere unless given.
     *
     * @param counting never null.
     * @return this, for chaining.
     */
    public StateContext counting(Counting counting) {
        this.counting = counting;
        return this;
    }

    /**
     * Where to count.
     *
     * @return the counting.
     */
    public Counting counting() {
        return counting;
    }

    /**
     * Most sessions of frameworks, operators and relays at one time.
     *
     * @param maxSessions from 1 to 65,536.
     * @return this, for chaining.
     */
    public StateContext maxSessions(int maxSessions) {
        this.maxSessions = maxSessions;
        return this;
    }

    /**
     * Most sessions of frameworks, operators and relays at one time.
     *
     * @return the setting.
     */
    public int maxSessions() {
        return maxSessions;
    }

    /**
     * Most relays at one time.
     *
     * @param maxRelays from 1 to 4,096.
     * @return this, for chaining.
     */
    public StateContext maxRelays(int maxRelays) {
        this.maxRelays = maxRelays;
        return this;
    }

    /**
     * Most relays at one time.
     *
     * @return the setting.
     */
    public int maxRelays() {
        return maxRelays;
    }

    /**
     * Most frameworks, connected or waiting for their failover timeout.
     *
     * @param maxFrameworks from 1 to 65,536.
     * @return this, for chaining.
     */
    public StateContext maxFrameworks(int maxFrameworks) {
        this.maxFrameworks = maxFrameworks;
        return this;
    }

    /**
     * Most frameworks, connected or waiting for their failover timeout.
     *
     * @return the setting.
     */
    public int maxFrameworks() {
        return maxFrameworks;
    }

    /**
     * Most roles.
     *
     * @param maxRoles from 1 to 65,536.
     * @return this, for chaining.
     */
    public StateContext maxRoles(int maxRoles) {
        this.maxRoles = maxRoles;
        return this;
    }

    /**
     * Most roles.
     *
     * @return the setting.
     */
    public int maxRoles() {
        return maxRoles;
    }

    /**
     * Most agents, connected or waiting for their timeout.
     *
     * @param maxAgents from 1 to 262,144.
     * @return this, for chaining.
     */
    public StateContext maxAgents(int maxAgents) {
        this.maxAgents = maxAgents;
        return this;
    }

    /**
     * Most agents, connected or waiting for their timeout.
     *
     * @return the setting.
     */
    public int maxAgents() {
        return maxAgents;
    }

    /**
     * Most tasks that are placed and not final, or whose last update is not acknowledged.
     *
     * @param maxTasks from 1 to 67,108,864.
     * @return this, for chaining.
     */
    public StateContext maxTasks(int maxTasks) {
        this.maxTasks = maxTasks;
        return this;
    }

    /**
     * Most tasks that are placed and not final, or whose last update is not acknowledged.
     *
     * @return the setting.
     */
    public int maxTasks() {
        return maxTasks;
    }

    /**
     * Most templates of tasks, of all frameworks.
     *
     * @param maxTemplates from 1 to 16,777,216.
     * @return this, for chaining.
     */
    public StateContext maxTemplates(int maxTemplates) {
        this.maxTemplates = maxTemplates;
        return this;
    }

    /**
     * Most templates of tasks, of all frameworks.
     *
     * @return the setting.
     */
    public int maxTemplates() {
        return maxTemplates;
    }

    /**
     * Most bytes of all templates together.
     *
     * @param maxTemplateBytes from 65,536 to 1,099,511,627,776.
     * @return this, for chaining.
     */
    public StateContext maxTemplateBytes(long maxTemplateBytes) {
        this.maxTemplateBytes = maxTemplateBytes;
        return this;
    }

    /**
     * Most bytes of all templates together.
     *
     * @return the setting.
     */
    public long maxTemplateBytes() {
        return maxTemplateBytes;
    }

    /**
     * Most offers that are out at one time.
     *
     * @param maxOffers from 1 to 16,777,216.
     * @return this, for chaining.
     */
    public StateContext maxOffers(int maxOffers) {
        this.maxOffers = maxOffers;
        return this;
    }

    /**
     * Most offers that are out at one time.
     *
     * @return the setting.
     */
    public int maxOffers() {
        return maxOffers;
    }

    /**
     * Most submits with tasks that wait to be placed.
     *
     * @param maxDemands from 1 to 268,435,456.
     * @return this, for chaining.
     */
    public StateContext maxDemands(int maxDemands) {
        this.maxDemands = maxDemands;
        return this;
    }

    /**
     * Most submits with tasks that wait to be placed.
     *
     * @return the setting.
     */
    public int maxDemands() {
        return maxDemands;
    }

    /**
     * Most filters at one time; beyond it, the filter of a decline is left out.
     *
     * @param maxFilters from 1 to 268,435,456.
     * @return this, for chaining.
     */
    public StateContext maxFilters(int maxFilters) {
        this.maxFilters = maxFilters;
        return this;
    }

    /**
     * Most filters at one time; beyond it, the filter of a decline is left out.
     *
     * @return the setting.
     */
    public int maxFilters() {
        return maxFilters;
    }

    /**
     * Most tasks of all submits that wait to be placed.
     *
     * @param maxPendingTasks from 1 to 1,099,511,627,776.
     * @return this, for chaining.
     */
    public StateContext maxPendingTasks(long maxPendingTasks) {
        this.maxPendingTasks = maxPendingTasks;
        return this;
    }

    /**
     * Most tasks of all submits that wait to be placed.
     *
     * @return the setting.
     */
    public long maxPendingTasks() {
        return maxPendingTasks;
    }

    /**
     * How long after its agent is gone a task is called unreachable.
     *
     * @param unreachableAfterMs from 1, below agentTimeoutMs.
     * @return this, for chaining.
     */
    public StateContext unreachableAfterMs(long unreachableAfterMs) {
        this.unreachableAfterMs = unreachableAfterMs;
        return this;
    }

    /**
     * How long after its agent is gone a task is called unreachable.
     *
     * @return the setting.
     */
    public long unreachableAfterMs() {
        return unreachableAfterMs;
    }

    /**
     * How long a disconnected agent has to come back before it is removed.
     *
     * @param agentTimeoutMs from 2 to 86,400,000.
     * @return this, for chaining.
     */
    public StateContext agentTimeoutMs(long agentTimeoutMs) {
        this.agentTimeoutMs = agentTimeoutMs;
        return this;
    }

    /**
     * How long a disconnected agent has to come back before it is removed.
     *
     * @return the setting.
     */
    public long agentTimeoutMs() {
        return agentTimeoutMs;
    }

    /**
     * Longest failover timeout that a framework may ask for.
     *
     * @param maxFailoverTimeoutMs from 0 to 31,536,000,000.
     * @return this, for chaining.
     */
    public StateContext maxFailoverTimeoutMs(long maxFailoverTimeoutMs) {
        this.maxFailoverTimeoutMs = maxFailoverTimeoutMs;
        return this;
    }

    /**
     * Longest failover timeout that a framework may ask for.
     *
     * @return the setting.
     */
    public long maxFailoverTimeoutMs() {
        return maxFailoverTimeoutMs;
    }

    /**
     * How long an offer may wait for an answer before it is rescinded.
     *
     * @param offerTimeoutMs from 0 to 86,400,000; 0 for ever.
     * @return this, for chaining.
     */
    public StateContext offerTimeoutMs(long offerTimeoutMs) {
        this.offerTimeoutMs = offerTimeoutMs;
        return this;
    }

    /**
     * How long an offer may wait for an answer before it is rescinded.
     *
     * @return the setting.
     */
    public long offerTimeoutMs() {
        return offerTimeoutMs;
    }

    /**
     * Checks the settings.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException if a setting is out of its bounds, which names it.
     */
    public StateContext conclude() {
        Objects.requireNonNull(effects, "effects must be given");
        Objects.requireNonNull(counting, "counting must not be null");
        check("maxSessions", maxSessions, 1L, 65_536L);
        check("maxRelays", maxRelays, 1L, 4_096L);
        check("maxFrameworks", maxFrameworks, 1L, 65_536L);
        check("maxRoles", maxRoles, 1L, 65_536L);
        check("maxAgents", maxAgents, 1L, 262_144L);
        check("maxTasks", maxTasks, 1L, 67_108_864L);
        check("maxTemplates", maxTemplates, 1L, 16_777_216L);
        check("maxTemplateBytes", maxTemplateBytes, 65_536L, 1_099_511_627_776L);
        check("maxOffers", maxOffers, 1L, 16_777_216L);
        check("maxDemands", maxDemands, 1L, 268_435_456L);
        check("maxFilters", maxFilters, 1L, 268_435_456L);
        check("maxPendingTasks", maxPendingTasks, 1L, 1_099_511_627_776L);
        check("agentTimeoutMs", agentTimeoutMs, 2L, 86_400_000L);
        check("unreachableAfterMs", unreachableAfterMs, 1L, agentTimeoutMs - 1);
        check("offerTimeoutMs", offerTimeoutMs, 0L, 86_400_000L);
        check("maxFailoverTimeoutMs", maxFailoverTimeoutMs, 0L, 31_536_000_000L);
        return this;
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + "=" + value + " must be from " + least + " to " + most);
        }
    }
}

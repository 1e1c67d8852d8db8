package io.kernos.allocator;

import java.util.Objects;
import java.util.Set;

/** The settings of an {@link Allocator}. Limits bound the dense indices that the caller may use. */
public final class AllocatorContext {
    /** Most agents, unless told otherwise. */
    public static final int MAX_AGENTS_DEFAULT = 65_536;

    /** Most frameworks, unless told otherwise. */
    public static final int MAX_FRAMEWORKS_DEFAULT = 8_192;

    /** Most roles, unless told otherwise. */
    public static final int MAX_ROLES_DEFAULT = 4_096;

    /** Most demands, unless told otherwise. */
    public static final int MAX_DEMANDS_DEFAULT = 1 << 20;

    /** Most filters at one time, unless told otherwise. */
    public static final int MAX_FILTERS_DEFAULT = 1 << 23;

    /** Most traits at one time, unless told otherwise. */
    public static final int MAX_TRAITS_DEFAULT = 1 << 18;

    /** An agent is offered if it has at least so many thousandths of a processor free, or enough memory. */
    public static final long MIN_OFFER_CPUS_MILLI_DEFAULT = 10;

    /** An agent is offered if it has at least so many bytes of memory free, or enough of a processor. */
    public static final long MIN_OFFER_MEMORY_BYTES_DEFAULT = 32L << 20;

    /** The name of the role that may always be used. */
    public static final String DEFAULT_ROLE = "*";

    /** Tasks of one role that may be told to make place for others in a window, unless told otherwise. */
    public static final int PREEMPTION_TASKS_PER_ROLE_DEFAULT = 100;

    /** The length of a window in which tasks that make place are counted, unless told otherwise. */
    public static final long PREEMPTION_WINDOW_MS_DEFAULT = 60_000;

    /** How long a place that is being made is kept, unless told otherwise. */
    public static final long PREEMPTION_HOLD_MS_DEFAULT = 60_000;

    /** For how long a task is expected to run on that takes longer than was expected, unless told otherwise. */
    public static final long OVERRUN_MS_DEFAULT = 60_000;

    private static final int MAX_AGENTS_CEILING = IndexSet.MAX_INDICES;
    private static final int MAX_FRAMEWORKS_CEILING = 1 << 16;
    private static final int MAX_INDEX_CEILING = 1 << 28;

    private int maxAgents = MAX_AGENTS_DEFAULT;
    private int maxFrameworks = MAX_FRAMEWORKS_DEFAULT;
    private int maxRoles = MAX_ROLES_DEFAULT;
    private int maxDemands = MAX_DEMANDS_DEFAULT;
    private int maxTraits = MAX_TRAITS_DEFAULT;
    private boolean keepsGpuAgents;
    private int maxFilters = MAX_FILTERS_DEFAULT;
    private long minOfferCpusMilli = MIN_OFFER_CPUS_MILLI_DEFAULT;
    private long minOfferMemoryBytes = MIN_OFFER_MEMORY_BYTES_DEFAULT;
    private int unfairKinds;
    private String homeRegion = "";
    private Set<String> usableRoles;
    private int preemptionTasksPerRole = PREEMPTION_TASKS_PER_ROLE_DEFAULT;
    private long preemptionWindowMs = PREEMPTION_WINDOW_MS_DEFAULT;
    private long preemptionHoldMs = PREEMPTION_HOLD_MS_DEFAULT;
    private long overrunMs = OVERRUN_MS_DEFAULT;
    private Sorter roleSorter = Sorter.DRF;
    private Sorter frameworkSorter = Sorter.DRF;
    private AllocationHandler handler;

    /** All defaults; the handler must be given. */
    public AllocatorContext() {}

    /**
     * Who takes the decisions.
     *
     * @param handler never null.
     * @return this, for chaining.
     */
    public AllocatorContext handler(AllocationHandler handler) {
        this.handler = handler;
        return this;
    }

    /**
     * Who takes the decisions.
     *
     * @return the handler, or null before it is given.
     */
    public AllocationHandler handler() {
        return handler;
    }

    /**
     * Bounds agentIndex.
     *
     * @param maxAgents agentIndex is below this; from 1 to 262,144.
     * @return this, for chaining.
     */
    public AllocatorContext maxAgents(int maxAgents) {
        this.maxAgents = maxAgents;
        return this;
    }

    /**
     * Bounds agentIndex.
     *
     * @return agentIndex is below this.
     */
    public int maxAgents() {
        return maxAgents;
    }

    /**
     * Bounds frameworkIndex.
     *
     * @param maxFrameworks frameworkIndex is below this; from 1 to 65,536.
     * @return this, for chaining.
     */
    public AllocatorContext maxFrameworks(int maxFrameworks) {
        this.maxFrameworks = maxFrameworks;
        return this;
    }

    /**
     * Bounds frameworkIndex.
     *
     * @return frameworkIndex is below this.
     */
    public int maxFrameworks() {
        return maxFrameworks;
    }

    /**
     * Bounds roleIndex.
     *
     * @param maxRoles roleIndex is below this; from 1 to 65,536.
     * @return this, for chaining.
     */
    public AllocatorContext maxRoles(int maxRoles) {
        this.maxRoles = maxRoles;
        return this;
    }

    /**
     * Bounds roleIndex.
     *
     * @return roleIndex is below this.
     */
    public int maxRoles() {
        return maxRoles;
    }

    /**
     * Bounds demandIndex.
     *
     * @param maxDemands demandIndex is below this; from 1 to 268,435,456.
     * @return this, for chaining.
     */
    public AllocatorContext maxDemands(int maxDemands) {
        this.maxDemands = maxDemands;
        return this;
    }

    /**
     * Bounds demandIndex.
     *
     * @return demandIndex is below this.
     */
    public int maxDemands() {
        return maxDemands;
    }

    /**
     * Bounds traitIndex.
     *
     * @param maxTraits traitIndex is below this; from 1 to 268,435,456.
     * @return this, for chaining.
     */
    public AllocatorContext maxTraits(int maxTraits) {
        this.maxTraits = maxTraits;
        return this;
    }

    /**
     * Bounds traitIndex.
     *
     * @return traitIndex is below this.
     */
    public int maxTraits() {
        return maxTraits;
    }

    /**
     * Whether agents that have graphics processors are offered only to frameworks with
     * {@link Capability#GPU_RESOURCES}. Placements do not heed it.
     *
     * @param keepsGpuAgents false unless told otherwise.
     * @return this, for chaining.
     */
    public AllocatorContext keepsGpuAgents(boolean keepsGpuAgents) {
        this.keepsGpuAgents = keepsGpuAgents;
        return this;
    }

    /**
     * Whether agents that have graphics processors are offered only to frameworks that can use them.
     *
     * @return true if so.
     */
    public boolean keepsGpuAgents() {
        return keepsGpuAgents;
    }

    /**
     * Bounds the filters that are active at one time.
     *
     * @param maxFilters from 1 to 268,435,456; about 50 bytes each where they are used.
     * @return this, for chaining.
     */
    public AllocatorContext maxFilters(int maxFilters) {
        this.maxFilters = maxFilters;
        return this;
    }

    /**
     * Bounds the filters that are active at one time.
     *
     * @return the most filters.
     */
    public int maxFilters() {
        return maxFilters;
    }

    /**
     * The least that is worth an offer: so much of a processor, or so much memory. Placements do not heed it.
     *
     * @param cpusMilli   in thousandths of a processor, from 0.
     * @param memoryBytes from 0.
     * @return this, for chaining.
     */
    public AllocatorContext minOffer(long cpusMilli, long memoryBytes) {
        this.minOfferCpusMilli = cpusMilli;
        this.minOfferMemoryBytes = memoryBytes;
        return this;
    }

    /**
     * The least of a processor that is worth an offer.
     *
     * @return in thousandths.
     */
    public long minOfferCpusMilli() {
        return minOfferCpusMilli;
    }

    /**
     * The least memory that is worth an offer.
     *
     * @return in bytes.
     */
    public long minOfferMemoryBytes() {
        return minOfferMemoryBytes;
    }

    /**
     * Leaves a scalar kind out of shares: who has more of it is not served later.
     *
     * @param kind from 0, below {@link ResourceKinds#MAX_SCALARS}.
     * @return this, for chaining.
     */
    public AllocatorContext excludeFromFairness(int kind) {
        Checks.index("kind", kind, ResourceKinds.MAX_SCALARS);
        unfairKinds |= 1 << kind;
        return this;
    }

    /**
     * Whether a scalar kind is left out of shares.
     *
     * @param kind from 0, below {@link ResourceKinds#MAX_SCALARS}.
     * @return true if it is.
     */
    public boolean isExcludedFromFairness(int kind) {
        return (unfairKinds & 1 << kind) != 0;
    }

    /**
     * The region that all frameworks can use; agents of others are offered to those only that are aware of regions. An
     * agent whose region is not told counts as being in this one.
     *
     * @param homeRegion its name, or "" where there are no regions.
     * @return this, for chaining.
     */
    public AllocatorContext homeRegion(String homeRegion) {
        this.homeRegion = homeRegion;
        return this;
    }

    /**
     * The region that all frameworks can use.
     *
     * @return its name, or "" where there are no regions.
     */
    public String homeRegion() {
        return homeRegion;
    }

    /**
     * The names of the roles that may be used; {@link RoleEvents#mayBeUsed} tells. Each stands for itself alone, not
     * for those below it. {@link #DEFAULT_ROLE} may be used in any case.
     *
     * @param usableRoles copied; null, the default, where every role may be used.
     * @return this, for chaining.
     */
    public AllocatorContext usableRoles(Set<String> usableRoles) {
        this.usableRoles = usableRoles == null ? null : Set.copyOf(usableRoles);
        return this;
    }

    /**
     * The names of the roles that may be used.
     *
     * @return a set that cannot be changed, or null where every role may be used.
     */
    public Set<String> usableRoles() {
        return usableRoles;
    }

    /**
     * Bounds how many tasks of one role may be told to make place for others. Time is cut into windows of equal length.
     *
     * @param tasksPerRole in one window, from 0.
     * @param windowMs     in milliseconds of the caller's time, from 1.
     * @return this, for chaining.
     */
    public AllocatorContext preemptionBudget(int tasksPerRole, long windowMs) {
        this.preemptionTasksPerRole = tasksPerRole;
        this.preemptionWindowMs = windowMs;
        return this;
    }

    /**
     * Bounds how many tasks of one role may be told to make place for others in a window.
     *
     * @return the number of tasks.
     */
    public int preemptionTasksPerRole() {
        return preemptionTasksPerRole;
    }

    /**
     * The length of a window in which tasks that make place are counted.
     *
     * @return in milliseconds.
     */
    public long preemptionWindowMs() {
        return preemptionWindowMs;
    }

    /**
     * How long a place that is being made is kept for who it is made for; then all may have what has come free of it.
     *
     * @param holdMs in milliseconds of the caller's time, from 1.
     * @return this, for chaining.
     */
    public AllocatorContext preemptionHoldMs(long holdMs) {
        this.preemptionHoldMs = holdMs;
        return this;
    }

    /**
     * How long a place that is being made is kept.
     *
     * @return in milliseconds.
     */
    public long preemptionHoldMs() {
        return preemptionHoldMs;
    }

    /**
     * For how long a task is expected to run on that takes longer than was expected; when that is over, as long again.
     *
     * @param overrunMs in milliseconds of the caller's time, from 1 to {@link DemandSpec#MAX_DURATION_MS}.
     * @return this, for chaining.
     */
    public AllocatorContext overrunMs(long overrunMs) {
        this.overrunMs = overrunMs;
        return this;
    }

    /**
     * For how long a task is expected to run on that takes longer than was expected.
     *
     * @return in milliseconds.
     */
    public long overrunMs() {
        return overrunMs;
    }

    /**
     * By what the order of roles among their siblings is decided.
     *
     * @param roleSorter {@link Sorter#DRF} unless told otherwise.
     * @return this, for chaining.
     */
    public AllocatorContext roleSorter(Sorter roleSorter) {
        this.roleSorter = roleSorter;
        return this;
    }

    /**
     * By what the order of roles among their siblings is decided.
     *
     * @return the sorter.
     */
    public Sorter roleSorter() {
        return roleSorter;
    }

    /**
     * By what the order of frameworks in a role is decided.
     *
     * @param frameworkSorter {@link Sorter#DRF} unless told otherwise.
     * @return this, for chaining.
     */
    public AllocatorContext frameworkSorter(Sorter frameworkSorter) {
        this.frameworkSorter = frameworkSorter;
        return this;
    }

    /**
     * By what the order of frameworks in a role is decided.
     *
     * @return the sorter.
     */
    public Sorter frameworkSorter() {
        return frameworkSorter;
    }

    /**
     * Checks the settings and their relations.
     *
     * @return this, for chaining.
     * @throws IllegalArgumentException if a setting is out of its bounds, which names it.
     */
    public AllocatorContext conclude() {
        Objects.requireNonNull(handler, "handler must be given");
        Objects.requireNonNull(homeRegion, "homeRegion must not be null; it is empty where there are no regions");
        Objects.requireNonNull(roleSorter, "roleSorter must not be null; DRF is the default");
        Objects.requireNonNull(frameworkSorter, "frameworkSorter must not be null; DRF is the default");
        checkLimit("maxAgents", maxAgents, MAX_AGENTS_CEILING);
        checkLimit("maxFrameworks", maxFrameworks, MAX_FRAMEWORKS_CEILING);
        checkLimit("maxRoles", maxRoles, MAX_FRAMEWORKS_CEILING);
        checkLimit("maxDemands", maxDemands, MAX_INDEX_CEILING);
        checkLimit("maxTraits", maxTraits, MAX_INDEX_CEILING);
        checkLimit("maxFilters", maxFilters, MAX_INDEX_CEILING);
        Checks.range("preemptionTasksPerRole", preemptionTasksPerRole, 0, Integer.MAX_VALUE);
        Checks.range("preemptionWindowMs", preemptionWindowMs, 1, Long.MAX_VALUE);
        Checks.range("preemptionHoldMs", preemptionHoldMs, 1, Long.MAX_VALUE);
        Checks.range("overrunMs", overrunMs, 1, DemandSpec.MAX_DURATION_MS);
        if (minOfferCpusMilli < 0 || minOfferMemoryBytes < 0) {
            throw new IllegalArgumentException("minOffer cpusMilli=" + minOfferCpusMilli + " memoryBytes="
                    + minOfferMemoryBytes + " must not be negative");
        }
        return this;
    }

    private static void checkLimit(String name, int value, int ceiling) {
        if (value < 1 || value > ceiling) {
            throw new IllegalArgumentException(name + "=" + value + " must be from 1 to " + ceiling);
        }
    }
}

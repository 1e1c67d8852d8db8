package io.kernos.allocator;

import java.util.Arrays;
import java.util.Objects;

/** What a demand asks for. A mutable value that may be used again: the allocator copies what it needs. */
public final class DemandSpec {
    /** The highest priority. */
    public static final int MAX_PRIORITY = 1_000_000;

    /** The longest duration of a task that can be expected: about a hundred years, in milliseconds. */
    public static final long MAX_DURATION_MS = 1L << 42;

    private final Resources perTask = new Resources();
    private long sequence;
    private final int[] any = new int[ResourceKinds.MAX_RANGES];
    private Alignment alignment = Alignment.NONE;
    private int priority;
    private int gang = 1;
    private boolean preemptible;
    private boolean preempting;
    private boolean reserved;
    private long durationMs;
    private long deadlineMs = Allocator.NO_DEADLINE;
    private OfferConstraints constraints;
    private int group = GroupTable.NONE;
    private int maxPerAgent = Integer.MAX_VALUE;
    private int near = GroupTable.NONE;
    private AgentChoice choice = AgentChoice.LOWEST;

    /** Asks for nothing yet, which is refused. */
    public DemandSpec() {}

    /**
     * Asks for nothing again, as a new one.
     *
     * @return this, for chaining.
     */
    public DemandSpec clear() {
        perTask.clear();
        sequence = 0;
        Arrays.fill(any, 0);
        alignment = Alignment.NONE;
        priority = 0;
        constraints = null;
        group = GroupTable.NONE;
        maxPerAgent = Integer.MAX_VALUE;
        near = GroupTable.NONE;
        gang = 1;
        preemptible = false;
        preempting = false;
        reserved = false;
        durationMs = 0;
        deadlineMs = Allocator.NO_DEADLINE;
        choice = AgentChoice.LOWEST;
        return this;
    }

    /**
     * What one task needs.
     *
     * @param perTask copied. Numbers of range kinds are those very numbers.
     * @return this, for chaining.
     */
    public DemandSpec perTask(Resources perTask) {
        this.perTask.copyFrom(perTask);
        return this;
    }

    /**
     * How many ports a task needs besides, any that are free; the lowest are chosen.
     *
     * @param ports from 0.
     * @return this, for chaining.
     */
    public DemandSpec ports(int ports) {
        return any(ResourceKinds.PORTS, ports);
    }

    /**
     * How many numbers of a range kind a task needs besides, any that are free, and has alone: processor cores, say, or
     * graphics processors. The lowest are chosen.
     *
     * @param kind  a range kind.
     * @param count from 0.
     * @return this, for chaining.
     */
    public DemandSpec any(int kind, int count) {
        Checks.index("kind", kind, ResourceKinds.MAX_RANGES);
        any[kind] = count;
        return this;
    }

    /**
     * Whether the numbers that are chosen for a task are to be of one node of the agent, all kinds that its
     * {@link AgentTopology} divides together. On an agent that is not divided this makes no difference.
     *
     * @param alignment {@link Alignment#NONE} by default.
     * @return this, for chaining.
     */
    public DemandSpec align(Alignment alignment) {
        this.alignment = Objects.requireNonNull(alignment, "alignment");
        return this;
    }

    /**
     * Where the demand stands among those of its framework that have its priority.
     *
     * @param sequence the lowest first; from 0.
     * @return this, for chaining.
     */
    public DemandSpec sequence(long sequence) {
        this.sequence = sequence;
        return this;
    }

    /**
     * Where the demand stands among all of its framework. Between frameworks shares alone decide.
     *
     * @param priority the highest first; from 0, the default, to {@link #MAX_PRIORITY}.
     * @return this, for chaining.
     */
    public DemandSpec priority(int priority) {
        this.priority = priority;
        return this;
    }

    /**
     * Which agent is chosen where a task fits several.
     *
     * @param choice {@link AgentChoice#LOWEST} by default.
     * @return this, for chaining.
     */
    public DemandSpec choice(AgentChoice choice) {
        this.choice = Objects.requireNonNull(choice, "choice");
        return this;
    }

    /**
     * Which agents a task may go to.
     *
     * @param constraints that an agent must meet, or null for any agent, as by default.
     * @return this, for chaining.
     */
    public DemandSpec constraints(OfferConstraints constraints) {
        this.constraints = constraints;
        return this;
    }

    /**
     * Keeps the tasks of a group apart: as long as so many of them run on an agent, none of this demand goes there.
     * Demands of one group may have different limits. {@link DemandEvents#ended} must tell when tasks end.
     *
     * @param group       to which the tasks of this demand belong; chosen by the caller, from 0.
     * @param maxPerAgent from 1; {@link Integer#MAX_VALUE} counts tasks and limits nothing.
     * @return this, for chaining.
     */
    public DemandSpec group(int group, int maxPerAgent) {
        this.group = group;
        this.maxPerAgent = maxPerAgent;
        return this;
    }

    /**
     * Puts tasks where those of a group run: none goes to an agent on which none of the group ran when the pass began.
     * Where tasks of the group are placed on an agent that had none, another pass follows.
     *
     * @param near a group, from 0; its tasks are counted as for {@link #group}.
     * @return this, for chaining.
     */
    public DemandSpec near(int near) {
        this.near = near;
        return this;
    }

    /**
     * How many tasks go together: so many are placed in one step, on as many agents as it takes, or none of them.
     *
     * @param gang from 1, the default. Tasks that are too few to make a gang wait for more. Against quotas the tasks of
     *     a gang count each by itself, also where they share a volume.
     * @return this, for chaining.
     */
    public DemandSpec gang(int gang) {
        this.gang = gang;
        return this;
    }

    /**
     * Lets tasks of demands of higher priority, of whatever framework, take the place of those of this demand:
     * {@link AllocationHandler#onPreempted} then tells that they are to end. {@link PreemptionEvents#ended} must tell
     * when tasks end; the demand cannot be removed before they have.
     *
     * @param preemptible false, unless told otherwise; never where tasks are gangs.
     * @return this, for chaining.
     */
    public DemandSpec preemptible(boolean preemptible) {
        this.preemptible = preemptible;
        return this;
    }

    /**
     * Lets tasks of this demand take the place of those of demands of lower priority that are preemptible, when nothing
     * fits otherwise. For a gang place is made for all of its tasks, or for none.
     *
     * @param preempting false, unless told otherwise; never where tasks need special resources.
     * @return this, for chaining.
     */
    public DemandSpec preempting(boolean preempting) {
        this.preempting = preempting;
        return this;
    }

    /**
     * How long each task is expected to take. {@link BackfillEvents#ended} must then tell when tasks end; the demand
     * cannot be removed before they have. A task that takes longer is not disturbed, but may delay others.
     *
     * @param durationMs in milliseconds of the caller's time, to {@link #MAX_DURATION_MS}; 0, the default, where it is
     *     not known.
     * @return this, for chaining.
     */
    public DemandSpec durationMs(long durationMs) {
        this.durationMs = durationMs;
        return this;
    }

    /**
     * Reserves room for the next task of this demand, or the next gang, once it is the first by priority, then
     * sequence, then index, of all such demands: until it starts others get only what does not delay it, as far as is
     * known when running tasks end.
     *
     * @param reserved false, unless told otherwise; never where tasks need special resources or name numbers.
     * @return this, for chaining.
     */
    public DemandSpec reserved(boolean reserved) {
        this.reserved = reserved;
        return this;
    }

    /**
     * When tasks that still wait are given up, which {@link AllocationHandler#onExpired} tells.
     *
     * @param deadlineMs in milliseconds of the caller's time, from 0; {@link Allocator#NO_DEADLINE} by default.
     * @return this, for chaining.
     */
    public DemandSpec deadlineMs(long deadlineMs) {
        this.deadlineMs = deadlineMs;
        return this;
    }

    Resources perTask() {
        return perTask;
    }

    int any(int kind) {
        return any[kind];
    }

    Alignment alignment() {
        return alignment;
    }

    long sequence() {
        return sequence;
    }

    int priority() {
        return priority;
    }

    OfferConstraints constraints() {
        return constraints;
    }

    int group() {
        return group;
    }

    /** The group whose tasks are limited, or none where nothing is. */
    int limitedGroup() {
        return maxPerAgent == Integer.MAX_VALUE ? GroupTable.NONE : group;
    }

    int near() {
        return near;
    }

    int maxPerAgent() {
        return maxPerAgent;
    }

    int gang() {
        return gang;
    }

    boolean isPreemptible() {
        return preemptible;
    }

    boolean mayPreempt() {
        return preempting;
    }

    boolean isReserved() {
        return reserved;
    }

    long durationMs() {
        return durationMs;
    }

    long deadlineMs() {
        return deadlineMs;
    }

    AgentChoice choice() {
        return choice;
    }

    /** Refuses what is out of bounds. */
    void check(int demand) {
        Checks.range("sequence", sequence, 0, Long.MAX_VALUE);
        boolean asks = !perTask.isEmpty();
        for (int kind = 0; kind < any.length; kind++) {
            Checks.range(kind == ResourceKinds.PORTS ? "ports" : "any", any[kind], 0, Integer.MAX_VALUE);
            asks |= any[kind] > 0;
        }
        Checks.range("priority", priority, 0, MAX_PRIORITY);
        Checks.range("group", group, GroupTable.NONE, Integer.MAX_VALUE);
        Checks.range("near", near, GroupTable.NONE, Integer.MAX_VALUE);
        Checks.range("maxPerAgent", maxPerAgent, 1, Integer.MAX_VALUE);
        Checks.range("gang", gang, 1, Integer.MAX_VALUE);
        Checks.range("deadlineMs", deadlineMs, 0, Long.MAX_VALUE);
        Checks.range("durationMs", durationMs, 0, MAX_DURATION_MS);
        checkPreemption(demand);
        if (reserved && (perTask.hasSpecials() || perTask.hasNumbers())) {
            throw new IllegalArgumentException("reserved=true of demandIndex=" + demand
                    + " must be false, as its tasks need special resources or name numbers");
        }
        if (!asks) {
            throw new IllegalArgumentException("perTask of demandIndex=" + demand + " must ask for something");
        }
    }

    private void checkPreemption(int demand) {
        if (preemptible && gang > 1) {
            throw new IllegalArgumentException(
                    "preemptible=true of demandIndex=" + demand + " must be false, as its tasks are gangs");
        }
        if (preempting && perTask.hasSpecials()) {
            throw new IllegalArgumentException(
                    "preempting=true of demandIndex=" + demand + " must be false, as its tasks need special resources");
        }
    }
}

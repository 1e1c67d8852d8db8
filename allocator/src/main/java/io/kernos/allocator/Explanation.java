package io.kernos.allocator;

import java.util.Arrays;

/** Why a demand waits: agents counted by reason, and for two reasons also by kind. Filled by an {@link Explainer}. */
public final class Explanation {
    private static final int REASONS = WaitReason.values().length;

    private final int[] agents = new int[REASONS];
    private final int[][] byScalar = new int[REASONS][ResourceKinds.MAX_SCALARS];
    private final int[][] byRange = new int[REASONS][ResourceKinds.MAX_RANGES];
    private final int[] preemption = new int[PreemptionReason.values().length];
    private int waitingTasks;
    private int claimedTasks;
    private int reservedFor;
    private long reservedFromMs;
    private boolean frameworkActive;
    private final QuotaExplanation quota = new QuotaExplanation();
    private int scheduledAgents;

    /** Nothing explained yet. */
    public Explanation() {}

    /**
     * How many tasks of the demand are not placed.
     *
     * @return the number of tasks; if it is 0 there is nothing to explain.
     */
    public int waitingTasks() {
        return waitingTasks;
    }

    /**
     * How many of them have a place that other tasks are to leave for them.
     *
     * @return the number of tasks, from 0 to all that wait.
     */
    public int claimedTasks() {
        return claimedTasks;
    }

    /**
     * For which demand room is reserved at present: of the agents that are {@link WaitReason#AGENT_RESERVED}, or for
     * this demand itself.
     *
     * @return its index, or {@link BackfillEvents#NO_DEMAND}.
     */
    public int reservedFor() {
        return reservedFor;
    }

    /**
     * When the next step of the demand for which room is reserved is expected to begin.
     *
     * @return in milliseconds, not after now where it fits already; {@link Allocator#NO_DEADLINE} where no room is
     *     reserved.
     */
    public long reservedFromMs() {
        return reservedFromMs;
    }

    /**
     * Whether the framework that asks is active; the demands of others are not served.
     *
     * @return true if it is.
     */
    public boolean isFrameworkActive() {
        return frameworkActive;
    }

    /**
     * Whether the role may get what a task needs, or a whole gang: limits leave it, and it is owed or is not needed for
     * what is owed to others. If not, the demand waits however many agents it fits.
     *
     * @return true if it may.
     */
    public boolean isAllowedByQuota() {
        return quota.isAllowed();
    }

    /**
     * What quotas allow the role, of what a task needs or a whole gang.
     *
     * @return always the same object.
     */
    public QuotaExplanation quota() {
        return quota;
    }

    /**
     * How many agents have a window of maintenance, whatever their reason; that alone keeps nothing from them.
     *
     * @return the number of agents.
     */
    public int scheduledAgents() {
        return scheduledAgents;
    }

    /**
     * How many agents there are with a reason.
     *
     * @param reason of which each agent has exactly one.
     * @return the number of agents.
     */
    public int agents(WaitReason reason) {
        return agents[reason.ordinal()];
    }

    /**
     * How many agents there are where a place for a task can be made, or where that is against it. Only a preempting
     * demand has any.
     *
     * @param reason of which each agent then has exactly one.
     * @return the number of agents.
     */
    public int agents(PreemptionReason reason) {
        return preemption[reason.ordinal()];
    }

    /**
     * How many agents lack a scalar kind. An agent that lacks several counts for each of them.
     *
     * @param reason {@link WaitReason#AGENT_TOO_SMALL} or {@link WaitReason#AGENT_IN_USE}.
     * @param kind   a scalar kind.
     * @return the number of agents that have the reason and too little of the kind.
     */
    public int agentsLackingScalar(WaitReason reason, int kind) {
        return byScalar[reason.ordinal()][kind];
    }

    /**
     * How many agents lack numbers of a range kind. An agent that lacks several kinds counts for each of them.
     *
     * @param reason {@link WaitReason#AGENT_TOO_SMALL} or {@link WaitReason#AGENT_IN_USE}.
     * @param kind   a range kind.
     * @return the number of agents that have the reason and not the numbers of the kind, or too few ports.
     */
    public int agentsLackingRange(WaitReason reason, int kind) {
        return byRange[reason.ordinal()][kind];
    }

    void begin(int tasks, boolean active) {
        waitingTasks = tasks;
        frameworkActive = active;
        scheduledAgents = 0;
        Arrays.fill(agents, 0);
        Arrays.fill(preemption, 0);
        for (int reason = 0; reason < REASONS; reason++) {
            Arrays.fill(byScalar[reason], 0);
            Arrays.fill(byRange[reason], 0);
        }
    }

    void count(PreemptionReason reason) {
        preemption[reason.ordinal()]++;
    }

    void claimedTasks(int tasks) {
        claimedTasks = tasks;
    }

    void reserved(int demand, long fromMs) {
        reservedFor = demand;
        reservedFromMs = fromMs;
    }

    void countScheduled() {
        scheduledAgents++;
    }

    void count(WaitReason reason) {
        agents[reason.ordinal()]++;
    }

    void countScalar(WaitReason reason, int kind) {
        byScalar[reason.ordinal()][kind]++;
    }

    void countRange(WaitReason reason, int kind) {
        byRange[reason.ordinal()][kind]++;
    }
}

package io.kernos.allocator;

/**
 * Divides the resources of agents among frameworks.
 *
 * <p>Events say what changed and only account; {@link #allocate} then decides all that has become possible, and
 * calls the {@link AllocationHandler}. Cost follows what changed, not what there is.
 *
 * <p><b>The rule.</b> Contenders are the active frameworks that have a demand with tasks to place, or that are not
 * suppressed. Again and again, the contender that has least takes one step, until none can take one. Least is: the
 * role with the lowest share, from the top of the tree down, and in it the framework with the lowest share. A step is
 * <ol>
 *   <li>one task of its first demand, in order of (sequence, demandIndex), that fits an agent, on the agent with the
 *       lowest index that it fits; if there is none, and it is not suppressed,
 *   <li>an offer of all that is free on the agent with the lowest index that has the minimum worth an offer and that
 *       the framework has no filter on.
 * </ol>
 * So who has least acts first; with one framework its demands go before its offers; and between frameworks neither
 * way of asking has a privilege. Steps on one agent of one demand that follow each other are reported as one.
 *
 * <p><b>Shares.</b> A share is the largest, over scalar kinds of which the cluster has any and which are not excluded
 * from fairness, of
 * {@code (double) allocated * 1000 / ((double) total * weightMilli)}, evaluated in that order in IEEE doubles, where
 * allocated is what is offered to and used by the role with all below it, or by the framework, total is the sum over
 * all agents that were added, and weightMilli is that of the role, or 1000 for a framework. Equal shares are ordered by
 * index, the lowest first. Ranges do not count.
 *
 * <p><b>By lot.</b> Where the context says so, who acts first among sibling roles, or among the frameworks of a role,
 * is not decided by shares but drawn anew for each step; see {@link Sorter}.
 *
 * <p><b>Roles</b> are a tree. Of siblings the one with the lowest share acts first, and in it the same is asked of its
 * children. Where a role has children and frameworks of its own, those frameworks are one more child of weight 1000,
 * which has the share of what they hold; of equal shares it comes first.
 *
 * <p><b>Indices</b> are dense, chosen by the caller, below the limits of the {@link AllocatorContext}, and may be used
 * again once removed. A frameworkIndex stands for one framework in one role; a framework that subscribes to several
 * roles has one for each.
 *
 * <p><b>No hidden state.</b> What is decided is a function of what was added and is still there. An allocator to
 * which the same roles, frameworks, agents, used and offered resources, filters and demands are added, in any order,
 * with the same indices and sequences, decides the same.
 *
 * <p>Errors of the caller, such as an index that is unknown or an amount that was never granted, are answered with
 * {@link IllegalStateException} or {@link IllegalArgumentException} and change nothing. An {@link Explainer} tells why
 * a demand waits. Not thread safe.
 */
public final class Allocator {
    /** The weight of a role that has none of its own: one, in thousandths. */
    public static final long WEIGHT_MILLI_DEFAULT = 1_000;

    /** The largest weight of a role, in thousandths. */
    public static final long WEIGHT_MILLI_MAX = 1_000_000_000;

    /** A role has at most so many roles above it, itself included. */
    public static final int MAX_ROLE_DEPTH = 32;

    /** What {@link #nextDeadlineMs} returns when nothing waits for time to pass. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final int RUN_SHIFT = 48;

    final Parts parts;
    private final RoleEvents roles;
    private final QuotaEvents quotas;
    private final FrameworkEvents frameworks;
    private final AgentEvents agents;
    private final GrantEvents grants;
    private final FilterEvents filters;
    private final DemandEvents demands;
    private final OperationEvents operations;
    private final MaintenanceEvents maintenance;
    private final PreemptionEvents preemption;
    private final BackfillEvents backfill;

    /**
     * An allocator with nothing in it.
     *
     * @param context the settings; they are concluded here.
     */
    public Allocator(AllocatorContext context) {
        parts = new Parts(context.conclude());
        roles = new RoleEvents(parts);
        quotas = new QuotaEvents(parts);
        frameworks = new FrameworkEvents(parts);
        agents = new AgentEvents(parts);
        grants = new GrantEvents(parts);
        filters = new FilterEvents(parts);
        demands = new DemandEvents(parts);
        operations = new OperationEvents(parts);
        maintenance = new MaintenanceEvents(parts);
        preemption = new PreemptionEvents(parts);
        backfill = new BackfillEvents(parts);
    }

    /**
     * The events of roles.
     *
     * @return always the same one.
     */
    public RoleEvents roles() {
        return roles;
    }

    /**
     * The events of tasks whose place others may take, and of the places that are being made.
     *
     * @return always the same one.
     */
    public PreemptionEvents preemption() {
        return preemption;
    }

    /**
     * The events of tasks that are expected to end, and the room that is reserved by that.
     *
     * @return always the same one.
     */
    public BackfillEvents backfill() {
        return backfill;
    }

    /**
     * The operations on resources.
     *
     * @return always the same one.
     */
    public OperationEvents operations() {
        return operations;
    }

    /**
     * What makes resources special.
     *
     * @return always the same one.
     */
    public Traits traits() {
        return parts.traits;
    }

    /**
     * The events of quotas.
     *
     * @return always the same one.
     */
    public QuotaEvents quotas() {
        return quotas;
    }

    /**
     * The events of frameworks.
     *
     * @return always the same one.
     */
    public FrameworkEvents frameworks() {
        return frameworks;
    }

    /**
     * The events of agents.
     *
     * @return always the same one.
     */
    public AgentEvents agents() {
        return agents;
    }

    /**
     * The events of what was granted.
     *
     * @return always the same one.
     */
    public GrantEvents grants() {
        return grants;
    }

    /**
     * The events of filters.
     *
     * @return always the same one.
     */
    public FilterEvents filters() {
        return filters;
    }

    /**
     * The events of demands.
     *
     * @return always the same one.
     */
    public DemandEvents demands() {
        return demands;
    }

    /**
     * The events of maintenance.
     *
     * @return always the same one.
     */
    public MaintenanceEvents maintenance() {
        return maintenance;
    }

    /**
     * Ends the filters and claims whose time has come and the window of the preemption budget, gives up the demands
     * whose deadline has come, and expects tasks to run on that are overdue, where room is reserved.
     * {@link #allocate} does so too.
     *
     * @param nowMs the time; never lower than before.
     * @return how many of them there were; if any, {@link #allocate} may find something to decide.
     */
    public int advanceTime(long nowMs) {
        int ended = parts.filters.expire(nowMs) + parts.maintenance.expire(nowMs);
        return ended + parts.preemption.advance(nowMs) + parts.backfill.advance(nowMs) + parts.expiry.expire(nowMs);
    }

    /**
     * The time at which {@link #advanceTime} next has something to do.
     *
     * @return in milliseconds, or {@link #NO_DEADLINE}.
     */
    public long nextDeadlineMs() {
        long ofFiltersMs =
                Math.min(parts.filters.earliestMs(), parts.maintenance.offers().earliestMs());
        long ofTasksMs = Math.min(parts.preemption.nextDeadlineMs(), parts.backfill.nextDeadlineMs());
        return Math.min(ofFiltersMs, Math.min(parts.demands.earliestDeadlineMs(), ofTasksMs));
    }

    /**
     * Decides all that has become possible, and calls the handler for each decision. Costs next to nothing when nothing
     * has changed. Where lots are drawn, the time is the seed.
     *
     * @param nowMs the time; never lower than before.
     * @return how many times the handler was called.
     */
    public int allocate(long nowMs) {
        return allocate(nowMs, nowMs);
    }

    /**
     * Decides all that has become possible, and calls the handler for each decision.
     *
     * @param nowMs the time; never lower than before.
     * @param seed  from which lots are drawn where a {@link Sorter} is {@link Sorter#RANDOM}; any number, another each
     *              time. Else it has no effect.
     * @return how many times the handler was called.
     */
    public int allocate(long nowMs, long seed) {
        parts.filters.expire(nowMs);
        parts.maintenance.expire(nowMs);
        parts.preemption.advance(nowMs);
        parts.backfill.advance(nowMs);
        int told = parts.expiry.expire(nowMs) + parts.preemption.settle();
        boolean mayGoOn = true;
        for (long run = 0; mayGoOn; run++) {
            told += parts.pass.run(seed + (run << RUN_SHIFT));
            mayGoOn = parts.preemption.decide(nowMs) > 0;
            told += mayGoOn ? parts.preemption.settle() : 0;
        }
        return told + parts.preemption.takeTold() + parts.maintenance.run();
    }

    /**
     * Checks every invariant against the others: on each agent free, offered and used make up the total; what is
     * granted to frameworks, to roles and on agents agrees; orders, sets and indexes agree with what they index.
     * Takes time in proportion to everything there is.
     *
     * @throws IllegalStateException naming what disagrees, which is a bug in the allocator.
     */
    public void verify() {
        new Verifier(parts).verify();
    }
}

package io.kernos.allocator;

/**
 * Divides the resources of agents among frameworks.
 *
 * <p>Events say what changed and only account; {@link #allocate} then decides all that has become possible, and
 * calls the {@link AllocationHandler}. Cost follows what changed, not what there is.
 *
 * <p><b>The rule.</b> Contenders are the active frameworks that have a demand with tasks to place, or that are not
 * suppressed. Again and again, the contender that has least takes one step, until none can take one. Least is: the
 * role with the lowest share, and in it the framework with the lowest share. A step is
 * <ol>
 *   <li>one task of its first demand, in order of (sequence, demandIndex), that fits an agent, on the agent with the
 *       lowest index that it fits; if there is none, and it is not suppressed,
 *   <li>an offer of all that is free on the agent with the lowest index that has the minimum worth an offer and that
 *       the framework has no filter on.
 * </ol>
 * So who has least acts first; with one framework its demands go before its offers; and between frameworks neither
 * way of asking has a privilege. Steps on one agent of one demand that follow each other are reported as one.
 *
 * <p><b>Shares.</b> A share is the largest, over scalar kinds of which the cluster has any, of
 * {@code (double) allocated * 1000 / ((double) total * weightMilli)}, evaluated in that order in IEEE doubles, where
 * allocated is what is offered to and used by the role or framework, total is the sum over all agents that were added,
 * and weightMilli is that of the role, or 1000 for a framework. Equal shares are ordered by index, the lowest first.
 * Ranges do not count.
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

    /** What {@link #nextDeadlineMs} returns when nothing waits for time to pass. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private final ClusterTotals cluster = new ClusterTotals();
    final AgentTable agents;
    private final RoleTable roles;
    final FrameworkTable frameworks;
    final DemandTable demands;
    private final FilterTable filters;
    private final Contenders contenders;
    private final Ledger ledger;
    private final Policies policies;
    private final AllocationPass pass;

    /**
     * An allocator with nothing in it.
     *
     * @param context the settings; they are concluded here.
     */
    public Allocator(AllocatorContext context) {
        context.conclude();
        agents = new AgentTable(context, new OfferMinimum(context), cluster);
        roles = new RoleTable(context);
        frameworks = new FrameworkTable(context);
        demands = new DemandTable(context);
        filters = new FilterTable(context);
        contenders = new Contenders(cluster, roles, frameworks);
        ledger = new Ledger(cluster, agents, frameworks, roles, contenders);
        policies = new Policies(new FirstFit(agents, demands), filters, frameworks, demands);
        pass = new AllocationPass(context.handler(), agents, frameworks, demands, contenders, ledger, policies);
    }

    /**
     * Adds a role.
     *
     * @param roleIndex   not in use.
     * @param weightMilli from 1 to {@link #WEIGHT_MILLI_MAX}, in thousandths.
     */
    public void addRole(int roleIndex, long weightMilli) {
        roles.requireNew(roleIndex);
        Checks.range("weightMilli", weightMilli, 1, WEIGHT_MILLI_MAX);
        roles.add(roleIndex, weightMilli);
    }

    /**
     * Changes the weight of a role.
     *
     * @param roleIndex   a role.
     * @param weightMilli from 1 to {@link #WEIGHT_MILLI_MAX}, in thousandths.
     */
    public void updateWeight(int roleIndex, long weightMilli) {
        roles.require(roleIndex);
        Checks.range("weightMilli", weightMilli, 1, WEIGHT_MILLI_MAX);
        roles.weight(roleIndex, weightMilli);
        contenders.onRoleShareChanged(roleIndex);
    }

    /**
     * Removes a role.
     *
     * @param roleIndex a role without frameworks.
     */
    public void removeRole(int roleIndex) {
        roles.require(roleIndex);
        roles.requireNoFrameworks(roleIndex);
        roles.remove(roleIndex);
    }

    /**
     * Adds a framework, active and not suppressed.
     *
     * @param frameworkIndex not in use.
     * @param roleIndex      the role that it gets resources for.
     */
    public void addFramework(int frameworkIndex, int roleIndex) {
        roles.require(roleIndex);
        frameworks.requireNew(frameworkIndex);
        frameworks.add(frameworkIndex, roleIndex);
        roles.countFrameworks(roleIndex, 1);
        onWillingnessChanged(frameworkIndex);
    }

    /**
     * Removes a framework, with its filters and demands. All it was granted must have been recovered.
     *
     * @param frameworkIndex a framework that holds nothing.
     */
    public void removeFramework(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        frameworks.requireHoldsNothing(frameworkIndex);
        contenders.update(frameworkIndex, false);
        filters.clearFramework(frameworkIndex, agents);
        demands.removeAllOf(frameworkIndex);
        roles.countFrameworks(frameworks.role(frameworkIndex), -1);
        frameworks.remove(frameworkIndex);
    }

    /**
     * Lets a framework get resources (again). It is active when added. No effect on one that is active.
     *
     * @param frameworkIndex a framework.
     */
    public void activateFramework(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        if (!frameworks.isActive(frameworkIndex)) {
            frameworks.active(frameworkIndex, true);
            demands.markAllFresh(frameworkIndex);
            onWillingnessChanged(frameworkIndex);
        }
    }

    /**
     * Keeps a framework, such as a disconnected one, from getting anything; it keeps what it has, its filters and its
     * demands.
     *
     * @param frameworkIndex a framework.
     */
    public void deactivateFramework(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        frameworks.active(frameworkIndex, false);
        onWillingnessChanged(frameworkIndex);
    }

    /**
     * Makes no more offers to a framework. Its demands are still served.
     *
     * @param frameworkIndex a framework.
     */
    public void suppress(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        frameworks.suppressed(frameworkIndex, true);
        onWillingnessChanged(frameworkIndex);
    }

    /**
     * Makes offers to a framework again, and removes all its filters.
     *
     * @param frameworkIndex a framework, suppressed or not.
     */
    public void revive(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        filters.clearFramework(frameworkIndex, agents);
        if (frameworks.isSuppressed(frameworkIndex)) {
            frameworks.suppressed(frameworkIndex, false);
            onWillingnessChanged(frameworkIndex);
        }
    }

    /**
     * Adds an agent, active, with everything free.
     *
     * @param agentIndex not in use.
     * @param total      all that it has; copied.
     */
    public void addAgent(int agentIndex, Resources total) {
        agents.requireNew(agentIndex);
        cluster.checkTotal(total);
        agents.add(agentIndex, total);
    }

    /**
     * Changes what an agent has. Where it then has less of a scalar than is allocated, or lacks a number that is, it is
     * overcommitted: nothing more is given there until enough is recovered.
     *
     * @param agentIndex an agent.
     * @param total      all that it has now; copied.
     */
    public void updateTotal(int agentIndex, Resources total) {
        agents.require(agentIndex);
        agents.checkTotal(agentIndex, total);
        agents.updateTotal(agentIndex, total);
    }

    /**
     * Removes an agent and the filters on it. All that was granted there must have been recovered.
     *
     * @param agentIndex an agent of which nothing is allocated.
     */
    public void removeAgent(int agentIndex) {
        agents.require(agentIndex);
        agents.requireNothingAllocated(agentIndex);
        filters.clearAgent(agentIndex);
        agents.remove(agentIndex);
    }

    /**
     * Says whether anything may be given on an agent. What is allocated there stays so, and the agent counts in the
     * total of the cluster either way.
     *
     * @param agentIndex an agent, active when added.
     * @param active     whether to give from now on.
     */
    public void setAgentActive(int agentIndex, boolean active) {
        agents.require(agentIndex);
        if (agents.isActive(agentIndex) != active) {
            agents.active(agentIndex, active);
        }
    }

    /**
     * Accounts resources that are used already, as after a snapshot was loaded or an agent came back. More of a scalar
     * than is free may be added, which overcommits the agent.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex a framework.
     * @param used           what it uses; numbers of range kinds must not be allocated there already.
     */
    public void addUsed(int agentIndex, int frameworkIndex, Resources used) {
        ledger.restore(Account.USED, agentIndex, frameworkIndex, used);
    }

    /**
     * Accounts resources that are offered already, as after a snapshot was loaded.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex a framework.
     * @param offered        what it was offered; numbers of range kinds must not be allocated there already.
     */
    public void addOffered(int agentIndex, int frameworkIndex, Resources offered) {
        ledger.restore(Account.OFFERED, agentIndex, frameworkIndex, offered);
    }

    /**
     * Turns offered resources into used ones: the offer was accepted.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex the framework to which they were offered.
     * @param used           part of what is offered.
     */
    public void use(int agentIndex, int frameworkIndex, Resources used) {
        ledger.moveGranted(Account.OFFERED, Account.USED, agentIndex, frameworkIndex, used);
    }

    /**
     * Frees offered resources: the offer was declined or rescinded, or accepted in part.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex the framework to which they were offered.
     * @param offered        part of what is offered.
     */
    public void recoverOffered(int agentIndex, int frameworkIndex, Resources offered) {
        ledger.moveGranted(Account.OFFERED, Account.FREE, agentIndex, frameworkIndex, offered);
    }

    /**
     * Frees used resources: a task ended.
     *
     * @param agentIndex     an agent.
     * @param frameworkIndex the framework that used them.
     * @param used           part of what is used.
     */
    public void recoverUsed(int agentIndex, int frameworkIndex, Resources used) {
        ledger.moveGranted(Account.USED, Account.FREE, agentIndex, frameworkIndex, used);
    }

    /**
     * Makes no offers of an agent to a framework until a time. Of two filters for the same pair the later end counts.
     * Placements do not heed filters.
     *
     * @param frameworkIndex a framework.
     * @param agentIndex     an agent.
     * @param untilMs        when the filter ends; it has ended for {@link #allocate} and {@link #advanceTime} at that
     *                       time.
     * @return false if there are as many filters as the context allows, and this one was not added.
     */
    public boolean filter(int frameworkIndex, int agentIndex, long untilMs) {
        frameworks.require(frameworkIndex);
        agents.require(agentIndex);
        return filters.add(frameworkIndex, agentIndex, untilMs);
    }

    /**
     * Shows all active filters, in no particular order.
     *
     * @param handler called for each; must not call the allocator's events.
     */
    public void forEachFilter(FilterHandler handler) {
        filters.forEach(handler);
    }

    /**
     * Adds a demand: equal tasks that the allocator is to place by itself. It stays known, though it may have nothing
     * left to place, until it is removed.
     *
     * @param demandIndex    not in use.
     * @param frameworkIndex who asks.
     * @param sequence       the demands of a framework are served in ascending order of it; from 0.
     * @param perTask        what one task needs; copied. Numbers of range kinds are those very numbers.
     * @param ports          how many ports a task needs besides, any that are free; the lowest are chosen.
     * @param tasks          how many tasks, from 0.
     */
    public void addDemand(int demandIndex, int frameworkIndex, long sequence, Resources perTask, int ports, int tasks) {
        demands.requireNew(demandIndex);
        frameworks.require(frameworkIndex);
        Checks.range("sequence", sequence, 0, Long.MAX_VALUE);
        Checks.range("ports", ports, 0, Resources.MAX_SCALAR);
        Checks.range("tasks", tasks, 0, Integer.MAX_VALUE);
        if (perTask.isEmpty() && ports == 0) {
            throw new IllegalArgumentException("perTask of demandIndex=" + demandIndex + " must ask for something");
        }
        demands.add(demandIndex, frameworkIndex, sequence, perTask, ports);
        changeDemand(demandIndex, tasks);
    }

    /**
     * Adds tasks to a demand.
     *
     * @param demandIndex a demand.
     * @param tasks       how many more to place, from 0.
     */
    public void growDemand(int demandIndex, int tasks) {
        demands.require(demandIndex);
        Checks.range("tasks", tasks, 0, Integer.MAX_VALUE - demands.waiting(demandIndex));
        changeDemand(demandIndex, tasks);
    }

    /**
     * Takes tasks off a demand.
     *
     * @param demandIndex a demand.
     * @param tasks       how many fewer to place, from 0 to {@link #waitingTasks}.
     */
    public void reduceDemand(int demandIndex, int tasks) {
        demands.require(demandIndex);
        Checks.range("tasks", tasks, 0, demands.waiting(demandIndex));
        changeDemand(demandIndex, -tasks);
    }

    /**
     * Removes a demand; tasks that were placed keep what they have.
     *
     * @param demandIndex a demand.
     */
    public void removeDemand(int demandIndex) {
        demands.require(demandIndex);
        int framework = demands.framework(demandIndex);
        demands.remove(demandIndex);
        contenders.update(framework, policies.mayContend(framework));
    }

    /**
     * How many tasks of a demand are not placed yet.
     *
     * @param demandIndex a demand.
     * @return the number of tasks.
     */
    public int waitingTasks(int demandIndex) {
        demands.require(demandIndex);
        return demands.waiting(demandIndex);
    }

    /**
     * Ends the filters whose time has come. {@link #allocate} does so too.
     *
     * @param nowMs the time; never lower than before.
     * @return how many filters ended; if any did, {@link #allocate} may find something to decide.
     */
    public int advanceTime(long nowMs) {
        return filters.expire(nowMs, agents);
    }

    /**
     * The time at which {@link #advanceTime} next has something to do.
     *
     * @return in milliseconds, or {@link #NO_DEADLINE}.
     */
    public long nextDeadlineMs() {
        return filters.earliestMs();
    }

    /**
     * Decides all that has become possible, and calls the handler for each decision. Costs next to nothing when nothing
     * has changed.
     *
     * @param nowMs the time; never lower than before.
     * @return how many times the handler was called.
     */
    public int allocate(long nowMs) {
        filters.expire(nowMs, agents);
        return pass.run();
    }

    /**
     * The share of a role, as the order sees it.
     *
     * @param roleIndex a role.
     * @return the share, from 0.
     */
    public double roleShare(int roleIndex) {
        roles.require(roleIndex);
        return roles.share(roleIndex, cluster);
    }

    /**
     * The share of a framework, as the order sees it.
     *
     * @param frameworkIndex a framework.
     * @return the share, from 0.
     */
    public double frameworkShare(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        return frameworks.share(frameworkIndex, cluster);
    }

    /**
     * Copies what is free on an agent; of an overcommitted kind that is nothing.
     *
     * @param agentIndex an agent.
     * @param into       where to.
     */
    public void freeOf(int agentIndex, Resources into) {
        agents.require(agentIndex);
        agents.copyFree(agentIndex, into);
    }

    /**
     * Whether all of some resources is free on an agent.
     *
     * @param agentIndex an agent, active or not.
     * @param resources  to look for.
     * @return true if they are free, and the agent is not overcommitted.
     */
    public boolean isFree(int agentIndex, Resources resources) {
        agents.require(agentIndex);
        return !agents.isOvercommitted(agentIndex) && agents.covers(agentIndex, Account.FREE, resources);
    }

    /**
     * Checks every invariant against the others: on each agent free, offered and used make up the total; what is
     * granted to frameworks, to roles and on agents agrees; orders, sets and indexes agree with what they index.
     * Takes time in proportion to everything there is.
     *
     * @throws IllegalStateException naming what disagrees, which is a bug in the allocator.
     */
    public void verify() {
        new Verifier(cluster, agents, roles, frameworks, demands, filters, contenders, policies).verify();
    }

    private void onWillingnessChanged(int framework) {
        contenders.update(framework, policies.mayContend(framework));
        if (frameworks.willing().contains(framework)) {
            agents.changed().addAll(agents.offerable());
        }
    }

    private void changeDemand(int demand, int tasks) {
        demands.change(demand, tasks);
        int framework = demands.framework(demand);
        contenders.update(framework, policies.mayContend(framework));
    }
}

package io.kernos.allocator;

/** The agents: what each has, in which account it is, and which of them have changed since the last pass. */
final class AgentTable {
    private static final byte ABSENT = 0;
    private static final byte ACTIVE = 1;
    private static final byte OVERCOMMITTED = Byte.MIN_VALUE;

    private final int maxAgents;
    private final OfferMinimum minimum;
    private final ClusterTotals cluster;
    private final SpecialTable specials;
    private final AccountTable accounts = new AccountTable();
    private final ScalarTable free = accounts.free();
    private final CapacityIndex capacity = new CapacityIndex(free);
    private final AgentWatch watch = new AgentWatch();
    private final FreeOrder freeOrder = new FreeOrder(free);
    private final Headroom headroom = new Headroom(this);
    private final IndexSet changed = new IndexSet();
    private final IndexSet offerable = new IndexSet();
    private byte[] states = new byte[0];
    private AgentTopology[] topologies = new AgentTopology[0];
    private int bound;

    AgentTable(AllocatorContext context, OfferMinimum minimum, ClusterTotals cluster, SpecialTable specials) {
        this.maxAgents = context.maxAgents();
        this.minimum = minimum;
        this.cluster = cluster;
        this.specials = specials;
    }

    /** Every index from here on was never in use. */
    int bound() {
        return bound;
    }

    /** Every scalar kind of what agents may give that counts against quotas is below this. */
    int givableKinds() {
        return Math.max(free.kinds(), ResourceKinds.DISK + 1);
    }

    /** What an agent has free of a scalar kind that counts against quotas when it is had. */
    long givableUnderQuotas(int agent, int kind) {
        return free.at(agent, kind) + specials.chargedFree(agent, kind);
    }

    Headroom headroom() {
        return headroom;
    }

    CapacityIndex capacity() {
        return capacity;
    }

    /** Who is told of every change of what an agent may give. */
    AgentWatch watch() {
        return watch;
    }

    FreeOrder freeOrder() {
        return freeOrder;
    }

    /** Keeps agents in the order of what is free of a scalar kind, from now on. */
    void keepFreeOrder(int kind) {
        if (!freeOrder.isKept(kind)) {
            freeOrder.keep(kind);
            for (int agent = 0; agent < bound; agent++) {
                freeOrder.update(agent, mayGive(agent));
            }
        }
    }

    /** Agents on which something may have become possible since the last pass. */
    IndexSet changed() {
        return changed;
    }

    /** Agents that may give, and have enough free to be worth an offer. */
    IndexSet offerable() {
        return offerable;
    }

    boolean isKnown(int agent) {
        return agent >= 0 && agent < bound && states[agent] != ABSENT;
    }

    boolean mayGive(int agent) {
        return states[agent] == ACTIVE;
    }

    /** Whether nobody has a reason for which nothing is given; it may be overcommitted. */
    boolean isActive(int agent) {
        return (states[agent] & ~OVERCOMMITTED) == ACTIVE;
    }

    /** Whether numbers are allocated that the agent does not have. */
    boolean lacksNumbers(int agent) {
        AgentRanges ranges = accounts.ranges(agent);
        return ranges != null && ranges.overcommitted();
    }

    /** Whether all the numbers of some plain resources are free. */
    boolean coversNumbers(int agent, Resources resources) {
        AgentRanges ranges = accounts.ranges(agent);
        return !resources.hasRanges() || (ranges != null && ranges.covers(Account.FREE, resources));
    }

    boolean isOvercommitted(int agent) {
        return (states[agent] & OVERCOMMITTED) != 0;
    }

    void require(int agent) {
        Checks.state(isKnown(agent), "agentIndex", agent, "be an agent");
    }

    void requireNew(int agent) {
        Checks.index("agentIndex", agent, maxAgents);
        Checks.state(!isKnown(agent), "agentIndex", agent, "not be in use");
    }

    /** Whether nothing is used on an agent, and nothing special or of range kinds is offered. */
    boolean isNothingUsed(int agent) {
        AgentRanges ranges = accounts.ranges(agent);
        return accounts.isEmpty(agent, Account.USED)
                && !specials.anyAllocated(agent)
                && (ranges == null || ranges.isEmpty(Account.OFFERED));
    }

    /** Whether nothing is allocated on an agent. */
    boolean isEmpty(int agent) {
        return accounts.isEmpty(agent, Account.OFFERED)
                && accounts.isEmpty(agent, Account.USED)
                && !specials.anyAllocated(agent);
    }

    void add(int agent, Resources resources) {
        ensureRoom(agent);
        states[agent] = ACTIVE;
        topologies[agent] = AgentTopology.NONE;
        updateTotal(agent, resources);
    }

    /** What the agent has already counts once. */
    void checkTotal(int agent, Resources resources) {
        for (int kind = 0; kind < resources.scalarKinds(); kind++) {
            cluster.checkTotal(kind, resources.scalar(kind) - total(agent, kind));
        }
    }

    /** Changes what is plain. */
    void updateTotal(int agent, Resources resources) {
        int kinds = Math.max(resources.scalarKinds(), accounts.totalKinds());
        for (int kind = 0; kind < kinds; kind++) {
            cluster.addTotal(kind, accounts.total(agent, kind, resources.scalar(kind)));
        }
        accounts.totalRanges(agent, resources);
        onFreeChanged(agent, true);
    }

    /** Adds to what is plain where times is 1, takes from it where it is -1; what the cluster has is not changed. */
    void addTotal(int agent, Resources resources, int times) {
        accounts.addTotal(agent, resources, times);
        onFreeChanged(agent, times > 0);
    }

    void remove(int agent) {
        for (int kind = 0; kind < accounts.totalKinds(); kind++) {
            cluster.addTotal(kind, -accounts.total(agent, kind));
        }
        accounts.clear(agent);
        states[agent] = ABSENT;
        freeOrder.update(agent, false);
        watch.touch(agent);
        offerable.remove(agent);
        changed.remove(agent);
        headroom.onFreeChanged(agent);
    }

    boolean has(int agent, AgentHold hold) {
        return (states[agent] & hold.bit()) != 0;
    }

    /** Adds or ends a reason for which nothing is given. */
    void hold(int agent, AgentHold hold, boolean isHeld) {
        states[agent] = (byte) (isHeld ? states[agent] | hold.bit() : states[agent] & ~hold.bit());
        onFreeChanged(agent, !isHeld);
    }

    /** Moves what is plain. */
    void move(Account from, Account to, int agent, Resources resources, int times) {
        accounts.move(from, to, agent, resources, times);
        if (from == Account.FREE || to == Account.FREE) {
            onFreeChanged(agent, to == Account.FREE);
        }
    }

    /** Whether all that is plain is in an account. */
    boolean covers(int agent, Account account, Resources resources) {
        return accounts.covers(agent, account, resources);
    }

    boolean isAllocated(int agent, Resources resources) {
        return accounts.isAllocated(agent, resources);
    }

    /** How many numbers of a range kind are free. */
    long freeNumbers(int agent, int kind) {
        AgentRanges ranges = accounts.ranges(agent);
        return ranges == null ? 0 : ranges.freeCount(kind);
    }

    AgentTopology topology(int agent) {
        return topologies[agent];
    }

    /** How an agent is divided has changed. */
    void topology(int agent, AgentTopology topology) {
        topologies[agent] = topology;
        watch.touch(agent);
        markChanged(agent);
    }

    long free(int agent, int kind) {
        return free.at(agent, kind);
    }

    long at(int agent, Account account, int kind) {
        return accounts.at(agent, account, kind);
    }

    long total(int agent, int kind) {
        return accounts.total(agent, kind);
    }

    AccountTable accounts() {
        return accounts;
    }

    /** Whether there is anything that a task could be given. */
    boolean hasAnythingFree(int agent) {
        return !accounts.isEmpty(agent, Account.FREE) || specials.anyGives(agent);
    }

    /** Whether anything plain is free. */
    boolean hasPlainFree(int agent) {
        return !accounts.isEmpty(agent, Account.FREE);
    }

    /** Whether all that is plain and free is in some resources. */
    boolean isFreeWithin(int agent, Resources resources) {
        return accounts.isFreeWithin(agent, resources);
    }

    /** Whether what is plain and free is worth an offer by itself. */
    boolean isPlainWorthAnOffer(int agent) {
        return minimum.isMet(free, agent);
    }

    /** Copies what is plain and free; of an overcommitted kind that is nothing. */
    void copyFree(int agent, Resources into) {
        into.clear();
        accounts.copyInto(agent, Account.FREE, into);
    }

    /** Copies what is plain. */
    void copyTotal(int agent, Resources into) {
        into.clear();
        accounts.copyTotalInto(agent, into);
    }

    /** Something special has come free, or is taken. */
    void onSpecialsChanged(int agent, boolean grew) {
        onFreeChanged(agent, grew);
    }

    /** Notes that something may have become possible on an agent. */
    void markChanged(int agent) {
        if (mayGive(agent)) {
            changed.add(agent);
        }
    }

    /** Makes a block's bounds exact. */
    void tightenBlock(int block) {
        capacity.resetBlock(block);
        int end = Math.min(bound, (block + 1) << CapacityIndex.BLOCK_SHIFT);
        for (int agent = block << CapacityIndex.BLOCK_SHIFT; agent < end; agent++) {
            if (mayGive(agent)) {
                capacity.raise(agent);
            }
        }
    }

    private void onFreeChanged(int agent, boolean grew) {
        int others = states[agent] & ~OVERCOMMITTED;
        states[agent] = (byte) (accounts.isOvercommitted(agent) ? others | OVERCOMMITTED : others);
        boolean gives = mayGive(agent);
        freeOrder.update(agent, gives);
        watch.touch(agent);
        updateOfferable(agent);
        headroom.onFreeChanged(agent);
        if (grew && gives) {
            capacity.raise(agent);
            changed.add(agent);
        }
    }

    /** To be called when it has changed whether any framework has minima of its own. */
    void onMinimumChanged() {
        for (int agent = 0; agent < bound; agent++) {
            updateOfferable(agent);
        }
    }

    private void updateOfferable(int agent) {
        boolean isPlainEnough =
                minimum.isAnyOwn() ? !accounts.isEmpty(agent, Account.FREE) : minimum.isMet(free, agent);
        if (mayGive(agent) && (isPlainEnough || specials.anyGivesAlone(agent))) {
            offerable.add(agent);
        } else {
            offerable.remove(agent);
        }
    }

    private void ensureRoom(int agent) {
        states = Columns.grow(states, agent + 1);
        topologies = Columns.grow(topologies, agent + 1);
        accounts.ensureRow(agent);
        capacity.ensureAgent(agent);
        bound = Math.max(bound, agent + 1);
    }
}

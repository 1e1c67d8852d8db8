package io.kernos.allocator;

/** The agents: what each has, in which account it is, and which of them have changed since the last pass. */
final class AgentTable {
    private static final byte ABSENT = 0;
    private static final byte ACTIVE = 1;

    private final int maxAgents;
    private final OfferMinimum minimum;
    private final ClusterTotals cluster;
    private final ScalarTable total = new ScalarTable();
    private final ScalarTable[] accounts = {new ScalarTable(), new ScalarTable(), new ScalarTable()};
    private final ScalarTable free = accounts[Account.FREE.ordinal()];
    private final CapacityIndex capacity = new CapacityIndex(free);
    private final FreeOrder freeOrder = new FreeOrder(free);
    private final IndexSet changed = new IndexSet();
    private final IndexSet offerable = new IndexSet();
    private byte[] states = new byte[0];
    private boolean[] overcommitted = new boolean[0];
    private AgentRanges[] ranges = new AgentRanges[0];
    private int bound;

    AgentTable(AllocatorContext context, OfferMinimum minimum, ClusterTotals cluster) {
        this.maxAgents = context.maxAgents();
        this.minimum = minimum;
        this.cluster = cluster;
    }

    /** Every index from here on was never in use. */
    int bound() {
        return bound;
    }

    CapacityIndex capacity() {
        return capacity;
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
        return states[agent] == ACTIVE && !overcommitted[agent];
    }

    boolean isOvercommitted(int agent) {
        return overcommitted[agent];
    }

    void require(int agent) {
        Checks.state(isKnown(agent), "agentIndex", agent, "be an agent");
    }

    void requireNew(int agent) {
        Checks.index("agentIndex", agent, maxAgents);
        Checks.state(!isKnown(agent), "agentIndex", agent, "not be in use");
    }

    void requireNothingAllocated(int agent) {
        Checks.state(isEmpty(agent), "agentIndex", agent, "have nothing allocated; recover it first");
    }

    /** Whether nothing is allocated on an agent. */
    boolean isEmpty(int agent) {
        return accounts[Account.OFFERED.ordinal()].isZero(agent)
                && accounts[Account.USED.ordinal()].isZero(agent)
                && (ranges[agent] == null
                        || (ranges[agent].isEmpty(Account.OFFERED) && ranges[agent].isEmpty(Account.USED)));
    }

    void add(int agent, Resources resources) {
        ensureRoom(agent);
        states[agent] = ACTIVE;
        overcommitted[agent] = false;
        updateTotal(agent, resources);
    }

    /** What the agent has already counts once. */
    void checkTotal(int agent, Resources resources) {
        for (int kind = 0; kind < resources.scalarKinds(); kind++) {
            cluster.checkTotal(kind, resources.scalar(kind) - total(agent, kind));
        }
    }

    void updateTotal(int agent, Resources resources) {
        total.ensureKinds(resources.scalarKinds());
        free.ensureKinds(total.kinds());
        for (int kind = 0; kind < total.kinds(); kind++) {
            long change = resources.scalar(kind) - total.at(agent, kind);
            total.put(agent, kind, resources.scalar(kind));
            free.put(agent, kind, free.at(agent, kind) + change);
            cluster.addTotal(kind, change);
        }
        if (resources.hasRanges() && ranges[agent] == null) {
            ranges[agent] = new AgentRanges();
        }
        if (ranges[agent] != null) {
            ranges[agent].total(resources);
        }
        onFreeChanged(agent, true);
    }

    void remove(int agent) {
        for (int kind = 0; kind < total.kinds(); kind++) {
            cluster.addTotal(kind, -total.at(agent, kind));
            total.put(agent, kind, 0);
        }
        free.clearRow(agent);
        ranges[agent] = null;
        states[agent] = ABSENT;
        freeOrder.update(agent, false);
        offerable.remove(agent);
        changed.remove(agent);
    }

    boolean has(int agent, AgentHold hold) {
        return (states[agent] & hold.bit()) != 0;
    }

    /** Adds or ends a reason for which nothing is given. */
    void hold(int agent, AgentHold hold, boolean isHeld) {
        states[agent] = (byte) (isHeld ? states[agent] | hold.bit() : states[agent] & ~hold.bit());
        onFreeChanged(agent, !isHeld);
    }

    void move(Account from, Account to, int agent, Resources resources, int times) {
        accounts[from.ordinal()].add(agent, resources, -times);
        accounts[to.ordinal()].add(agent, resources, times);
        if (resources.hasRanges()) {
            if (ranges[agent] == null) {
                ranges[agent] = new AgentRanges();
            }
            ranges[agent].move(from, to, resources);
        }
        if (from == Account.FREE || to == Account.FREE) {
            onFreeChanged(agent, to == Account.FREE);
        }
    }

    boolean covers(int agent, Account account, Resources resources) {
        return accounts[account.ordinal()].covers(agent, resources)
                && (!resources.hasRanges() || (ranges[agent] != null && ranges[agent].covers(account, resources)));
    }

    boolean isAllocated(int agent, Resources resources) {
        return ranges[agent] != null && ranges[agent].isAllocated(resources);
    }

    long freePorts(int agent) {
        return ranges[agent] == null ? 0 : ranges[agent].freeCount(ResourceKinds.PORTS);
    }

    void choosePorts(int agent, int wanted, Resources task) {
        ranges[agent].choose(ResourceKinds.PORTS, wanted, task);
    }

    long free(int agent, int kind) {
        return free.at(agent, kind);
    }

    long at(int agent, Account account, int kind) {
        return accounts[account.ordinal()].at(agent, kind);
    }

    long total(int agent, int kind) {
        return total.at(agent, kind);
    }

    AgentRanges ranges(int agent) {
        return ranges[agent];
    }

    boolean hasAnythingFree(int agent) {
        return !free.isZero(agent) || (ranges[agent] != null && !ranges[agent].isEmpty(Account.FREE));
    }

    /** Whether all that is free is in some resources. */
    boolean isFreeWithin(int agent, Resources resources) {
        for (int kind = 0; kind < free.kinds(); kind++) {
            if (free.at(agent, kind) > resources.scalar(kind)) {
                return false;
            }
        }
        return ranges[agent] == null || ranges[agent].isWithin(Account.FREE, resources);
    }

    void copyFree(int agent, Resources into) {
        into.clear();
        for (int kind = 0; kind < free.kinds(); kind++) {
            into.scalar(kind, Math.max(0, free.at(agent, kind)));
        }
        if (ranges[agent] != null) {
            ranges[agent].copyInto(Account.FREE, into);
        }
    }

    void copyTotal(int agent, Resources into) {
        into.clear();
        for (int kind = 0; kind < total.kinds(); kind++) {
            into.scalar(kind, total.at(agent, kind));
        }
        if (ranges[agent] != null) {
            ranges[agent].copyTotalInto(into);
        }
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
        overcommitted[agent] = free.hasNegative(agent) || (ranges[agent] != null && ranges[agent].overcommitted());
        boolean gives = mayGive(agent);
        freeOrder.update(agent, gives);
        if (gives && minimum.isMet(free, agent)) {
            offerable.add(agent);
        } else {
            offerable.remove(agent);
        }
        if (grew && gives) {
            capacity.raise(agent);
            changed.add(agent);
        }
    }

    private void ensureRoom(int agent) {
        states = Columns.grow(states, agent + 1);
        overcommitted = Columns.grow(overcommitted, agent + 1);
        ranges = Columns.grow(ranges, agent + 1);
        total.ensureRow(agent);
        for (ScalarTable account : accounts) {
            account.ensureRow(agent);
        }
        capacity.ensureAgent(agent);
        bound = Math.max(bound, agent + 1);
    }
}

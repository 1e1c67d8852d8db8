package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks each agent by itself: accounts, numbers, bounds of capacity. */
final class AgentVerifier {
    private final AgentTable agents;

    AgentVerifier(Parts parts) {
        agents = parts.agents;
    }

    void verify() {
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                verifyScalars(agents.accounts(), agent, agents.isOvercommitted(agent));
                verifyRanges(agents.accounts(), agent, agents.isOvercommitted(agent));
                verifyBounds(agent);
                verifyLevels(agent);
            }
        }
    }

    static void verifyScalars(AccountTable accounts, int row, boolean isOvercommitted) {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long offered = accounts.at(row, Account.OFFERED, kind);
            long used = accounts.at(row, Account.USED, kind);
            long free = accounts.at(row, Account.FREE, kind);
            require(offered >= 0 && used >= 0, "what is allocated is not negative", row);
            require(free >= 0 || isOvercommitted, "negative free is overcommitted", row);
            require(free + offered + used == accounts.total(row, kind), "scalar accounts make up the total", row);
        }
    }

    private void verifyLevels(int agent) {
        FreeOrder order = agents.freeOrder();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (order.isKept(kind)) {
                int level = agents.mayGive(agent) ? FreeLevels.level(agents.free(agent, kind)) : FreeLevels.NONE;
                require(order.of(kind).levelOf(agent) == level, "level is that of what is free", agent);
            }
        }
    }

    static void verifyRanges(AccountTable accounts, int row, boolean isOvercommitted) {
        AgentRanges ranges = accounts.ranges(row);
        if (ranges == null) {
            return;
        }
        Resources total = new Resources();
        Resources offered = new Resources();
        Resources used = new Resources();
        Resources free = new Resources();
        ranges.copyTotalInto(total);
        ranges.copyInto(Account.OFFERED, offered);
        ranges.copyInto(Account.USED, used);
        ranges.copyInto(Account.FREE, free);
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            RangeSet all = new RangeSet();
            all.addAll(offered.range(kind));
            all.addAll(used.range(kind));
            boolean isDisjoint = !offered.range(kind).intersects(used.range(kind))
                    && !free.range(kind).intersects(all);
            all.addAll(free.range(kind));
            require(isDisjoint, "range accounts are disjoint", row);
            require(all.containsAll(total.range(kind)), "range accounts make up the total", row);
            require(
                    total.range(kind).containsAll(all) || isOvercommitted,
                    "numbers that are not in the total are overcommitted",
                    row);
        }
    }

    private void verifyBounds(int agent) {
        CapacityIndex capacity = agents.capacity();
        for (int kind = 0; agents.mayGive(agent) && kind < ResourceKinds.MAX_SCALARS; kind++) {
            long free = agents.free(agent, kind);
            int block = agent >> CapacityIndex.BLOCK_SHIFT;
            int group = agent >> CapacityIndex.GROUP_SHIFT;
            require(capacity.blockBound(block, kind) >= free, "block bound covers what is free", agent);
            require(capacity.groupBound(group, kind) >= free, "group bound covers what is free", agent);
        }
    }
}

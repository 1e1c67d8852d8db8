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
                verifyScalars(agent);
                verifyRanges(agent);
                verifyBounds(agent);
                verifyLevels(agent);
            }
        }
    }

    private void verifyScalars(int agent) {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long offered = agents.at(agent, Account.OFFERED, kind);
            long used = agents.at(agent, Account.USED, kind);
            long free = agents.at(agent, Account.FREE, kind);
            require(offered >= 0 && used >= 0, "what is allocated is not negative", agent);
            require(free >= 0 || agents.isOvercommitted(agent), "negative free is overcommitted", agent);
            require(free + offered + used == agents.total(agent, kind), "scalar accounts make up the total", agent);
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

    private void verifyRanges(int agent) {
        AgentRanges ranges = agents.ranges(agent);
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
            require(isDisjoint, "range accounts are disjoint", agent);
            require(all.containsAll(total.range(kind)), "range accounts make up the total", agent);
            require(
                    total.range(kind).containsAll(all) || agents.isOvercommitted(agent),
                    "numbers that are not in the total are overcommitted",
                    agent);
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

package io.kernos.allocator;

/** Checks everything that must agree against everything else, the slow and obvious way. */
final class Verifier {
    private final ClusterTotals cluster;
    private final AgentTable agents;
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final DemandTable demands;
    private final FilterTable filters;
    private final Contenders contenders;
    private final Policies policies;

    Verifier(
            ClusterTotals cluster,
            AgentTable agents,
            RoleTable roles,
            FrameworkTable frameworks,
            DemandTable demands,
            FilterTable filters,
            Contenders contenders,
            Policies policies) {
        this.cluster = cluster;
        this.agents = agents;
        this.roles = roles;
        this.frameworks = frameworks;
        this.demands = demands;
        this.filters = filters;
        this.contenders = contenders;
        this.policies = policies;
    }

    void verify() {
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                verifyScalars(agent);
                verifyRanges(agent);
                verifyBounds(agent);
            }
        }
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            verifySums(kind);
        }
        verifyOrders();
        verifyDemands();
        filters.forEach(this::verifyFilter);
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

    private void verifySums(int kind) {
        long total = 0;
        long onAgents = 0;
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                total += agents.total(agent, kind);
                onAgents += agents.at(agent, Account.OFFERED, kind) + agents.at(agent, Account.USED, kind);
            }
        }
        require(total == cluster.total(kind), "agents make up the cluster, kind", kind);
        require(onAgents == cluster.allocated(kind), "agents make up what is allocated, kind", kind);
        long[] byRole = new long[roles.bound()];
        long ofFrameworks = 0;
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            if (frameworks.isKnown(framework)) {
                long held = frameworks.held().at(framework, kind);
                require(frameworks.at(framework, Account.OFFERED, kind) >= 0, "offered is not negative", framework);
                require(frameworks.at(framework, Account.USED, kind) >= 0, "used is not negative", framework);
                byRole[frameworks.role(framework)] += held;
                ofFrameworks += held;
            }
        }
        require(ofFrameworks == onAgents, "frameworks hold what is allocated, kind", kind);
        for (int role = 0; role < roles.bound(); role++) {
            require(roles.held().at(role, kind) == byRole[role], "frameworks make up the role", role);
        }
    }

    private void verifyOrders() {
        contenders.refresh();
        int counted = 0;
        ShareOrder roleOrder = contenders.roleOrder();
        verifyAscending(roleOrder);
        for (int i = 0; i < roleOrder.size(); i++) {
            int role = roleOrder.id(i);
            require(roleOrder.share(i) == roles.share(role, cluster), "role share is up to date", role);
            ShareOrder order = contenders.frameworkOrder(role);
            require(order.size() > 0, "role in the order has a contender", role);
            verifyAscending(order);
            for (int j = 0; j < order.size(); j++) {
                int framework = order.id(j);
                double share = frameworks.share(framework, cluster);
                require(frameworks.role(framework) == role, "framework is in its role's order", framework);
                require(order.share(j) == share, "framework share is up to date", framework);
                require(contenders.contends(framework), "framework in the order contends", framework);
            }
            counted += order.size();
        }
        require(counted == contenders.size(), "all contenders are in the orders; counted", counted);
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            boolean contends = frameworks.isKnown(framework) && policies.mayContend(framework);
            require(contends == contenders.contends(framework), "who may contend does", framework);
        }
    }

    private static void verifyAscending(ShareOrder order) {
        for (int i = 1; i < order.size(); i++) {
            boolean ascends = order.share(i - 1) < order.share(i)
                    || (order.share(i - 1) == order.share(i) && order.id(i - 1) < order.id(i));
            require(ascends, "order ascends at", i);
        }
    }

    private void verifyDemands() {
        int waiting = 0;
        for (int demand = 0; demand < demands.bound(); demand++) {
            waiting += demands.isKnown(demand) && demands.waiting(demand) > 0 ? 1 : 0;
        }
        require(waiting == demands.waitingDemands(), "waiting demands are counted", waiting);
        int linked = 0;
        for (int framework = 0; framework < frameworks.bound(); framework++) {
            long sequence = 0;
            for (int demand = demands.first(framework); demand != DemandTable.NONE; demand = demands.next(demand)) {
                require(demands.framework(demand) == framework, "demand is in its framework's list", demand);
                require(demands.waiting(demand) > 0, "linked demand waits", demand);
                require(demands.sequence(demand) >= sequence, "demands are in sequence", demand);
                sequence = demands.sequence(demand);
                linked++;
            }
        }
        require(linked == waiting, "all waiting demands are linked; linked", linked);
    }

    private void verifyFilter(int framework, int agent, long untilMs) {
        require(frameworks.isKnown(framework), "filtering framework is known", framework);
        require(agents.isKnown(agent), "filtered agent is known", agent);
        require(filters.isFiltered(framework, agent), "filter has its bit; it ends at", untilMs);
    }

    private static void require(boolean holds, String invariant, long subject) {
        if (!holds) {
            throw new IllegalStateException("invariant broken: " + invariant + " " + subject);
        }
    }
}

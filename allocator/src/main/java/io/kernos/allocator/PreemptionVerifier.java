package io.kernos.allocator;

import static io.kernos.allocator.Verifier.require;

/** Checks what preemption keeps: tasks that may leave, places that are being made, and what was spent. */
final class PreemptionVerifier {
    private final DemandTable demands;
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final RoleTable roles;
    private final RunTable runs;
    private final ClaimTable claims;
    private final QuotaGate quotaGate;

    PreemptionVerifier(Parts parts) {
        demands = parts.demands;
        agents = parts.agents;
        frameworks = parts.frameworks;
        roles = parts.roles;
        runs = parts.runs;
        claims = parts.claims;
        quotaGate = parts.quotaGate;
    }

    void verify() {
        int[] running = new int[demands.bound()];
        long[][] leaving = new long[roles.bound()][ResourceKinds.MAX_SCALARS];
        for (int agent = 0; agent < agents.bound(); agent++) {
            verifyRuns(agent, running, leaving);
        }
        verifyDemands(running);
        for (int role = 0; role < roles.bound(); role++) {
            for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
                require(runs.leavingOf(role, kind) == leaving[role][kind], "what leaves is counted for role", role);
            }
        }
        for (int claim = 0; claim < claims.size(); claim++) {
            require(agents.isKnown(claims.agent(claim)), "a place is on an agent", claim);
            int start = claims.stepOf(claim);
            int last = start + claims.tasksOfStep(start) - 1;
            require(last < claims.size(), "places of a gang are all there", claim);
            require(claims.demand(claim) == claims.demand(start), "places of a gang are of one demand", claim);
        }
    }

    private void verifyRuns(int agent, int[] running, long[][] leaving) {
        int before = RunTable.NONE;
        require(runs.agents().contains(agent) == (runs.first(agent) != RunTable.NONE), "agent has runs", agent);
        for (int row = runs.first(agent); row != RunTable.NONE; row = runs.next(row)) {
            int demand = runs.demand(row);
            require(demand > before, "runs of an agent ascend", agent);
            require(runs.find(demand, agent) == row, "run is found", row);
            require(demands.isKnown(demand) && demands.isPreemptible(demand), "run is of a preemptible demand", row);
            require(runs.tasks(row) > 0, "a run that is kept has tasks", row);
            require(runs.leaving(row) >= 0 && runs.leaving(row) <= runs.tasks(row), "no more leave than run", row);
            running[demand] += runs.tasks(row);
            addLeaving(demand, runs.leaving(row), leaving);
            before = demand;
        }
    }

    private void addLeaving(int demand, int tasks, long[][] leaving) {
        int own = frameworks.role(demands.framework(demand));
        for (int role = own; role != RoleTable.ROOT; role = roles.parent(role)) {
            for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
                leaving[role][kind] += tasks * quotaGate.charged(demands.perTask(demand), kind);
            }
        }
    }

    private void verifyDemands(int[] running) {
        int preempting = 0;
        for (int demand = 0; demand < demands.bound(); demand++) {
            require(runs.tasksOf(demand) == running[demand], "tasks that run are counted for demand", demand);
            if (demands.isKnown(demand)) {
                require(demands.claimed(demand) == claims.of(demand), "places of a demand are counted", demand);
                require(demands.open(demand) >= 0, "no more places than tasks that wait", demand);
                preempting += demands.mayPreempt(demand) ? 1 : 0;
            }
        }
        DemandOrder order = demands.preemptors();
        require(order.size() == preempting, "all that may preempt are in order", preempting);
        for (int at = 1; at < order.size(); at++) {
            require(demands.isBefore(order.at(at - 1), order.at(at)), "those that may preempt are in order", at);
        }
    }
}

package io.kernos.allocator;

/** What becomes of claims: they are made, come true, or end, each booked everywhere at once. */
final class Claims {
    private final ClaimTable table;
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final DemandTable demands;
    private final RunTable runs;
    private final RunEnds runEnds;
    private final ReservedRoom reservedRoom;
    private final GroupTable groups;
    private final Contenders contenders;
    private final Ledger ledger;
    private final QuotaTable quotas;
    private final Policies policies;
    private final NumberChoice numberChoice;
    private final Resources scalars = new Resources();
    private final Resources numbers = new Resources();

    Claims(Parts parts) {
        table = parts.claims;
        agents = parts.agents;
        frameworks = parts.frameworks;
        demands = parts.demands;
        runs = parts.runs;
        runEnds = parts.runEnds;
        reservedRoom = parts.reservedRoom;
        groups = parts.groups;
        contenders = parts.contenders;
        ledger = parts.ledger;
        quotas = parts.quotas;
        policies = parts.policies;
        numberChoice = parts.numberChoice;
    }

    /** Books a claim, more than is free if need be. */
    void make(int demand, int agent, long untilMs) {
        ledger.move(Account.FREE, Account.OFFERED, agent, demands.framework(demand), scalarsOf(demand), 1);
        quotas.onRestored();
        if (demands.group(demand) != GroupTable.NONE) {
            groups.add(demands.group(demand), agent, 1);
        }
        table.add(demand, agent, untilMs);
        demands.claim(demand, 1);
        updateContender(demand);
    }

    /** Whether all that the claims of a step need is there. */
    boolean isComplete(int start) {
        int demand = table.demand(start);
        boolean may = frameworks.isActive(demands.framework(demand));
        for (int claim = start; may && claim < start + table.tasksOfStep(start); claim++) {
            may = isThere(start, claim);
        }
        return may;
    }

    private boolean isThere(int start, int claim) {
        int agent = table.agent(claim);
        int demand = table.demand(claim);
        boolean may = policies.mayTake(demands.shape(demand), agent, table.tasksOn(start, agent));
        for (int kind = 0; may && kind < demands.perTask(demand).scalarKinds(); kind++) {
            may = table.booked(claim, kind) == 0 || agents.free(agent, kind) + table.bookedLater(claim, kind) >= 0;
        }
        return may;
    }

    /** Turns the claims of a step into placements; returns how many. */
    int comeTrue(int start, AllocationHandler handler) {
        int tasks = table.tasksOfStep(start);
        for (int i = 0; i < tasks; i++) {
            placeClaimed(start, handler);
        }
        return tasks;
    }

    private void placeClaimed(int claim, AllocationHandler handler) {
        int demand = table.demand(claim);
        int agent = table.agent(claim);
        int framework = demands.framework(demand);
        ledger.move(Account.OFFERED, Account.USED, agent, framework, scalarsOf(demand), 1);
        ledger.move(Account.FREE, Account.USED, agent, framework, numbersOf(demand, agent), 1);
        demands.placeClaimed(demand);
        if (demands.isPreemptible(demand)) {
            runs.add(demand, agent, 1);
        }
        long durationMs = demands.durationMs(demand);
        if (durationMs > 0) {
            runEnds.add(demand, agent, reservedRoom.nowMs() + durationMs, 1);
        }
        table.remove(claim);
        numbers.add(scalarsOf(demand));
        handler.onPlacement(demand, agent, 1, numbers);
    }

    /** Gives up the claims of a step, the last one first; its tasks wait as before. Returns how many. */
    int end(int start) {
        int last = Math.min(start + table.tasksOfStep(start), table.size()) - 1;
        for (int claim = last; claim >= start; claim--) {
            endOne(claim);
        }
        return last - start + 1;
    }

    private void endOne(int claim) {
        int demand = table.demand(claim);
        int agent = table.agent(claim);
        ledger.move(Account.OFFERED, Account.FREE, agent, demands.framework(demand), scalarsOf(demand), 1);
        if (demands.group(demand) != GroupTable.NONE) {
            groups.end(demands.group(demand), agent, 1);
        }
        demands.claim(demand, -1);
        table.remove(claim);
        updateContender(demand);
    }

    /** Gives up steps of a demand until it has no more claims than so many, the last made first. */
    void endOf(int demand, int kept) {
        int left = table.of(demand);
        int claim = table.size() - 1;
        while (left > kept) {
            int start = table.stepOf(claim);
            left -= table.demand(claim) == demand ? end(start) : 0;
            claim = start - 1;
        }
    }

    /** Gives up all steps that have a claim on an agent. */
    void endOn(int agent) {
        int claim = table.size() - 1;
        while (claim >= 0) {
            boolean isMeant = table.agent(claim) == agent;
            int start = table.stepOf(claim);
            if (isMeant) {
                end(start);
            }
            claim = isMeant ? start - 1 : claim - 1;
        }
    }

    /** Refuses to go on where anything is allocated on an agent that is not booked by claims. */
    void requireNothingElseOn(int agent) {
        boolean isNothing = agents.isNothingUsed(agent);
        for (int kind = 0; isNothing && kind < ResourceKinds.MAX_SCALARS; kind++) {
            isNothing = agents.at(agent, Account.OFFERED, kind) == table.bookedOn(agent, kind, 0);
        }
        Checks.state(isNothing, "agentIndex", agent, "have nothing allocated; recover it first");
    }

    /** Refuses to go on where tasks of groups run on an agent that are not those of claims. */
    void requireNoGroupsElseOn(int agent) {
        int tasks = 0;
        for (int claim = 0; claim < table.size(); claim++) {
            boolean counts = table.agent(claim) == agent && demands.group(table.demand(claim)) != GroupTable.NONE;
            tasks += counts ? 1 : 0;
        }
        Checks.state(groups.tasksOn(agent) == tasks, "agentIndex", agent, "have no tasks of groups; end them first");
    }

    /** Refuses to go on where a framework holds anything that is not booked by claims. */
    void requireNothingElseOf(int framework) {
        boolean isNothing = true;
        for (int kind = 0; isNothing && kind < ResourceKinds.MAX_SCALARS; kind++) {
            isNothing = frameworks.held().at(framework, kind) == table.bookedFor(framework, kind);
        }
        Checks.state(isNothing, "frameworkIndex", framework, "hold nothing; recover it first");
    }

    /** Gives up all claims of the demands of a framework. */
    void endOfFramework(int framework) {
        for (int claim = table.size() - 1; claim >= 0; claim--) {
            if (demands.framework(table.demand(claim)) == framework) {
                endOne(claim);
            }
        }
    }

    /** Gives up the claims whose time is over; returns how many. */
    int lapse(long nowMs) {
        int count = 0;
        for (int claim = table.size() - 1; claim >= 0; claim--) {
            if (table.untilMs(claim) <= nowMs) {
                endOne(claim);
                count++;
            }
        }
        return count;
    }

    /** The scalars that a task needs. */
    private Resources scalarsOf(int demand) {
        scalars.clear();
        Resources task = demands.perTask(demand);
        for (int kind = 0; kind < task.scalarKinds(); kind++) {
            scalars.scalar(kind, task.scalar(kind));
        }
        return scalars;
    }

    /** The numbers that a task gets on an agent. */
    private Resources numbersOf(int demand, int agent) {
        numbers.clear();
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            numbers.range(kind).addAll(demands.perTask(demand).range(kind));
        }
        numberChoice.choose(demands.shape(demand), agent, numbers);
        return numbers;
    }

    private void updateContender(int demand) {
        int framework = demands.framework(demand);
        contenders.update(framework, policies.mayContend(framework));
    }
}

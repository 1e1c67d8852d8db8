package io.kernos.allocator;

/**
 * One pass of deciding: the contender that has least steps, until none can.
 *
 * <p>During a pass free resources only shrink and shares only rise. So whoever cannot step now cannot later in the
 * pass, and whoever steps moves only behind others: a cursor into each order, before which nobody can step, never goes
 * back. And what was impossible at the end of the last pass is possible now only on agents that have changed, or for
 * shapes of demands that are fresh: nothing else is looked at.
 */
final class AllocationPass {
    private final AllocationHandler handler;
    private final AgentTable agents;
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final DemandTable demands;
    private final ShapeTable shapes;
    private final GroupTable groups;
    private final RunTable runs;
    private final RunEnds runEnds;
    private final ReservedRoom reservedRoom;
    private final Backfill backfill;
    private final NumberChoice numberChoice;
    private final Contenders contenders;
    private final Ledger ledger;
    private final Policies policies;
    private final QuotaGate quotaGate;
    private final HeldBack heldBack;
    private final PassCursors cursors = new PassCursors();
    private final PlacementReport report;
    private final IndexSet offerCandidates = new IndexSet();
    private final IndexSet placeCandidates = new IndexSet();
    private final Resources granted = new Resources();
    private int exhausted;
    private ShareOrder topOrder;
    private long seed;
    private int passes;
    private int freshLeft;
    private int decisions;

    AllocationPass(AllocationHandler handler, Parts parts) {
        this.handler = handler;
        agents = parts.agents;
        roles = parts.roles;
        frameworks = parts.frameworks;
        demands = parts.demands;
        shapes = demands.shapes();
        groups = parts.groups;
        runs = parts.runs;
        runEnds = parts.runEnds;
        reservedRoom = parts.reservedRoom;
        backfill = parts.backfill;
        numberChoice = parts.numberChoice;
        contenders = parts.contenders;
        ledger = parts.ledger;
        policies = parts.policies;
        quotaGate = parts.quotaGate;
        heldBack = parts.heldBack;
        report = new PlacementReport(handler);
    }

    /**
     * Passes as long as tasks go where others only now have come, or other room is reserved than before; lots are drawn
     * from the seed.
     */
    int run(long seed) {
        this.seed = seed;
        passes = 0;
        int told = 0;
        boolean mayGoOn = true;
        backfill.update();
        while (mayGoOn) {
            told += runOnce();
            boolean hasSpread = groups.endPass(shapes.anyNear());
            mayGoOn = backfill.update() || hasSpread;
            passes++;
        }
        return told;
    }

    private int runOnce() {
        if (agents.changed().isEmpty() && !shapes.anyFresh() && !heldBack.isDue()) {
            return 0;
        }
        begin();
        if (contenders.owedTop().size() > 0) {
            round(true, contenders.owedTop());
        }
        boolean onlyOwed = shapes.live() == 0 && quotaGate.isOnlyOwedWorthOffering();
        round(false, onlyOwed ? contenders.owedTop() : contenders.level(RoleTable.ROOT));
        end();
        return decisions + report.flush();
    }

    private void round(boolean onlyOwed, ShareOrder order) {
        quotaGate.beginRound(onlyOwed);
        contenders.beginRound(seed, passes, onlyOwed ? 0 : 1);
        cursors.begin();
        topOrder = order;
        exhausted = 0;
        freshLeft = shapes.liveFresh();
        while (somethingIsPossible() && cursors.ofLevel(RoleTable.ROOT) < topOrder.size()) {
            step();
        }
    }

    private void end() {
        if (quotaGate.hasRefused()) {
            heldBack.holdAgents(offerCandidates);
        }
        agents.changed().clear();
        shapes.clearFresh();
    }

    private void begin() {
        contenders.refresh();
        policies.beginPass();
        quotaGate.beginPass();
        decisions = 0;
        offerCandidates.clear();
        placeCandidates.clear();
        boolean demandsWait = shapes.live() > 0;
        IndexSet changed = agents.changed();
        for (int agent = changed.next(0); agent >= 0; agent = changed.next(agent + 1)) {
            if (agents.offerable().contains(agent) && policies.isWanted(agent)) {
                offerCandidates.add(agent);
            }
            if (demandsWait && agents.mayGive(agent) && agents.hasAnythingFree(agent)) {
                placeCandidates.add(agent);
            }
        }
        heldBack.releaseInto(offerCandidates);
    }

    private boolean somethingIsPossible() {
        return !offerCandidates.isEmpty() || freshLeft > 0 || (shapes.live() > exhausted && !placeCandidates.isEmpty());
    }

    /** Goes down the tree by who has least, and lets that framework step, or passes over what has nobody left. */
    private void step() {
        contenders.refreshNoted();
        int level = RoleTable.ROOT;
        boolean isLast = true;
        while (true) {
            ShareOrder order = level == RoleTable.ROOT ? topOrder : contenders.level(level);
            int cursor = cursors.ofLevel(level);
            if (cursor == order.size()) {
                cursors.passLevel(roles.parent(level));
                return;
            }
            isLast &= cursor == order.size() - 1;
            int role = order.id(cursor) == Contenders.OWN ? level : order.id(cursor);
            if (role == level || !roles.hasChildren(role)) {
                stepInRole(role, level, isLast);
                return;
            }
            level = role;
        }
    }

    private void stepInRole(int role, int level, boolean isLastRole) {
        ShareOrder order = contenders.frameworkOrder(role);
        int cursor = cursors.ofRole(role);
        if (cursor == order.size()) {
            cursors.passLevel(level);
            return;
        }
        int framework = order.id(cursor);
        if (place(framework, isLastRole && cursor == order.size() - 1) || offer(framework)) {
            contenders.onStepped(framework);
        } else {
            cursors.passRole(role);
        }
    }

    private boolean place(int framework, boolean isLast) {
        int demand = cursors.demandOf(framework, demands);
        while (demand != DemandTable.NONE) {
            int shape = demands.shape(demand);
            boolean may = policies.mayPlace(demand) && mayPlace(framework, shape);
            int agent = may ? nextPlacement(shape) : PassCursors.EXHAUSTED;
            if (agent != PassCursors.EXHAUSTED) {
                if (shapes.isGang(shape)) {
                    placeGang(framework, demand, agent);
                } else {
                    int most = isLast ? demands.open(demand) : 1;
                    int fitting = policies.tasksThatFit(shape, agent, most);
                    int tasks = quotaGate.most(frameworks.role(framework), shapes.perTask(shape), fitting);
                    grant(framework, demand, agent, tasks);
                    settle(framework, demand, tasks);
                }
                return true;
            }
            demand = demands.next(demand);
            cursors.demandOf(framework, demand);
        }
        return false;
    }

    private boolean mayPlace(int framework, int shape) {
        int role = frameworks.role(framework);
        if (quotaGate.allows(role, shapes.perTask(shape), shapes.gang(shape))) {
            return quotaGate.counts(role, shapes.perTask(shape));
        }
        heldBack.holdShape(shape);
        return false;
    }

    private int nextPlacement(int shape) {
        int cursor = cursors.ofShape(shape);
        if (cursor == PassCursors.EXHAUSTED) {
            return cursor;
        }
        int agent = policies.mayStep(shape) ? policies.nextPlacement(shape, placeCandidates, cursor) : Policies.NONE;
        if (agent < 0) {
            exhausted++;
            freshLeft -= shapes.isFresh(shape) ? 1 : 0;
            agent = PassCursors.EXHAUSTED;
        }
        cursors.ofShape(shape, agent);
        return agent;
    }

    /** There is room for all of it, on the given agent to begin with. */
    private void placeGang(int framework, int demand, int first) {
        int shape = demands.shape(demand);
        int left = shapes.gang(shape);
        int agent = first;
        while (left > 0) {
            int tasks = policies.tasksThatFit(shape, agent, left);
            grant(framework, demand, agent, tasks);
            left -= tasks;
            agent = left == 0 ? agent : policies.nextPlacement(shape, placeCandidates, agent);
        }
        settle(framework, demand, shapes.gang(shape));
    }

    private void grant(int framework, int demand, int agent, int tasks) {
        int shape = demands.shape(demand);
        decisions += report.flushUnless(demand, agent);
        granted.copyFrom(shapes.perTask(shape));
        numberChoice.choose(shape, agent, granted);
        ledger.move(Account.FREE, Account.USED, agent, framework, granted, tasks);
        groups.place(demands.group(demand), agent, tasks);
        if (demands.isPreemptible(demand)) {
            runs.add(demand, agent, tasks);
        }
        if (shapes.durationMs(shape) > 0) {
            runEnds.add(demand, agent, reservedRoom.nowMs() + shapes.durationMs(shape), tasks);
        }
        dropUnlessUsable(agent);
        report.add(demand, agent, tasks, granted);
        if (shapes.takesNumbers(shape)) {
            decisions += report.flush();
        }
    }

    /** Takes placed tasks off a demand, which may have been the last of its shape. */
    private void settle(int framework, int demand, int tasks) {
        int shape = demands.shape(demand);
        if (!demands.suffice(demand, demands.open(demand) - tasks)) {
            cursors.demandOf(framework, demands.next(demand));
        }
        demands.change(demand, -tasks);
        freshLeft -= shapes.isFresh(shape) && !shapes.isLive(shape) ? 1 : 0;
        contenders.update(framework, policies.mayContend(framework));
    }

    private boolean offer(int framework) {
        if (offerCandidates.isEmpty() || !frameworks.willing().contains(framework)) {
            return false;
        }
        int agent = policies.nextOffer(framework, offerCandidates, cursors.offerOf(framework));
        if (agent < 0) {
            return false;
        }
        decisions += report.flush();
        cursors.offerOf(framework, agent + 1);
        policies.offer(framework, agent, granted);
        ledger.move(Account.FREE, Account.OFFERED, agent, framework, granted, 1);
        dropUnlessUsable(agent);
        decisions++;
        handler.onOffer(framework, agent, granted);
        return true;
    }

    private void dropUnlessUsable(int agent) {
        if (!agents.offerable().contains(agent)) {
            offerCandidates.remove(agent);
            if (!agents.hasAnythingFree(agent)) {
                placeCandidates.remove(agent);
            }
        }
    }
}

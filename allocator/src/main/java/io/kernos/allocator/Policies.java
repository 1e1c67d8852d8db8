package io.kernos.allocator;

/**
 * Which policies decide, and in what order: the one place where they are put together. A further policy is a file of
 * its own, and a line here.
 */
final class Policies {
    static final int NONE = -1;

    private final FirstFit firstFit;
    private final ByFree byFree;
    private final AgentTable agents;
    private final GangFit gangFit;
    private final FilterTable filters;
    private final Exclusions exclusions;
    private final QuotaGate quotaGate;
    private final Resources offered = new Resources();
    private final FrameworkTable frameworks;
    private final DemandTable demands;
    private final ShapeTable shapes;
    private final Givable givable;
    private final GpuAgents gpuAgents;
    private final ReservedRoom room;

    Policies(Parts parts) {
        firstFit = new FirstFit(parts);
        byFree = new ByFree(parts.agents, parts.demands.shapes(), firstFit);
        agents = parts.agents;
        gangFit = new GangFit(parts.agents, parts.demands.shapes(), parts.reservedRoom, firstFit);
        filters = parts.filters;
        exclusions = parts.exclusions;
        quotaGate = parts.quotaGate;
        frameworks = parts.frameworks;
        demands = parts.demands;
        shapes = demands.shapes();
        givable = parts.givable;
        gpuAgents = parts.gpuAgents;
        room = parts.reservedRoom;
    }

    GangFit gangFit() {
        return gangFit;
    }

    /** Whether an agent may take tasks of a shape for which room was made, their group counted there already. */
    boolean mayTake(int shape, int agent, int tasks) {
        return firstFit.admits(shape, agent) && firstFit.hasNumbersFor(shape, agent, tasks);
    }

    boolean mayContend(int framework) {
        return frameworks.isActive(framework)
                && (!frameworks.isSuppressed(framework) || demands.first(framework) != DemandTable.NONE);
    }

    /** Whether an agent may be offered to anyone; the agents asked about have the minimum already. */
    boolean isWanted(int agent) {
        return filters.leavesAny(frameworks.willing(), exclusions.rows(), agent);
    }

    int nextOffer(int framework, IndexSet candidates, int from) {
        int role = frameworks.role(framework);
        int agent = candidates.next(from);
        while (agent >= 0 && !mayOffer(framework, role, agent)) {
            agent = candidates.next(agent + 1);
        }
        return agent;
    }

    private boolean mayOffer(int framework, int role, int agent) {
        if (!exclusions.admits(framework, agent) || !gpuAgents.admits(framework, agent)) {
            return false;
        }
        return quotaGate.isOpen() && room.tasksOn(agent) == 0
                ? givable.isWorthAnOffer(framework, agent) && !filters.isFiltered(framework, agent)
                : mayOfferPart(framework, role, agent);
    }

    private boolean mayOfferPart(int framework, int role, int agent) {
        if (!quotaGate.mayOffer(framework, role, agent)) {
            return false;
        }
        offer(framework, agent, offered);
        return quotaGate.counts(role, offered)
                && quotaGate.isWorthOffering(framework, offered)
                && !filters.isFiltered(framework, agent, offered);
    }

    /** All that an offer of an agent to a framework would have without quotas. */
    void offerIgnoringQuotas(int framework, int agent, Resources into) {
        agents.copyFree(agent, into);
        room.withhold(agent, into);
        givable.addSpecials(framework, agent, into);
    }

    /** All that an offer of an agent to a framework has. */
    void offer(int framework, int agent, Resources into) {
        offerIgnoringQuotas(framework, agent, into);
        quotaGate.cut(frameworks.role(framework), into);
    }

    /** Whether a demand's framework may have what its tasks need. */
    boolean mayPlace(int demand) {
        return !demands.isBarred(demand);
    }

    void beginPass() {
        gangFit.beginPass();
    }

    /** Whether a whole step of a shape may be possible; where tasks go one by one, finding an agent tells. */
    boolean mayStep(int shape) {
        return !shapes.isGang(shape) || gangFit.hasRoom(shape);
    }

    int nextPlacement(int shape, IndexSet changed, int from) {
        if (shapes.choice(shape) != AgentChoice.LOWEST) {
            return byFree.next(shape, changed);
        }
        return shapes.isFresh(shape) || shapes.isGang(shape)
                ? firstFit.nextOfAll(shape, from)
                : firstFit.nextOf(changed, shape, from);
    }

    /** How many tasks go to an agent in steps that follow each other, where nobody else steps. */
    int tasksThatFit(int shape, int agent, int most) {
        return firstFit.count(shape, agent, shapes.choice(shape) == AgentChoice.SPREAD ? 1 : most);
    }
}

package io.kernos.allocator;

/**
 * Policy: a framework is offered only agents that its constraints admit, and those of other regions only if it is aware
 * of regions. Agents and constraints change seldom and are asked about always, so the answers are kept: for each agent
 * a row of bits, one for each framework.
 */
final class Exclusions {
    private final AgentTable agents;
    private final BitRows excluded = new BitRows();
    private final String homeRegion;
    private final IndexSet choosy = new IndexSet();
    private final IndexSet regionAware = new IndexSet();
    private OfferConstraints[] constraints = new OfferConstraints[0];
    private AgentInfo[] infos = new AgentInfo[0];

    Exclusions(AllocatorContext context, AgentTable agents) {
        this.homeRegion = context.homeRegion();
        this.agents = agents;
    }

    /** A row for each agent, a bit for each framework that may not be offered it. */
    BitRows rows() {
        return excluded;
    }

    boolean admits(int framework, int agent) {
        return !excluded.get(agent, framework);
    }

    AgentInfo info(int agent) {
        return infos[agent];
    }

    /** The constraints of a framework, or null. */
    OfferConstraints constraints(int framework) {
        return framework < constraints.length ? constraints[framework] : null;
    }

    void addAgent(int agent) {
        infos = Columns.grow(infos, agent + 1);
        describe(agent, AgentInfo.UNKNOWN);
    }

    void describe(int agent, AgentInfo info) {
        infos[agent] = info;
        for (int framework = choosy.next(0); framework >= 0; framework = choosy.next(framework + 1)) {
            decide(framework, agent);
        }
    }

    void removeAgent(int agent) {
        infos[agent] = null;
        excluded.clearRow(agent);
    }

    void constrain(int framework, OfferConstraints wanted) {
        constraints = Columns.grow(constraints, framework + 1);
        constraints[framework] = wanted;
        decideAll(framework);
    }

    void addFramework(int framework) {
        decideAll(framework);
    }

    void removeFramework(int framework) {
        regionAware.add(framework);
        constrain(framework, null);
        regionAware.remove(framework);
    }

    boolean isRegionAware(int framework) {
        return regionAware.contains(framework);
    }

    void regionAware(int framework, boolean isAware) {
        if (isAware) {
            regionAware.add(framework);
        } else {
            regionAware.remove(framework);
        }
        decideAll(framework);
    }

    /** Whether an agent is known to be in another region. */
    boolean isRemote(int agent) {
        String region = infos[agent].region();
        return !homeRegion.isEmpty() && !region.isEmpty() && !region.equals(homeRegion);
    }

    /** Whether a framework may be offered an agent as far as regions go. */
    boolean admitsRegion(int framework, int agent) {
        return regionAware.contains(framework) || !isRemote(agent);
    }

    private void decideAll(int framework) {
        boolean isChoosy = constraints(framework) != null || !(homeRegion.isEmpty() || isRegionAware(framework));
        if (isChoosy) {
            choosy.add(framework);
        } else if (!choosy.remove(framework)) {
            return;
        }
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                decide(framework, agent);
            }
        }
    }

    private void decide(int framework, int agent) {
        boolean admits = admitsByRule(framework, agent);
        if (admits == admits(framework, agent)) {
            return;
        }
        if (admits) {
            excluded.clear(agent, framework);
            agents.markChanged(agent);
        } else if (excluded.ensure(agent, framework)) {
            excluded.set(agent, framework);
        } else {
            throw new IllegalStateException("agentIndex=" + agent + " frameworkIndex=" + framework
                    + " have no room for what is excluded; use lower indices");
        }
    }

    /** What a kept answer must be. */
    boolean admitsByRule(int framework, int agent) {
        return admitsRegion(framework, agent)
                && (constraints(framework) == null || constraints[framework].admit(infos[agent]));
    }
}

package io.kernos.allocator;

/**
 * Tells why a framework is not offered more, from the state as it is. Looks at every agent when asked, and costs
 * nothing when not. To be used by the thread that uses the allocator, outside its handler.
 */
public final class OfferExplainer {
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final FilterTable filters;
    private final Exclusions exclusions;
    private final Givable givable;
    private final GpuAgents gpuAgents;
    private final Policies policies;
    private final QuotaGate quotaGate;
    private final QuotaExplainer quotas;
    private final Maintenance maintenance;
    private final ClaimTable claims;
    private final Resources offered = new Resources();

    /**
     * Explains what an allocator does.
     *
     * @param allocator to look into.
     */
    public OfferExplainer(Allocator allocator) {
        agents = allocator.parts.agents;
        frameworks = allocator.parts.frameworks;
        filters = allocator.parts.filters;
        exclusions = allocator.parts.exclusions;
        givable = allocator.parts.givable;
        gpuAgents = allocator.parts.gpuAgents;
        policies = allocator.parts.policies;
        quotaGate = allocator.parts.quotaGate;
        quotas = new QuotaExplainer(allocator.parts);
        maintenance = allocator.parts.maintenance;
        claims = allocator.parts.claims;
    }

    /**
     * Explains why a framework is not offered more.
     *
     * @param frameworkIndex a framework.
     * @param into           where the explanation goes.
     */
    public void explain(int frameworkIndex, OfferExplanation into) {
        frameworks.require(frameworkIndex);
        into.begin(frameworks.isActive(frameworkIndex), frameworks.isSuppressed(frameworkIndex));
        quotas.explainAny(frameworks.role(frameworkIndex), into.quota());
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                explain(frameworkIndex, agent, into);
                if (maintenance.isScheduled(agent)) {
                    into.countScheduled();
                }
            }
        }
    }

    private void explain(int framework, int agent, OfferExplanation into) {
        if (agents.has(agent, AgentHold.DISCONNECTED)) {
            into.count(OfferReason.AGENT_NOT_ACTIVE);
        } else if (agents.has(agent, AgentHold.DEACTIVATED)) {
            into.count(OfferReason.AGENT_DEACTIVATED);
        } else if (agents.has(agent, AgentHold.DRAINING)) {
            into.count(OfferReason.AGENT_DRAINING);
        } else if (agents.isOvercommitted(agent)) {
            into.count(claims.isAnyOn(agent) ? OfferReason.AGENT_AWAITS_PREEMPTED : OfferReason.AGENT_OVERCOMMITTED);
        } else if (!exclusions.admitsRegion(framework, agent)) {
            into.count(OfferReason.REGION_REMOTE);
        } else if (!exclusions.admits(framework, agent)) {
            into.count(OfferReason.CONSTRAINT_UNMET);
        } else if (!gpuAgents.admits(framework, agent)) {
            into.count(OfferReason.GPUS_KEPT);
        } else if (!givable.isWorthAnOffer(framework, agent)) {
            into.count(OfferReason.BELOW_MINIMUM);
        } else {
            explainOffer(framework, agent, into);
        }
    }

    private void explainOffer(int framework, int agent, OfferExplanation into) {
        policies.offerIgnoringQuotas(framework, agent, offered);
        boolean isLeft = quotaGate.isWorthOffering(framework, offered);
        policies.offer(framework, agent, offered);
        if (!isLeft) {
            into.count(OfferReason.AGENT_RESERVED);
        } else if (!quotaGate.isWorthOffering(framework, offered)) {
            into.count(OfferReason.KEPT_BY_QUOTA);
        } else if (filters.isFiltered(framework, agent, offered)) {
            into.countFilteredTo(filters.filteredUntilMs(framework, agent, offered));
        } else {
            into.count(OfferReason.OFFERABLE);
        }
    }
}

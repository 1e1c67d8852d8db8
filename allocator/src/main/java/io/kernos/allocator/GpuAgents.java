package io.kernos.allocator;

/**
 * Policy, where it is asked for: agents that have graphics processors are offered only to frameworks that can use them,
 * so that others do not fill them up.
 */
final class GpuAgents {
    private final boolean areKept;
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final SpecialTable specials;

    GpuAgents(AllocatorContext context, Parts parts) {
        areKept = context.keepsGpuAgents();
        agents = parts.agents;
        frameworks = parts.frameworks;
        specials = parts.specials;
    }

    boolean admits(int framework, int agent) {
        return !areKept || frameworks.has(framework, Capability.GPU_RESOURCES) || !hasGpus(agent);
    }

    private boolean hasGpus(int agent) {
        boolean has = agents.total(agent, ResourceKinds.GPUS) > 0;
        for (int row = specials.first(agent); !has && row != SpecialTable.NONE; row = specials.next(row)) {
            has = specials.accounts().total(row, ResourceKinds.GPUS) > 0;
        }
        return has;
    }
}

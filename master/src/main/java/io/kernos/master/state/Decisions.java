package io.kernos.master.state;

import io.kernos.allocator.AllocationHandler;
import io.kernos.allocator.Resources;

/** Carries out what the allocator decides. */
final class Decisions implements AllocationHandler {
    private final FrameworkTable frameworks;
    private final AgentTable agents;
    private final DemandTable demandTable;
    private Demands demands;
    private Offers offers;
    private long nowMs;

    Decisions(Tables tables) {
        this.frameworks = tables.frameworks;
        this.agents = tables.agents;
        this.demandTable = tables.demands;
    }

    /** Says who carries them out; they need the allocator, which needs this. */
    void bind(Demands demands, Offers offers) {
        this.demands = demands;
        this.offers = offers;
    }

    /** To be called before the allocator decides. */
    void begin(long nowMs) {
        this.nowMs = nowMs;
    }

    @Override
    public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
        offers.granted(frameworks.byIndex(frameworkIndex), agents.byIndex(agentIndex), granted, nowMs);
    }

    @Override
    public void onPlacement(int demandIndex, int agentIndex, int tasks, Resources perTask) {
        demands.placed(demandTable.byIndex(demandIndex), agents.byIndex(agentIndex), tasks, perTask, nowMs);
    }
}

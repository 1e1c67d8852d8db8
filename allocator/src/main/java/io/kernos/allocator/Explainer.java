package io.kernos.allocator;

/**
 * Tells why a demand waits, from the state as it is. Looks at every agent when asked, and costs nothing when not. To be
 * used by the thread that uses the allocator, outside its handler.
 */
public final class Explainer {
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final DemandTable demands;
    private final FirstFit firstFit;
    private final Resources had = new Resources();

    /**
     * Explains what an allocator does.
     *
     * @param allocator to look into.
     */
    public Explainer(Allocator allocator) {
        Parts parts = allocator.parts;
        agents = parts.agents;
        frameworks = parts.frameworks;
        demands = parts.demands;
        firstFit = new FirstFit(agents, demands.shapes());
    }

    /**
     * Explains why a demand waits.
     *
     * @param demandIndex a demand.
     * @param into        where the explanation goes.
     */
    public void explain(int demandIndex, Explanation into) {
        demands.require(demandIndex);
        into.begin(demands.waiting(demandIndex), frameworks.isActive(demands.framework(demandIndex)));
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                into.count(explain(demandIndex, agent, into));
            }
        }
    }

    private WaitReason explain(int demand, int agent, Explanation into) {
        if (agents.has(agent, AgentHold.DISCONNECTED)) {
            return WaitReason.AGENT_NOT_ACTIVE;
        }
        if (agents.has(agent, AgentHold.DEACTIVATED)) {
            return WaitReason.AGENT_DEACTIVATED;
        }
        if (agents.has(agent, AgentHold.DRAINING)) {
            return WaitReason.AGENT_DRAINING;
        }
        if (agents.isOvercommitted(agent)) {
            return WaitReason.AGENT_OVERCOMMITTED;
        }
        if (firstFit.fits(demands.shape(demand), agent)) {
            return WaitReason.AGENT_FITS;
        }
        agents.copyTotal(agent, had);
        if (countLacking(demand, WaitReason.AGENT_TOO_SMALL, into)) {
            return WaitReason.AGENT_TOO_SMALL;
        }
        agents.copyFree(agent, had);
        countLacking(demand, WaitReason.AGENT_IN_USE, into);
        return WaitReason.AGENT_IN_USE;
    }

    private boolean countLacking(int demand, WaitReason reason, Explanation into) {
        int shape = demands.shape(demand);
        Resources task = demands.shapes().perTask(shape);
        boolean lacks = false;
        for (int kind = 0; kind < task.scalarKinds(); kind++) {
            if (had.scalar(kind) < task.scalar(kind)) {
                into.countScalar(reason, kind);
                lacks = true;
            }
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            int anyWanted = kind == ResourceKinds.PORTS ? demands.shapes().ports(shape) : 0;
            if (!had.range(kind).containsAll(task.range(kind))
                    || had.range(kind).count() - task.range(kind).count() < anyWanted) {
                into.countRange(reason, kind);
                lacks = true;
            }
        }
        return lacks;
    }
}

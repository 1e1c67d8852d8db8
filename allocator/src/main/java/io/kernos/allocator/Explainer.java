package io.kernos.allocator;

/**
 * Tells why a demand waits, from the state as it is. Looks at every agent when asked, and costs nothing when not. To be
 * used by the thread that uses the allocator, outside its handler.
 */
public final class Explainer {
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final DemandTable demands;
    private final QuotaExplainer quotas;
    private final Maintenance maintenance;
    private final SpecialTable specials;
    private final FirstFit firstFit;
    private final ClaimTable claims;
    private final VictimChoice victims;
    private final NumberChoice numberChoice;
    private final ReservedRoom room;
    private final Resources had = new Resources();
    private boolean hasRoomForGang;

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
        quotas = new QuotaExplainer(parts);
        maintenance = parts.maintenance;
        specials = parts.specials;
        claims = parts.claims;
        victims = new VictimChoice(parts, parts.preemptionBudget);
        numberChoice = parts.numberChoice;
        room = parts.reservedRoom;
        firstFit = new FirstFit(parts);
    }

    /**
     * Explains why a demand waits.
     *
     * @param demandIndex a demand.
     * @param into        where the explanation goes.
     */
    public void explain(int demandIndex, Explanation into) {
        demands.require(demandIndex);
        hasRoomForGang = hasRoomForGang(demands.shape(demandIndex));
        int framework = demands.framework(demandIndex);
        int shape = demands.shape(demandIndex);
        into.begin(demands.waiting(demandIndex), frameworks.isActive(framework));
        into.claimedTasks(demands.claimed(demandIndex));
        into.reserved(room.head(), room.isAny() ? room.startMs() : Allocator.NO_DEADLINE);
        quotas.explain(
                frameworks.role(framework),
                demands.shapes().perTask(shape),
                demands.shapes().gang(shape),
                into.quota());
        for (int agent = 0; agent < agents.bound(); agent++) {
            if (agents.isKnown(agent)) {
                into.count(explain(demandIndex, agent, into));
                if (demands.mayPreempt(demandIndex)) {
                    into.count(victims.explain(demandIndex, agent));
                }
                if (maintenance.isScheduled(agent)) {
                    into.countScheduled();
                }
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
            return claims.isAnyOn(agent) ? WaitReason.AGENT_AWAITS_PREEMPTED : WaitReason.AGENT_OVERCOMMITTED;
        }
        if (!demands.shapes().suitability().admits(demands.shapes().suitable(demands.shape(demand)), agent)) {
            return WaitReason.AGENT_NOT_SUITABLE;
        }
        if (!firstFit.isNear(demands.shape(demand), agent)) {
            return WaitReason.AGENT_WITHOUT_GROUP;
        }
        if (firstFit.groupRoom(demands.shape(demand), agent) == 0) {
            return WaitReason.AGENT_AT_GROUP_LIMIT;
        }
        if (!demands.isBarred(demand) && firstFit.isFree(demands.shape(demand), agent)) {
            if (!room.admits(demands.shape(demand), agent)) {
                return WaitReason.AGENT_RESERVED;
            }
            return hasRoomForGang ? WaitReason.AGENT_FITS : WaitReason.AGENT_FITS_PART_OF_GANG;
        }
        if (demands.isBarred(demand)) {
            return WaitReason.RESOURCES_NOT_FOR_IT;
        }
        agents.copyTotal(agent, had);
        specials.addTotalOf(agent, had);
        if (countLacking(demand, WaitReason.AGENT_TOO_SMALL, into)) {
            return WaitReason.AGENT_TOO_SMALL;
        }
        agents.copyFree(agent, had);
        specials.addGivenOf(agent, had);
        boolean lacks = countLacking(demand, WaitReason.AGENT_IN_USE, into);
        if (!lacks && numberChoice.isOnlyUnaligned(demands.shape(demand), agent)) {
            return WaitReason.AGENT_NOT_ALIGNED;
        }
        return WaitReason.AGENT_IN_USE;
    }

    private boolean hasRoomForGang(int shape) {
        long left = demands.shapes().isGang(shape) ? demands.shapes().gang(shape) : 0;
        for (int agent = 0; agent < agents.bound() && left > 0; agent++) {
            left -= firstFit.capacity(shape, agent);
        }
        return left <= 0;
    }

    private boolean countLacking(int demand, WaitReason reason, Explanation into) {
        int shape = demands.shape(demand);
        Resources task = demands.shapes().perTask(shape);
        boolean lacks = false;
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (lacksScalar(task, kind)) {
                into.countScalar(reason, kind);
                lacks = true;
            }
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            int anyWanted = demands.shapes().wanted(shape, kind);
            if (lacksNumbers(task, kind)
                    || had.range(kind).count() - task.range(kind).count() < anyWanted) {
                into.countRange(reason, kind);
                lacks = true;
            }
        }
        return lacks;
    }

    private boolean lacksScalar(Resources task, int kind) {
        boolean lacks = had.scalar(kind) < task.scalar(kind);
        for (int i = 0; i < task.specials(); i++) {
            Resources special = had.specialOf(task.specialTrait(i));
            lacks |= (special == null ? 0 : special.scalar(kind))
                    < task.special(i).scalar(kind);
        }
        return lacks;
    }

    private boolean lacksNumbers(Resources task, int kind) {
        boolean lacks = !had.range(kind).containsAll(task.range(kind));
        for (int i = 0; i < task.specials(); i++) {
            Resources special = had.specialOf(task.specialTrait(i));
            lacks |= task.special(i).hasRange(kind)
                    && (special == null
                            || !special.range(kind).containsAll(task.special(i).range(kind)));
        }
        return lacks;
    }
}

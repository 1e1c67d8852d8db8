package io.kernos.allocator;

/**
 * The events of frameworks: who asks, and whether they want anything at present.
 * Errors of the caller are refused and change nothing.
 */
public final class FrameworkEvents {
    private final RoleTable roles;
    private final FrameworkTable frameworks;
    private final Contenders contenders;
    private final FilterTable filters;
    private final Exclusions exclusions;
    private final Maintenance maintenance;
    private final DemandTable demands;
    private final AgentTable agents;
    private final Policies policies;
    private final ClusterTotals cluster;
    private final Givable givable;
    private final RunTable runs;
    private final Claims claims;
    private final RunEnds runEnds;
    private final ReservedRoom reservedRoom;
    private final OfferMinimum minimum;

    FrameworkEvents(Parts parts) {
        this.roles = parts.roles;
        this.frameworks = parts.frameworks;
        this.contenders = parts.contenders;
        this.filters = parts.filters;
        this.exclusions = parts.exclusions;
        this.maintenance = parts.maintenance;
        this.demands = parts.demands;
        this.agents = parts.agents;
        this.policies = parts.policies;
        this.cluster = parts.cluster;
        this.givable = parts.givable;
        this.runs = parts.runs;
        this.claims = parts.claimBook;
        this.runEnds = parts.runEnds;
        this.reservedRoom = parts.reservedRoom;
        this.minimum = parts.minimum;
    }

    /**
     * Adds a framework, active and not suppressed.
     *
     * @param frameworkIndex not in use.
     * @param roleIndex      the role that it gets resources for.
     */
    public void add(int frameworkIndex, int roleIndex) {
        roles.require(roleIndex);
        frameworks.requireNew(frameworkIndex);
        frameworks.add(frameworkIndex, roleIndex);
        roles.countFrameworks(roleIndex, 1);
        exclusions.addFramework(frameworkIndex);
        onWillingnessChanged(frameworkIndex);
    }

    /**
     * Removes a framework, with its filters and demands. All it was granted must have been recovered.
     *
     * @param frameworkIndex a framework that holds nothing.
     */
    public void remove(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        runs.requireNoneOfFramework(frameworkIndex);
        runEnds.requireNoneOfFramework(frameworkIndex);
        claims.requireNothingElseOf(frameworkIndex);
        claims.endOfFramework(frameworkIndex);
        if (reservedRoom.head() != ReservedRoom.NONE && demands.framework(reservedRoom.head()) == frameworkIndex) {
            reservedRoom.clear();
        }
        contenders.update(frameworkIndex, false);
        if (minimum.own(frameworkIndex) != null) {
            setMinima(frameworkIndex, null);
        }
        filters.clearFramework(frameworkIndex);
        exclusions.removeFramework(frameworkIndex);
        maintenance.onFrameworkRemoved(frameworkIndex);
        demands.removeAllOf(frameworkIndex);
        demands.hold(frameworkIndex, false);
        roles.countFrameworks(frameworks.role(frameworkIndex), -1);
        frameworks.remove(frameworkIndex);
    }

    /**
     * Lets a framework get resources (again). It is active when added. No effect on one that is active.
     *
     * @param frameworkIndex a framework.
     */
    public void activate(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        if (!frameworks.isActive(frameworkIndex)) {
            frameworks.active(frameworkIndex, true);
            maintenance.onFrameworkActivated();
            demands.hold(frameworkIndex, false);
            onWillingnessChanged(frameworkIndex);
        }
    }

    /**
     * Keeps a framework, such as a disconnected one, from getting anything; it keeps what it has, its constraints and
     * its demands. Its filters and inverse offers end: when it comes back it may not remember them.
     *
     * @param frameworkIndex a framework.
     */
    public void deactivate(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        filters.clearFramework(frameworkIndex);
        maintenance.onFrameworkDeactivated(frameworkIndex);
        frameworks.active(frameworkIndex, false);
        demands.hold(frameworkIndex, true);
        onWillingnessChanged(frameworkIndex);
    }

    /**
     * Says whether a framework can bear something. When added it has no capability.
     *
     * @param frameworkIndex a framework.
     * @param capability     what it can bear or not.
     * @param has            whether it can.
     */
    public void setCapability(int frameworkIndex, Capability capability, boolean has) {
        frameworks.require(frameworkIndex);
        if (frameworks.has(frameworkIndex, capability) != has) {
            frameworks.capability(frameworkIndex, capability, has);
            if (capability == Capability.REGION_AWARE) {
                exclusions.regionAware(frameworkIndex, has);
            }
            barDemands(frameworkIndex);
            onWillingnessChanged(frameworkIndex);
        }
    }

    /**
     * Makes no more offers to a framework. Its demands are still served.
     *
     * @param frameworkIndex a framework.
     */
    public void suppress(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        frameworks.suppressed(frameworkIndex, true);
        onWillingnessChanged(frameworkIndex);
    }

    /**
     * Makes offers to a framework again, and removes all its filters, those of inverse offers too.
     *
     * @param frameworkIndex a framework, suppressed or not.
     */
    public void revive(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        filters.clearFramework(frameworkIndex);
        maintenance.unfilter(frameworkIndex);
        if (frameworks.isSuppressed(frameworkIndex)) {
            frameworks.suppressed(frameworkIndex, false);
            onWillingnessChanged(frameworkIndex);
        }
    }

    /**
     * Says which agents a framework wants to be offered. Placements do not heed it: a demand has constraints of its
     * own. Takes time in proportion to all agents.
     *
     * @param frameworkIndex a framework, without constraints when added.
     * @param constraints    that an offered agent must meet, or null to want every agent.
     */
    public void constrain(int frameworkIndex, OfferConstraints constraints) {
        frameworks.require(frameworkIndex);
        exclusions.constrain(frameworkIndex, constraints);
    }

    /**
     * Says what is the least that a framework wants to be offered. Where it says nothing the minimum of the context
     * holds. Placements do not heed it. Takes time in proportion to all agents where it is the first or the last to say
     * so.
     *
     * @param frameworkIndex a framework, without minima of its own when added.
     * @param minima         instead of the common minimum, lower or higher, or null to go back to that.
     */
    public void minima(int frameworkIndex, OfferMinima minima) {
        frameworks.require(frameworkIndex);
        setMinima(frameworkIndex, minima);
        onWillingnessChanged(frameworkIndex);
    }

    /**
     * The share of a framework, as the order sees it.
     *
     * @param frameworkIndex a framework.
     * @return the share, from 0.
     */
    public double share(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        return frameworks.share(frameworkIndex, cluster);
    }

    private void setMinima(int framework, OfferMinima minima) {
        boolean wasAny = minimum.isAnyOwn();
        minimum.own(framework, minima);
        if (wasAny != minimum.isAnyOwn()) {
            agents.onMinimumChanged();
        }
    }

    private void barDemands(int framework) {
        int left = demands.demandsOf(framework);
        for (int demand = 0; left > 0; demand++) {
            if (demands.isKnown(demand) && demands.framework(demand) == framework) {
                demands.bar(demand, !givable.mayHave(framework, demands.perTask(demand)));
                left--;
            }
        }
    }

    private void onWillingnessChanged(int framework) {
        contenders.update(framework, policies.mayContend(framework));
        if (frameworks.willing().contains(framework)) {
            agents.changed().addAll(agents.offerable());
        }
    }
}

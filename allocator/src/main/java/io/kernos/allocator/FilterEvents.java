package io.kernos.allocator;

/**
 * The events of filters: what a framework does not want for a time.
 * Placements do not heed filters.
 * Errors of the caller are refused and change nothing.
 */
public final class FilterEvents {
    private final FrameworkTable frameworks;
    private final AgentTable agents;
    private final FilterTable filters;
    private final Traits traits;

    FilterEvents(Parts parts) {
        this.frameworks = parts.frameworks;
        this.agents = parts.agents;
        this.filters = parts.filters;
        this.traits = parts.traits;
    }

    /**
     * Makes no offers of an agent to a framework until a time, as long as no more can be offered there than was
     * refused. Each filter holds for itself; one that holds for no more and no longer than another is not kept.
     * Placements do not heed filters.
     *
     * @param frameworkIndex a framework.
     * @param agentIndex     an agent.
     * @param refused        what was refused; copied. To have refused nothing has no effect.
     * @param untilMs        when the filter ends; it has ended for {@link Allocator#allocate} and
     *                       {@link Allocator#advanceTime} at that time.
     * @return false if there are as many filters as the context allows, and this one was not added.
     */
    public boolean add(int frameworkIndex, int agentIndex, Resources refused, long untilMs) {
        frameworks.require(frameworkIndex);
        agents.require(agentIndex);
        for (int i = 0; i < refused.specials(); i++) {
            traits.require(refused.specialTrait(i));
        }
        return filters.add(frameworkIndex, agentIndex, refused, untilMs);
    }

    /**
     * How many filters a framework has.
     *
     * @param frameworkIndex a framework.
     * @return the number; takes time in proportion to it.
     */
    public int countOf(int frameworkIndex) {
        frameworks.require(frameworkIndex);
        return filters.sizeOf(frameworkIndex);
    }

    /**
     * Shows all active filters, in no particular order.
     *
     * @param handler called for each; must not call the allocator's events.
     */
    public void forEach(FilterHandler handler) {
        filters.forEach(handler);
    }
}

package io.kernos.allocator;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A framework in a role, as plainly as can be. */
final class NaiveFramework {
    int role;
    boolean active = true;
    boolean suppressed;
    OfferConstraints constraints;
    /** The least that is worth an offer, any of them; anything where there are none; null for the common minimum. */
    List<Resources> minima;

    final Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
    final List<NaiveFilter> filters = new ArrayList<>();

    boolean admitsRegion(NaiveAgent agent) {
        String region = agent.info.region();
        return capabilities.contains(Capability.REGION_AWARE)
                || region.isEmpty()
                || region.equals(NaiveCluster.HOME_REGION);
    }

    /** Keeps a filter unless another holds for as much and as long, and no other that does not against it. */
    void filter(NaiveFilter filter) {
        if (filter.refused().isNothing() || filters.stream().anyMatch(other -> other.holdsForAtLeast(filter))) {
            return;
        }
        filters.removeIf(filter::holdsForAtLeast);
        filters.add(filter);
    }

    void forgetFiltersOn(int agent) {
        filters.removeIf(filter -> filter.agent() == agent);
    }

    /** When the last filter ends that holds for what is to be offered of an agent. */
    long filteredToMs(int agent, NaiveAmounts offered) {
        return filters.stream()
                .filter(filter -> filter.agent() == agent && filter.refused().containsAll(offered))
                .mapToLong(NaiveFilter::untilMs)
                .max()
                .orElseThrow();
    }

    boolean isFiltered(int agent, NaiveAmounts offered) {
        return filters.stream()
                .anyMatch(filter -> filter.agent() == agent && filter.refused().containsAll(offered));
    }
}

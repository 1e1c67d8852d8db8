package io.kernos.allocator;

/** Policy: what of an agent's free resources a framework may have: what is plain, and what its role allows. */
final class Givable {
    private final OfferMinimum minimum;
    private final AgentTable agents;
    private final FrameworkTable frameworks;
    private final RoleGoods roleGoods;
    private final Traits traits;
    private final SpecialTable specials;

    Givable(Parts parts) {
        minimum = parts.minimum;
        agents = parts.agents;
        frameworks = parts.frameworks;
        roleGoods = parts.roleGoods;
        traits = parts.traits;
        specials = parts.specials;
    }

    /** Whether a framework may have resources with a trait. */
    boolean mayHave(int framework, int trait) {
        int needed = traits.capabilities(trait);
        int reservedTo = traits.reservedTo(trait);
        return (frameworks.capabilities(framework) & needed) == needed
                && (reservedTo == RoleTable.ROOT || roleGoods.isWithin(frameworks.role(framework), reservedTo));
    }

    /** Whether a framework may have all that is special in resources. */
    boolean mayHave(int framework, Resources resources) {
        boolean may = true;
        for (int i = 0; i < resources.specials(); i++) {
            may &= mayHave(framework, resources.specialTrait(i));
        }
        return may;
    }

    /** Adds all that is free and special on an agent and that a framework may have. */
    void addSpecials(int framework, int agent, Resources into) {
        for (int row = specials.first(agent); row != SpecialTable.NONE; row = specials.next(row)) {
            if (specials.gives(row) && mayHave(framework, specials.trait(row))) {
                specials.addFree(row, into);
            }
        }
    }

    /** Whether all that a framework may have of what is free on an agent is in some resources. */
    boolean isWithin(int framework, int agent, Resources limit) {
        boolean isWithin = agents.isFreeWithin(agent, limit);
        for (int row = specials.first(agent); isWithin && row != SpecialTable.NONE; row = specials.next(row)) {
            isWithin = !mayHave(framework, specials.trait(row)) || specials.isFreeWithin(row, limit);
        }
        return isWithin;
    }

    /** Whether all that is free on an agent, and may be given, is in some resources. */
    boolean isAllWithin(int agent, Resources limit) {
        boolean isWithin = agents.isFreeWithin(agent, limit);
        for (int row = specials.first(agent); isWithin && row != SpecialTable.NONE; row = specials.next(row)) {
            isWithin = specials.isFreeWithin(row, limit);
        }
        return isWithin;
    }

    /** Whether all that is special in resources may be given on an agent, to whom it may. */
    boolean covers(int agent, Resources resources) {
        for (int i = 0; i < resources.specials(); i++) {
            int row = specials.find(agent, resources.specialTrait(i));
            boolean isCovered =
                    row != SpecialTable.NONE && specials.gives(row) && specials.coversFree(row, resources.special(i));
            if (!isCovered) {
                return false;
            }
        }
        return true;
    }

    /** How often all that is special in resources is free on an agent, at most so often; it is once. */
    long count(int agent, Resources resources, long most) {
        long count = most;
        for (int i = 0; i < resources.specials(); i++) {
            int row = specials.find(agent, resources.specialTrait(i));
            Resources amounts = resources.special(i);
            for (int kind = 0; !traits.isShared(specials.trait(row)) && kind < amounts.scalarKinds(); kind++) {
                if (amounts.scalar(kind) != 0) {
                    count = Math.min(count, specials.accounts().at(row, Account.FREE, kind) / amounts.scalar(kind));
                }
            }
        }
        return count;
    }

    /** Whether what a framework may have alone on an agent is worth an offer. */
    boolean isWorthAnOffer(int framework, int agent) {
        OfferMinima own = minimum.own(framework);
        if (own != null) {
            return own.isAnything() ? hasAnything(framework, agent) : meets(own, framework, agent);
        }
        return specials.first(agent) == SpecialTable.NONE
                ? agents.isPlainWorthAnOffer(agent)
                : minimum.isMet(
                        amount(framework, agent, ResourceKinds.CPUS), amount(framework, agent, ResourceKinds.MEMORY));
    }

    private boolean hasAnything(int framework, int agent) {
        boolean has = agents.hasPlainFree(agent);
        for (int row = specials.first(agent); !has && row != SpecialTable.NONE; row = specials.next(row)) {
            int trait = specials.trait(row);
            has = !traits.isShared(trait) && specials.gives(row) && mayHave(framework, trait);
        }
        return has;
    }

    private boolean meets(OfferMinima minima, int framework, int agent) {
        boolean meets = false;
        for (int i = 0; !meets && i < minima.size(); i++) {
            Resources least = minima.amount(i);
            meets = true;
            for (int kind = 0; meets && kind < least.scalarKinds(); kind++) {
                meets = least.scalar(kind) == 0 || amount(framework, agent, kind) >= least.scalar(kind);
            }
        }
        return meets;
    }

    /** How much of a scalar kind a framework may have alone on an agent. */
    private long amount(int framework, int agent, int kind) {
        long amount = agents.free(agent, kind);
        for (int row = specials.first(agent); row != SpecialTable.NONE; row = specials.next(row)) {
            int trait = specials.trait(row);
            if (!traits.isShared(trait) && specials.gives(row) && mayHave(framework, trait)) {
                amount += specials.accounts().at(row, Account.FREE, kind);
            }
        }
        return amount;
    }
}

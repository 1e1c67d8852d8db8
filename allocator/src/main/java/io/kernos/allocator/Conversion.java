package io.kernos.allocator;

/**
 * Turns resources of an agent into others in their place, on whichever account they are: what operations do.
 *
 * <p>A conversion keeps the amount of every kind, or leaves nothing at all of what it consumes.
 */
final class Conversion {
    private final ClusterTotals cluster;
    private final AgentTable agents;
    private final Traits traits;
    private final SpecialTable specials;
    private final SpecialLedger specialLedger;
    private final Ledger ledger;

    Conversion(Parts parts) {
        cluster = parts.cluster;
        agents = parts.agents;
        traits = parts.traits;
        specials = parts.specials;
        specialLedger = parts.specialLedger;
        ledger = parts.ledger;
    }

    /** Refuses what cannot be converted; changes nothing. */
    void check(int agent, int framework, Resources consumed, Resources converted) {
        if (framework == OperationEvents.OPERATOR) {
            requireFree(agent, consumed);
        } else {
            ledger.requireGranted(Account.OFFERED, agent, framework, consumed);
        }
        requireStillThere(agent, consumed);
        for (int i = 0; i < consumed.specials(); i++) {
            int trait = consumed.specialTrait(i);
            Checks.state(
                    !traits.isShared(trait) || isOnlyReference(agent, trait, consumed.special(i), framework),
                    "agentIndex",
                    agent,
                    "have no other references to the shared volume; it is offered or used");
        }
        for (int i = 0; i < converted.specials(); i++) {
            int trait = converted.specialTrait(i);
            traits.checkAmounts(trait, converted.special(i));
            int row = specials.find(agent, trait);
            requireNew(agent, converted.special(i), row == SpecialTable.NONE ? null : specials.accounts(), row);
            requireUndivided(agent, trait, row, consumed);
        }
        requireNew(agent, converted, agents.accounts(), agent);
    }

    /** What was given may be gone, as after an agent came back with less. */
    private void requireStillThere(int agent, Resources consumed) {
        boolean isThere = agents.accounts().hasTotal(agent, consumed);
        for (int i = 0; i < consumed.specials(); i++) {
            int row = specials.find(agent, consumed.specialTrait(i));
            boolean isShared = traits.isShared(consumed.specialTrait(i));
            isThere &= isShared || specials.accounts().hasTotal(row, consumed.special(i));
        }
        Checks.state(isThere, "agentIndex", agent, "still have what is to be converted; it has less by now");
    }

    /** Numbers that would come to be there twice, as after an agent came back with others than it had. */
    private static void requireNew(int agent, Resources converted, AccountTable accounts, int row) {
        AgentRanges ranges = accounts == null ? null : accounts.ranges(row);
        Checks.state(ranges == null || !ranges.isKnown(converted), "agentIndex", agent, "not have the numbers already");
    }

    /** Of what can be had only as a whole there is nothing yet, or all that there is is consumed. */
    private void requireUndivided(int agent, int trait, int row, Resources consumed) {
        boolean isUndivided = row == SpecialTable.NONE || !traits.isWhole(trait) || consumed.specialOf(trait) != null;
        Checks.state(isUndivided, "agentIndex", agent, "not have any of what can be had only as a whole already");
    }

    /** Converts what was checked. */
    void apply(int agent, int framework, Resources consumed, Resources converted) {
        boolean isOffered = framework != OperationEvents.OPERATOR;
        if (isOffered) {
            ledger.move(Account.OFFERED, Account.FREE, agent, framework, consumed, 1);
        }
        changeTotals(agent, consumed, -1);
        changeTotals(agent, converted, 1);
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            cluster.addTotal(kind, converted.quantity(kind) - consumed.quantity(kind));
        }
        if (isOffered) {
            ledger.move(Account.FREE, Account.OFFERED, agent, framework, converted, 1);
        } else {
            agents.onSpecialsChanged(agent, true);
        }
    }

    void requireOffered(int agent, int framework, Resources resources) {
        ledger.requireGranted(Account.OFFERED, agent, framework, resources);
    }

    private void changeTotals(int agent, Resources resources, int times) {
        agents.addTotal(agent, resources, times);
        for (int i = 0; i < resources.specials(); i++) {
            specialLedger.addTotal(agent, resources.specialTrait(i), resources.special(i), times);
        }
    }

    private void requireFree(int agent, Resources consumed) {
        agents.require(agent);
        if (!agents.covers(agent, Account.FREE, consumed) || !specials.covers(agent, Account.FREE, consumed)) {
            throw new IllegalStateException("agentIndex=" + agent + " must have " + consumed + " free to convert it");
        }
    }

    private boolean isOnlyReference(int agent, int trait, Resources amounts, int framework) {
        int row = specials.find(agent, trait);
        AccountTable accounts = specials.accounts();
        long size = accounts.total(row, ResourceKinds.DISK);
        long offered = accounts.at(row, Account.OFFERED, ResourceKinds.DISK);
        return amounts.scalar(ResourceKinds.DISK) == size
                && accounts.isEmpty(row, Account.USED)
                && offered == (framework == OperationEvents.OPERATOR ? 0 : size);
    }
}

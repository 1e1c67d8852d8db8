package io.kernos.allocator;

/** What agents have besides plain resources, as they come, change and go. */
final class SpecialTotals {
    private final ClusterTotals cluster;
    private final Traits traits;
    private final SpecialTable specials;
    private final SpecialLedger ledger;
    private final AgentTable agents;
    private final Resources before = new Resources();
    private final Resources none = new Resources();

    SpecialTotals(Parts parts) {
        cluster = parts.cluster;
        traits = parts.traits;
        specials = parts.specials;
        ledger = parts.specialLedger;
        agents = parts.agents;
    }

    /** Refuses what an agent cannot have. */
    void check(int agent, Resources total) {
        for (int i = 0; i < total.specials(); i++) {
            traits.checkAmounts(total.specialTrait(i), total.special(i));
            cluster.checkTotal(total.special(i));
        }
        for (int row = specials.first(agent); row != SpecialTable.NONE; row = specials.next(row)) {
            if (traits.isShared(specials.trait(row)) && specials.isAllocated(row)) {
                Resources now = total.specialOf(specials.trait(row));
                Checks.state(
                        now != null && now.scalar(ResourceKinds.DISK) == size(row),
                        "agentIndex",
                        agent,
                        "keep its shared volumes as they are while they are offered or used");
            }
        }
    }

    /** Makes an agent have exactly the special part of a total. */
    void update(int agent, Resources total) {
        int row = specials.first(agent);
        while (row != SpecialTable.NONE) {
            int next = specials.next(row);
            int trait = specials.trait(row);
            Resources now = total.specialOf(trait);
            before.clear();
            specials.accounts().copyTotalInto(row, before);
            if (!before.equals(now == null ? none : now)) {
                change(agent, trait, before, -1);
            }
            row = next;
        }
        for (int i = 0; i < total.specials(); i++) {
            int trait = total.specialTrait(i);
            int kept = specials.find(agent, trait);
            if (kept == SpecialTable.NONE || specials.accounts().hasNoTotal(kept)) {
                change(agent, trait, total.special(i), 1);
            }
        }
        agents.onSpecialsChanged(agent, true);
    }

    /** Forgets all that an agent had. */
    void clear(int agent) {
        update(agent, none);
    }

    private void change(int agent, int trait, Resources amounts, int times) {
        ledger.addTotal(agent, trait, amounts, times);
        for (int kind = 0; kind < amounts.scalarKinds(); kind++) {
            cluster.addTotal(kind, times * amounts.scalar(kind));
        }
    }

    private long size(int row) {
        return specials.accounts().total(row, ResourceKinds.DISK);
    }
}

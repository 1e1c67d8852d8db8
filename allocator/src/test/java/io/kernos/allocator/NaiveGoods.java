package io.kernos.allocator;

import java.util.Set;
import java.util.TreeSet;

/** What is special, in obvious code: who may have it, and what it counts. */
final class NaiveGoods {
    private final NaiveCluster cluster;

    NaiveGoods(NaiveCluster cluster) {
        this.cluster = cluster;
    }

    boolean mayHave(int framework, int trait) {
        Trait what = cluster.traits.get(trait);
        NaiveFramework who = cluster.frameworks.get(framework);
        return (!what.isShared() || who.capabilities.contains(Capability.SHARED_RESOURCES))
                && (!what.isRevocable() || who.capabilities.contains(Capability.REVOCABLE_RESOURCES))
                && (what.reservations().size() < 2 || who.capabilities.contains(Capability.RESERVATION_REFINEMENT))
                && (!what.isReserved()
                        || isWithin(who.role, what.reservations().getLast().roleIndex()));
    }

    boolean mayUseGpus(int framework, NaiveAgent agent) {
        return !cluster.keepsGpuAgents
                || cluster.frameworks.get(framework).capabilities.contains(Capability.GPU_RESOURCES)
                || alone(agent.total, ResourceKinds.GPUS) == 0;
    }

    /** What an agent may give a framework, or null. */
    NaiveAmounts giveable(int framework, NaiveAgent agent) {
        NaiveAmounts giveable = agent.giveable();
        if (giveable != null) {
            giveable.specials.keySet().removeIf(trait -> !mayHave(framework, trait));
        }
        return giveable;
    }

    /** How much of a kind there is to have alone, special or not. */
    long alone(NaiveAmounts amounts, int kind) {
        return amounts.scalars[kind]
                + amounts.specials.entrySet().stream()
                        .filter(special -> !cluster.traits.get(special.getKey()).isShared())
                        .mapToLong(special -> special.getValue().scalars[kind])
                        .sum();
    }

    /** What some frameworks have on all agents; what is shared counts once an agent. */
    long[] held(Set<Integer> frameworks) {
        long[] held = new long[ResourceKinds.MAX_SCALARS];
        for (NaiveAgent agent : cluster.agents.values()) {
            Set<Integer> shared = new TreeSet<>();
            for (int framework : frameworks) {
                addHeld(agent.offeredByFramework.get(framework), held, shared);
                addHeld(agent.usedByFramework.get(framework), held, shared);
                addHeld(agent.claimedByFramework.get(framework), held, shared);
            }
            shared.forEach(trait ->
                    held[ResourceKinds.DISK] += agent.total.specialOrNothing(trait).scalars[ResourceKinds.DISK]);
        }
        return held;
    }

    /** What is reserved for a role, and what it has that is neither reserved nor revocable. */
    long charged(int role, int kind) {
        long charged = 0;
        for (NaiveAgent agent : cluster.agents.values()) {
            Set<Integer> shared = new TreeSet<>();
            for (var special : agent.total.specials.entrySet()) {
                Trait trait = cluster.traits.get(special.getKey());
                boolean isOurs = trait.isReserved()
                        && isWithin(trait.reservations().getLast().roleIndex(), role);
                charged += isOurs ? special.getValue().scalars[kind] : 0;
            }
            for (var framework : cluster.frameworks.entrySet()) {
                if (isWithin(framework.getValue().role, role)) {
                    charged += charged(agent.offeredByFramework.get(framework.getKey()), kind, shared);
                    charged += charged(agent.usedByFramework.get(framework.getKey()), kind, shared);
                    charged += charged(agent.claimedByFramework.get(framework.getKey()), kind, shared);
                }
            }
            for (int trait : shared) {
                charged += agent.total.specialOrNothing(trait).scalars[kind];
            }
        }
        return charged;
    }

    private long charged(NaiveAmounts amounts, int kind, Set<Integer> shared) {
        if (amounts == null) {
            return 0;
        }
        long charged = amounts.scalars[kind];
        for (var special : amounts.specials.entrySet()) {
            Trait trait = cluster.traits.get(special.getKey());
            if (!trait.isReserved() && !trait.isRevocable()) {
                if (trait.isShared()) {
                    shared.add(special.getKey());
                } else {
                    charged += special.getValue().scalars[kind];
                }
            }
        }
        return charged;
    }

    private void addHeld(NaiveAmounts amounts, long[] held, Set<Integer> shared) {
        if (amounts == null) {
            return;
        }
        for (int kind = 0; kind < held.length; kind++) {
            held[kind] += alone(amounts, kind);
        }
        amounts.specials.keySet().stream()
                .filter(trait -> cluster.traits.get(trait).isShared())
                .forEach(shared::add);
    }

    private boolean isWithin(int role, int other) {
        return cluster.isWithin(role, other);
    }
}

package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Placement of the demands in obvious code. */
final class NaivePlacement {
    private final NaiveCluster cluster;
    private final NaiveQuotas quotas;
    final NaiveBackfill backfill;

    NaivePlacement(NaiveCluster cluster, NaiveQuotas quotas) {
        this.cluster = cluster;
        this.quotas = quotas;
        this.backfill = new NaiveBackfill(cluster, quotas, this);
    }

    /** Places one task of a framework, or one gang, if any fits; on demand only if something of it is owed. */
    List<Decisions.Grant> place(int framework, boolean onlyOwed) {
        int role = cluster.frameworks.get(framework).role;
        List<Integer> wanted = new ArrayList<>();
        cluster.demands.forEach((index, demand) -> {
            if (demand.framework == framework && cluster.open(index) > 0) {
                wanted.add(index);
            }
        });
        wanted.sort(Comparator.comparingInt((Integer demand) -> -cluster.demands.get(demand).priority)
                .thenComparingLong(demand -> cluster.demands.get(demand).sequence)
                .thenComparingInt(demand -> demand));
        for (int index : wanted) {
            NaiveDemand demand = cluster.demands.get(index);
            boolean may = quotas.allows(role, demand.perTask, demand.gang)
                    && (!onlyOwed || quotas.givesOwed(role, demand.perTask));
            List<Decisions.Grant> placed = may ? placeGang(index) : List.of();
            if (!placed.isEmpty()) {
                return placed;
            }
        }
        return List.of();
    }

    /** Places as many tasks of a demand as go together, one after the other, or none if not all fit. */
    private List<Decisions.Grant> placeGang(int index) {
        NaiveDemand demand = cluster.demands.get(index);
        List<Decisions.Grant> placed = new ArrayList<>();
        while (placed.size() < demand.gang) {
            Integer agent = demand.gang > cluster.open(index) ? null : choose(demand);
            if (agent == null) {
                placed.forEach(grant -> takeBack(demand, cluster.agents.get(grant.agent()), grant.resources()));
                return List.of();
            }
            NaiveAgent where = cluster.agents.get(agent);
            Resources task = task(demand, cluster.goods.giveable(demand.framework, where), where.topology);
            cluster.give(cluster.agents.get(agent).usedByFramework, demand.framework, task);
            cluster.agents.get(agent).countGroup(demand.group, 1);
            placed.add(new Decisions.Grant(false, -1, index, agent, 1, task));
        }
        demand.waiting -= demand.gang;
        placed.forEach(grant -> run(index, grant.agent()));
        return placed;
    }

    /** Counts a task that may have to leave, or is expected to end. */
    void run(int demand, int agent) {
        long durationMs = cluster.demands.get(demand).durationMs;
        if (durationMs > 0) {
            cluster.agents.get(agent).ends.add(new NaiveEnd(demand, cluster.nowMs + durationMs));
        }
        if (cluster.demands.get(demand).preemptible) {
            cluster.agents.get(agent).runs.computeIfAbsent(demand, key -> new NaiveRun()).tasks++;
        }
    }

    private void takeBack(NaiveDemand demand, NaiveAgent from, Resources task) {
        cluster.take(from.usedByFramework, demand.framework, task);
        from.countGroup(demand.group, -1);
    }

    /** The agent that a task goes to, or null if it fits none. */
    private Integer choose(NaiveDemand demand) {
        List<Integer> fitting = new ArrayList<>();
        for (int agent : cluster.agents.keySet()) {
            NaiveAgent where = cluster.agents.get(agent);
            boolean isAdmitted =
                    demand.admits(where) && demand.isNear(where.groupsBefore) && demand.isWithinGroupLimit(where);
            NaiveAmounts free = isAdmitted ? cluster.goods.giveable(demand.framework, where) : null;
            if (task(demand, free, where.topology) != null && !backfill.keeps(demand, where)) {
                fitting.add(agent);
            }
        }
        Comparator<Integer> byLevel = Comparator.comparing(agent -> level(demand, agent));
        return switch (demand.choice) {
            case LOWEST -> fitting.stream().findFirst().orElse(null);
            case PACK -> fitting.stream().min(byLevel).orElse(null);
            case SPREAD -> fitting.stream().min(byLevel.reversed()).orElse(null);
        };
    }

    /** How many binary digits an amount has, and the first four of them: equal for equal levels, ascending as text. */
    private String level(NaiveDemand demand, int agent) {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (demand.perTask.scalar(kind) > 0) {
                String digits = Long.toBinaryString(cluster.agents.get(agent).free().scalars[kind]);
                return String.format("%02d %s", digits.length(), digits.substring(0, Math.min(4, digits.length())));
            }
        }
        return "";
    }

    /** What a task of a demand would get of what is free, which is then less by that, or null if it does not fit. */
    Resources task(NaiveDemand demand, NaiveAmounts free, NaiveTopology topology) {
        NaiveAmounts task = NaiveAmounts.of(demand.perTask);
        if (free == null || !free.contains(task) || !coversSpecials(free, task)) {
            return null;
        }
        take(free, task);
        return takeNumbers(demand, free, task, topology) ? task.toResources() : null;
    }

    /** Moves the numbers that a task wants, of the first place that has all of them; returns false if none has. */
    private static boolean takeNumbers(
            NaiveDemand demand, NaiveAmounts free, NaiveAmounts task, NaiveTopology topology) {
        for (long[] place : topology.places(demand.alignment)) {
            boolean isEnough = true;
            for (int kind = 0; kind < place.length; kind++) {
                isEnough &= Long.bitCount(free.numbers[kind] & place[kind]) >= demand.any[kind];
            }
            if (isEnough) {
                take(demand.any, place, free, task);
                return true;
            }
        }
        return false;
    }

    private static void take(int[] wanted, long[] place, NaiveAmounts free, NaiveAmounts task) {
        for (int kind = 0; kind < place.length; kind++) {
            for (int i = 0; i < wanted[kind]; i++) {
                long lowest = Long.lowestOneBit(free.numbers[kind] & place[kind]);
                free.numbers[kind] -= lowest;
                task.numbers[kind] += lowest;
            }
        }
    }

    /** What is shared stays; what is given as a whole is covered no more. */
    private void take(NaiveAmounts free, NaiveAmounts task) {
        NaiveAmounts taken = NaiveAmounts.of(task.toResources());
        taken.specials.keySet().removeIf(trait -> cluster.traits.get(trait).isShared());
        free.subtract(taken);
    }

    private boolean coversSpecials(NaiveAmounts free, NaiveAmounts task) {
        for (var special : task.specials.entrySet()) {
            NaiveAmounts there = free.specialOrNothing(special.getKey());
            long wanted = special.getValue().scalars[ResourceKinds.DISK];
            long has = there.scalars[ResourceKinds.DISK];
            Trait trait = cluster.traits.get(special.getKey());
            boolean fits = trait.isShared()
                    ? has != 0 && wanted % has == 0
                    : there.contains(special.getValue()) && (!trait.isWhole() || wanted == has);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}

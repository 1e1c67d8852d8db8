package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rule of {@link Allocator} in obvious code: everything is computed from scratch, every time. */
final class NaiveAllocator {
    static final class Role {
        long weightMilli;
    }

    static final class Framework {
        int role;
        boolean active = true;
        boolean suppressed;
        final TreeMap<Integer, Long> filterEndByAgent = new TreeMap<>();
    }

    static final class Agent {
        NaiveAmounts total;
        boolean active = true;
        final TreeMap<Integer, NaiveAmounts> offeredByFramework = new TreeMap<>();
        final TreeMap<Integer, NaiveAmounts> usedByFramework = new TreeMap<>();

        NaiveAmounts allocated() {
            NaiveAmounts allocated = new NaiveAmounts();
            offeredByFramework.values().forEach(allocated::add);
            usedByFramework.values().forEach(allocated::add);
            return allocated;
        }

        NaiveAmounts free() {
            NaiveAmounts free = new NaiveAmounts();
            free.add(total);
            free.subtract(allocated());
            return free;
        }

        /** What may be given now: all that is free, or null from an agent that gives nothing. */
        NaiveAmounts giveable() {
            return active && total.contains(allocated()) ? free() : null;
        }
    }

    static final class Demand {
        int framework;
        long sequence;
        Resources perTask;
        int ports;
        int waiting;
    }

    private static final long MIN_CPUS_MILLI = 10;
    private static final long MIN_MEMORY_BYTES = 32L << 20;

    final TreeMap<Integer, Role> roles = new TreeMap<>();
    final TreeMap<Integer, Framework> frameworks = new TreeMap<>();
    final TreeMap<Integer, Agent> agents = new TreeMap<>();
    final TreeMap<Integer, Demand> demands = new TreeMap<>();
    private final AllocationHandler handler;

    NaiveAllocator(AllocationHandler handler) {
        this.handler = handler;
    }

    void give(Map<Integer, NaiveAmounts> account, int framework, Resources resources) {
        if (!resources.isEmpty()) {
            account.computeIfAbsent(framework, key -> new NaiveAmounts()).add(resources);
        }
    }

    void take(Map<Integer, NaiveAmounts> account, int framework, Resources resources) {
        if (resources.isEmpty()) {
            return;
        }
        NaiveAmounts held = account.get(framework);
        held.subtract(NaiveAmounts.of(resources));
        if (held.isNothing()) {
            account.remove(framework);
        }
    }

    void expire(long nowMs) {
        frameworks
                .values()
                .forEach(framework -> framework.filterEndByAgent.values().removeIf(end -> end <= nowMs));
    }

    long nextDeadlineMs() {
        return frameworks.values().stream()
                .flatMap(framework -> framework.filterEndByAgent.values().stream())
                .min(Comparator.naturalOrder())
                .orElse(Long.MAX_VALUE);
    }

    void allocate(long nowMs) {
        expire(nowMs);
        List<Decisions.Grant> grants = new ArrayList<>();
        while (step(grants)) {
            mergeLast(grants);
        }
        for (Decisions.Grant grant : grants) {
            if (grant.isOffer()) {
                handler.onOffer(grant.framework(), grant.agent(), grant.resources());
            } else {
                handler.onPlacement(grant.demand(), grant.agent(), grant.tasks(), grant.resources());
            }
        }
    }

    double roleShare(int role) {
        long[] held = new long[ResourceKinds.MAX_SCALARS];
        frameworks.forEach((index, framework) -> {
            if (framework.role == role) {
                addHeld(index, held);
            }
        });
        return share(held, roles.get(role).weightMilli);
    }

    double frameworkShare(int framework) {
        long[] held = new long[ResourceKinds.MAX_SCALARS];
        addHeld(framework, held);
        return share(held, 1000);
    }

    /** Agents by the reason for which a demand waits. */
    Map<WaitReason, Integer> explain(int index) {
        Demand demand = demands.get(index);
        Map<WaitReason, Integer> counts = new TreeMap<>();
        for (Agent agent : agents.values()) {
            WaitReason reason;
            if (!agent.active) {
                reason = WaitReason.AGENT_NOT_ACTIVE;
            } else if (agent.giveable() == null) {
                reason = WaitReason.AGENT_OVERCOMMITTED;
            } else if (task(demand, agent.giveable()) != null) {
                reason = WaitReason.AGENT_FITS;
            } else {
                NaiveAmounts all = new NaiveAmounts();
                all.add(agent.total);
                reason = task(demand, all) == null ? WaitReason.AGENT_TOO_SMALL : WaitReason.AGENT_IN_USE;
            }
            counts.merge(reason, 1, Integer::sum);
        }
        return counts;
    }

    private boolean step(List<Decisions.Grant> grants) {
        for (int framework : contendersLeastFirst()) {
            Decisions.Grant grant = placement(framework);
            if (grant == null && !frameworks.get(framework).suppressed) {
                grant = offer(framework);
            }
            if (grant != null) {
                grants.add(grant);
                return true;
            }
        }
        return false;
    }

    private List<Integer> contendersLeastFirst() {
        List<Integer> contenders = new ArrayList<>();
        TreeMap<Integer, Double> roleShares = new TreeMap<>();
        TreeMap<Integer, Double> shares = new TreeMap<>();
        frameworks.forEach((index, framework) -> {
            if (framework.active) {
                contenders.add(index);
                shares.put(index, frameworkShare(index));
                roleShares.computeIfAbsent(framework.role, this::roleShare);
            }
        });
        contenders.sort(
                Comparator.comparingDouble((Integer framework) -> roleShares.get(frameworks.get(framework).role))
                        .thenComparingInt(framework -> frameworks.get(framework).role)
                        .thenComparingDouble(shares::get)
                        .thenComparingInt(framework -> framework));
        return contenders;
    }

    private Decisions.Grant placement(int framework) {
        List<Integer> wanted = new ArrayList<>();
        demands.forEach((index, demand) -> {
            if (demand.framework == framework && demand.waiting > 0) {
                wanted.add(index);
            }
        });
        wanted.sort(Comparator.comparingLong((Integer demand) -> demands.get(demand).sequence)
                .thenComparingInt(demand -> demand));
        for (int index : wanted) {
            Demand demand = demands.get(index);
            for (int agent : agents.keySet()) {
                Resources task = task(demand, agents.get(agent).giveable());
                if (task != null) {
                    give(agents.get(agent).usedByFramework, framework, task);
                    demand.waiting--;
                    return new Decisions.Grant(false, -1, index, agent, 1, task);
                }
            }
        }
        return null;
    }

    /** What a task of a demand would get of what is free, or null if it does not fit. */
    private static Resources task(Demand demand, NaiveAmounts free) {
        NaiveAmounts task = NaiveAmounts.of(demand.perTask);
        if (free == null || !free.contains(task)) {
            return null;
        }
        free.subtract(task);
        for (int i = 0; i < demand.ports; i++) {
            long lowest = Long.lowestOneBit(free.numbers[ResourceKinds.PORTS]);
            if (lowest == 0) {
                return null;
            }
            free.numbers[ResourceKinds.PORTS] -= lowest;
            task.numbers[ResourceKinds.PORTS] += lowest;
        }
        return task.toResources();
    }

    private Decisions.Grant offer(int framework) {
        for (int index : agents.keySet()) {
            boolean isFiltered = frameworks.get(framework).filterEndByAgent.containsKey(index);
            NaiveAmounts free = isFiltered ? null : agents.get(index).giveable();
            if (free != null
                    && (free.scalars[ResourceKinds.CPUS] >= MIN_CPUS_MILLI
                            || free.scalars[ResourceKinds.MEMORY] >= MIN_MEMORY_BYTES)) {
                Resources granted = free.toResources();
                give(agents.get(index).offeredByFramework, framework, granted);
                return new Decisions.Grant(true, framework, -1, index, 1, granted);
            }
        }
        return null;
    }

    private void mergeLast(List<Decisions.Grant> grants) {
        if (grants.size() < 2) {
            return;
        }
        Decisions.Grant last = grants.getLast();
        Decisions.Grant before = grants.get(grants.size() - 2);
        boolean isSame = !last.isOffer()
                && last.demand() == before.demand()
                && last.agent() == before.agent()
                && !last.resources().hasRanges();
        if (isSame) {
            grants.removeLast();
            grants.set(
                    grants.size() - 1,
                    new Decisions.Grant(false, -1, last.demand(), last.agent(), before.tasks() + 1, last.resources()));
        }
    }

    private void addHeld(int framework, long[] held) {
        for (Agent agent : agents.values()) {
            addScalars(agent.offeredByFramework.get(framework), held);
            addScalars(agent.usedByFramework.get(framework), held);
        }
    }

    private static void addScalars(NaiveAmounts amounts, long[] sum) {
        for (int kind = 0; amounts != null && kind < sum.length; kind++) {
            sum[kind] += amounts.scalars[kind];
        }
    }

    private double share(long[] held, long weightMilli) {
        long[] total = new long[ResourceKinds.MAX_SCALARS];
        agents.values().forEach(agent -> addScalars(agent.total, total));
        double share = 0;
        for (int kind = 0; kind < total.length; kind++) {
            if (total[kind] != 0) {
                share = Math.max(share, (double) held[kind] * 1000 / ((double) total[kind] * weightMilli));
            }
        }
        return share;
    }
}

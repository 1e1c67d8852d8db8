package io.kernos.allocator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Reservations in time in obvious code: all is found from scratch before each pass. */
final class NaiveBackfill {
    private final NaiveCluster cluster;
    private final NaiveQuotas quotas;
    private final NaivePlacement placement;
    /** How often a task was kept from an agent by a reservation alone. */
    long kept;
    /** How often room was reserved that is not free yet. */
    long later;

    NaiveBackfill(NaiveCluster cluster, NaiveQuotas quotas, NaivePlacement placement) {
        this.cluster = cluster;
        this.quotas = quotas;
        this.placement = placement;
    }

    /** Finds out for whom room is reserved, from when on and where. */
    void reserve() {
        cluster.room = null;
        List<Integer> heads = new ArrayList<>(cluster.demands.keySet());
        heads.removeIf(index -> !mayBeHead(index));
        heads.sort(Comparator.comparingInt((Integer index) -> -cluster.demands.get(index).priority)
                .thenComparingLong(index -> cluster.demands.get(index).sequence)
                .thenComparingInt(index -> index));
        if (heads.isEmpty()) {
            return;
        }
        NaiveDemand head = cluster.demands.get(heads.getFirst());
        if (sum(agent -> fittingNow(head, agent)) >= head.gang) {
            if (quotas.allows(roleOf(head), head.perTask, head.gang)) {
                cluster.room = room(head, cluster.nowMs, agent -> fittingNow(head, agent));
            }
            return;
        }
        for (long endMs : ends()) {
            if (sum(agent -> fittingAt(head, agent, endMs)) >= head.gang) {
                later++;
                cluster.room = room(head, endMs, agent -> fittingAt(head, agent, endMs));
                return;
            }
        }
    }

    /** How many tasks of a demand may go to an agent, as far as the reservation is concerned. */
    long most(NaiveDemand demand, NaiveAgent agent) {
        NaiveRoom room = cluster.room();
        if (room == null || !room.tasksOn.containsKey(agent) || demand == room.head) {
            return Integer.MAX_VALUE;
        }
        if (demand.durationMs > 0 && cluster.nowMs + demand.durationMs <= room.startMs) {
            return Integer.MAX_VALUE;
        }
        long most = Integer.MAX_VALUE;
        long[] spare = spare(room, agent);
        for (int kind = 0; kind < spare.length; kind++) {
            long wanted = wants(demand)[kind];
            if (wanted > 0 && wants(room.head)[kind] > 0) {
                most = Math.min(most, spare[kind] / wanted);
            }
        }
        return most;
    }

    /** Whether a task that fits an agent is kept from it by the reservation. */
    boolean keeps(NaiveDemand demand, NaiveAgent agent) {
        boolean keeps = most(demand, agent) == 0;
        kept += keeps ? 1 : 0;
        return keeps;
    }

    /** Whether tasks may have to leave an agent for one of a demand. */
    boolean mayClaim(NaiveDemand demand, NaiveAgent agent) {
        NaiveRoom room = cluster.room();
        return room == null || demand == room.head || !room.tasksOn.containsKey(agent);
    }

    /** Takes out of what is free on an agent what is reserved. */
    void withhold(NaiveAgent agent, NaiveAmounts free) {
        NaiveRoom room = cluster.room();
        if (room == null || !room.tasksOn.containsKey(agent)) {
            return;
        }
        long[] spare = spare(room, agent);
        for (int kind = 0; kind < spare.length; kind++) {
            int range = kind - ResourceKinds.MAX_SCALARS;
            if (wants(room.head)[kind] > 0 && range < 0) {
                free.scalars[kind] = Math.min(free.scalars[kind], spare[kind]);
            }
            while (wants(room.head)[kind] > 0 && range >= 0 && Long.bitCount(free.numbers[range]) > spare[kind]) {
                free.numbers[range] &= free.numbers[range] - 1;
            }
        }
    }

    private boolean mayBeHead(int index) {
        NaiveDemand demand = cluster.demands.get(index);
        return demand.reserved
                && cluster.open(index) >= demand.gang
                && cluster.frameworks.get(demand.framework).active
                && cluster.path(roleOf(demand)).stream().allMatch(role -> isWithinLimit(role, demand));
    }

    private boolean isWithinLimit(int role, NaiveDemand demand) {
        boolean isWithin = true;
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long limit = cluster.roles.get(role).quota.limit(kind);
            long wanted = demand.gang * demand.perTask.scalar(kind);
            isWithin &= wanted == 0 || limit == Quota.NO_LIMIT || quotas.consumed(role, kind) + wanted <= limit;
        }
        return isWithin;
    }

    private NaiveRoom room(NaiveDemand head, long startMs, ToIntFunction<NaiveAgent> fitting) {
        NaiveRoom room = new NaiveRoom(head, startMs);
        int left = head.gang;
        for (NaiveAgent agent : cluster.agents.values()) {
            int tasks = Math.min(left, fitting.applyAsInt(agent));
            if (tasks > 0) {
                room.tasksOn.put(agent, tasks);
                left -= tasks;
            }
        }
        return room;
    }

    private int sum(ToIntFunction<NaiveAgent> fitting) {
        return cluster.agents.values().stream().mapToInt(fitting).sum();
    }

    private int fittingNow(NaiveDemand head, NaiveAgent agent) {
        boolean isAdmitted = head.admits(agent) && head.isNear(agent.groupsBefore);
        NaiveAmounts free = isAdmitted ? cluster.goods.giveable(head.framework, agent) : null;
        int fitting = 0;
        while (fitting < Math.min(head.gang, groupRoom(head, agent))
                && placement.task(head, free, agent.topology) != null) {
            fitting++;
        }
        return fitting;
    }

    private int fittingAt(NaiveDemand head, NaiveAgent agent, long timeMs) {
        boolean isAdmitted = head.admits(agent) && head.isNear(agent.groupsBefore) && agent.holds.isEmpty();
        if (!isAdmitted || agent.lacksNumbers()) {
            return 0;
        }
        long fitting = Math.min(head.gang, groupRoom(head, agent));
        long[] free = freeAt(agent, timeMs);
        for (int kind = 0; kind < free.length; kind++) {
            long wanted = wants(head)[kind];
            fitting = free[kind] < 0 ? 0 : fitting;
            fitting = wanted > 0 ? Math.min(fitting, free[kind] / wanted) : fitting;
        }
        return (int) Math.max(0, fitting);
    }

    private static int groupRoom(NaiveDemand head, NaiveAgent agent) {
        return head.maxPerAgent - agent.tasksByGroup.getOrDefault(head.group, 0);
    }

    /** When tasks are expected to end, each time once. */
    private Set<Long> ends() {
        Set<Long> ends = new TreeSet<>();
        cluster.agents.values().forEach(agent -> agent.ends.forEach(end -> ends.add(end.dueMs(cluster.nowMs))));
        return ends;
    }

    /** What will be free of each scalar kind, then how many numbers of each range kind. */
    private long[] freeAt(NaiveAgent agent, long timeMs) {
        NaiveAmounts now = agent.free();
        long[] free = Arrays.copyOf(now.scalars, ResourceKinds.MAX_SCALARS + ResourceKinds.MAX_RANGES);
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            free[ResourceKinds.MAX_SCALARS + kind] = Long.bitCount(now.numbers[kind]);
        }
        for (NaiveEnd end : agent.ends) {
            for (int kind = 0; kind < free.length && end.dueMs(cluster.nowMs) <= timeMs; kind++) {
                free[kind] += wants(cluster.demands.get(end.demand()))[kind];
            }
        }
        return free;
    }

    /** What will be free there that the head does not need. */
    private long[] spare(NaiveRoom room, NaiveAgent agent) {
        long[] spare = freeAt(agent, room.startMs);
        for (int kind = 0; kind < spare.length; kind++) {
            spare[kind] = Math.max(0, spare[kind] - room.tasksOn.get(agent) * wants(room.head)[kind]);
        }
        return spare;
    }

    /** What a task wants that is plain: of each scalar kind, then how many numbers of each range kind. */
    private static long[] wants(NaiveDemand demand) {
        NaiveAmounts task = NaiveAmounts.of(demand.perTask);
        long[] wants = Arrays.copyOf(task.scalars, ResourceKinds.MAX_SCALARS + ResourceKinds.MAX_RANGES);
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            wants[ResourceKinds.MAX_SCALARS + kind] = (long) demand.any[kind] + Long.bitCount(task.numbers[kind]);
        }
        return wants;
    }

    private int roleOf(NaiveDemand demand) {
        return cluster.frameworks.get(demand.framework).role;
    }
}

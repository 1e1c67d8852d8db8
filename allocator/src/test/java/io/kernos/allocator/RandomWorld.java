package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;

/** What random events draw from and act on: an allocator, the naive one's cluster, and a log of what was done. */
final class RandomWorld {
    private static final long MIB = 1L << 20;
    private static final int[] AGENT_STRIDES = {1, 1, 7, 40, 1_100};
    private static final int[] FRAMEWORK_STRIDES = {1, 1, 40, 70};

    final Random random;
    final NaiveCluster naive;
    final List<String> log = new ArrayList<>();
    Allocator allocator;
    long nowMs = 1;
    final int maxAgents;
    final int maxFrameworks;
    final int agentStride;
    final int frameworkStride;
    final RandomGoods goods = new RandomGoods(this);
    final int customKind;
    /** Whether many small tasks compete, of which some may take the place of others. */
    final boolean isCrowded;
    /** Whether tasks say how long they take, and room is reserved for gangs. */
    final boolean isQueued;

    RandomWorld(long seed, Allocator allocator, NaiveCluster naive) {
        this.random = new Random(seed);
        this.allocator = allocator;
        this.naive = naive;
        this.agentStride = AGENT_STRIDES[random.nextInt(AGENT_STRIDES.length)];
        this.frameworkStride = FRAMEWORK_STRIDES[random.nextInt(FRAMEWORK_STRIDES.length)];
        this.customKind = ResourceKinds.GPUS
                + (random.nextBoolean() ? 0 : random.nextInt(ResourceKinds.MAX_SCALARS - ResourceKinds.GPUS));
        this.isCrowded = random.nextInt(3) == 0;
        this.isQueued = !isCrowded && random.nextInt(2) == 0;
        this.maxAgents = 2 + random.nextInt(random.nextInt(10) == 0 ? 40 : 8);
        this.maxFrameworks = 1 + random.nextInt(7);
    }

    /** Whether demands compete more than offers. */
    boolean isBusy() {
        return isCrowded || isQueued;
    }

    int indexBound() {
        return maxAgents * agentStride;
    }

    void filter(int framework, int agent, Resources refused) {
        long untilMs = nowMs + random.nextInt(20);
        note("filter " + framework + " on " + agent + " " + refused + " until " + untilMs);
        naive.frameworks.get(framework).filter(new NaiveFilter(agent, NaiveAmounts.of(refused), untilMs));
        if (!allocator.filters().add(framework, agent, refused, untilMs)) {
            throw new AssertionError("no room for a filter");
        }
    }

    void recoverAll(int agent, int framework) {
        NaiveAgent where = naive.agents.get(agent);
        if (where.offeredByFramework.containsKey(framework)) {
            recover(agent, framework, where.offeredByFramework.get(framework).toResources(), Account.OFFERED);
        }
        if (where.usedByFramework.containsKey(framework)) {
            recover(agent, framework, where.usedByFramework.get(framework).toResources(), Account.USED);
        }
    }

    void recover(int agent, int framework, Resources resources, Account from) {
        note("recover " + from + " " + agent + " of " + framework + " " + resources);
        NaiveAgent where = naive.agents.get(agent);
        if (from == Account.OFFERED) {
            naive.take(where.offeredByFramework, framework, resources);
            allocator.grants().recoverOffered(agent, framework, resources);
        } else {
            naive.take(where.usedByFramework, framework, resources);
            allocator.grants().recoverUsed(agent, framework, resources);
        }
    }

    /** Tasks that may have to leave have ended. */
    void endRun(int agent, int demand, int tasks) {
        note("endRun " + demand + " on " + agent + " x" + tasks);
        NaiveRun run = naive.agents.get(agent).runs.get(demand);
        run.tasks -= tasks;
        run.leaving = Math.max(0, run.leaving - tasks);
        if (run.tasks == 0) {
            naive.agents.get(agent).runs.remove(demand);
        }
        allocator.preemption().ended(demand, agent, tasks);
    }

    /** A task that was expected to end has ended. */
    void endTask(int agent, NaiveEnd end) {
        note("endTask " + end + " on " + agent);
        List<NaiveEnd> ends = naive.agents.get(agent).ends;
        ends.remove(end);
        allocator.backfill().ended(end.demand(), agent, 1, end.endMs());
    }

    /** All tasks of some demands have ended, on some agents. */
    void endTasks(IntPredicate onAgents, IntPredicate ofDemands) {
        naive.agents.forEach((agent, where) -> List.copyOf(where.ends).forEach(end -> {
            if (onAgents.test(agent) && ofDemands.test(end.demand())) {
                endTask(agent, end);
            }
        }));
    }

    /** All such tasks of some demands have ended. */
    void endRuns(IntPredicate which) {
        naive.agents.forEach((agent, where) -> Map.copyOf(where.runs).forEach((demand, run) -> {
            if (which.test(demand)) {
                endRun(agent, demand, run.tasks);
            }
        }));
    }

    /** How many tasks of a group are to come to an agent when others have left. */
    int claimedOf(int group, int agent) {
        return (int) naive.claims.stream()
                .filter(claim -> claim.agent() == agent && naive.demands.get(claim.demand()).group == group)
                .count();
    }

    Resources total() {
        Resources total = Resources.of(1_000L * random.nextInt(5), 64 * MIB * random.nextInt(5), random.nextInt(3));
        if (isBusy()) {
            total.scalar(ResourceKinds.CPUS, 1_000L * (2 + random.nextInt(3)));
        }
        if (random.nextInt(3) == 0) {
            total.scalar(customKind, random.nextInt(4));
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            int begin = random.nextInt(12);
            total.addRange(random.nextInt(4) == 0 ? 1 : ResourceKinds.PORTS, begin, begin + random.nextInt(5));
        }
        return total;
    }

    Resources task() {
        Resources task = Resources.of(500L * random.nextInt(4), 32 * MIB * random.nextInt(4), random.nextInt(8) / 7);
        if (random.nextInt(5) == 0) {
            task.scalar(customKind, random.nextInt(2));
        }
        if (random.nextInt(5) == 0) {
            int begin = random.nextInt(12);
            task.addRange(random.nextInt(4) == 0 ? 1 : ResourceKinds.PORTS, begin, begin + random.nextInt(2));
        }
        return task;
    }

    Resources partOf(Resources whole) {
        Resources part = new Resources();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            long half = whole.scalar(kind) / 2;
            part.scalar(kind, random.nextBoolean() ? half : whole.scalar(kind));
        }
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            whole.range(kind)
                    .copyLowestMissing(random.nextInt((int) whole.range(kind).count() + 1), part.range(kind));
        }
        goods.addPartOfSpecials(whole, part);
        return part;
    }

    long weightMilli() {
        return 500L * (1 + random.nextInt(6));
    }

    <V> Integer any(Map<Integer, V> map) {
        if (map.isEmpty()) {
            return null;
        }
        int skipped = random.nextInt(map.size());
        for (Map.Entry<Integer, V> entry : map.entrySet()) {
            if (skipped-- == 0) {
                return entry.getKey();
            }
        }
        throw new AssertionError("not reached");
    }

    void note(String event) {
        log.add(event);
    }
}

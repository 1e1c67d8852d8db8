package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The allocator against the naive one, over random events. More with {@code -Dkernos.allocator.seeds=N},
 * {@code -Dkernos.allocator.events=N} and {@code -Dkernos.allocator.from=S}.
 */
class DifferentialTest {
    private static final String REPLAY = "mvn -pl allocator -am test -Dtest=DifferentialTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dkernos.allocator.seeds=1 -Dkernos.allocator.from=";
    /** Seeds that are told of together. */
    private static final int SLICE = 20;

    private static final int SEEDS = Integer.getInteger("kernos.allocator.seeds", 60);
    private static final int EVENTS = Integer.getInteger("kernos.allocator.events", 600);
    private static final long FROM = Long.getLong("kernos.allocator.from", 1);
    /** Of so many events a seed, and of a whole slice, it is known what they reach. */
    private static final int LEAST_EVENTS = 600;

    private static final int LOG_SHOWN = 40;
    private static final int WIDE = 200;
    private static final int WHAT_IF_ONE_IN = 100;

    private int excludedKind;
    private long preempted;
    private long kept;
    private long reserved;
    private final Decisions expected = new Decisions();
    private final Decisions actual = new Decisions();

    static LongStream slices() {
        return LongStream.iterate(FROM, first -> first < FROM + SEEDS, first -> first + SLICE);
    }

    @ParameterizedTest
    @MethodSource("slices")
    void shouldDecideAsTheNaiveAllocatorWhenEventsAreRandom(long first) {
        long last = Math.min(first + SLICE, FROM + SEEDS) - 1;
        long granted = 0;
        for (long seed = first; seed <= last; seed++) {
            granted += run(seed);
        }
        System.out.println("seeds " + first + " to " + last + ", " + (last - first + 1) * EVENTS + " events, " + granted
                + " decisions agreed, " + preempted + " of them to end tasks for others; room was reserved " + reserved
                + " times, and kept from others " + kept + " times");
        if (last - first + 1 == SLICE && EVENTS >= LEAST_EVENTS) {
            assertTrue(
                    preempted > 0 && reserved > 0 && kept > 0,
                    "events must reach preemption, and reservations that keep others out");
        }
    }

    private int run(long seed) {
        NaiveAllocator naive = new NaiveAllocator(expected);
        excludedKind = seed % 4 == 0 ? (int) (seed / 4 % 3) : -1;
        naive.shares.excludedKind = excludedKind;
        naive.cluster.keepsGpuAgents = seed % 3 == 0;
        naive.shares.drawsRoles = seed % 5 == 0 || seed % 7 == 0;
        naive.shares.drawsFrameworks = seed % 5 == 0 || seed % 11 == 0;
        RandomWorld world = new RandomWorld(seed, newAllocator(naive), naive.cluster);
        RandomEvents events = new RandomEvents(world);
        int granted = 0;
        int i = 0;
        try {
            for (; i < EVENTS; i++) {
                events.next();
                if (world.random.nextInt(100) == 0) {
                    world.log.add("rebuild");
                    world.allocator = Rebuild.of(world, newAllocator(naive));
                    naive.cluster.room = null;
                }
                if (world.random.nextInt(4) != 0) {
                    granted += compareDecisions(world, naive);
                }
                compareState(world.allocator, naive);
                if (world.indexBound() < WIDE || i % 20 == 0) {
                    world.allocator.verify();
                }
                if (i % 10 == 0) {
                    new ExplanationCheck(world.allocator, naive).run();
                }
            }
            kept += naive.placement.backfill.kept;
            reserved += naive.placement.backfill.later;
        } catch (RuntimeException | AssertionError e) {
            int first = Math.max(0, world.log.size() - LOG_SHOWN);
            throw new AssertionError(
                    "seed " + seed + " at event " + i + ": " + e.getMessage() + "\n"
                            + String.join("\n", world.log.subList(first, world.log.size())) + "\nreplay: " + REPLAY
                            + seed + " -Dkernos.allocator.events=" + (i + 1),
                    e);
        }
        return granted;
    }

    private int compareDecisions(RandomWorld world, NaiveAllocator naive) {
        world.log.add("allocate");
        long seed = world.log.size();
        expected.grants.clear();
        actual.grants.clear();
        List<Long> beyondLimits = beyondLimits(naive);
        expected.inverse.clear();
        actual.inverse.clear();
        WhatIfOutcome would = world.random.nextInt(WHAT_IF_ONE_IN) == 0 ? ask(world, naive, seed) : null;
        naive.allocate(world.nowMs, seed);
        requireNoneGrew(beyondLimits, beyondLimits(naive));
        int decided = world.allocator.allocate(world.nowMs, seed);
        assertEquals(expected.grants, actual.grants);
        assertEquals(expected.inverse, actual.inverse);
        if (would != null) {
            compareWithWhatWouldBe(would);
        }
        assertEquals(actual.grants.size() + actual.inverse.size(), decided);
        preempted += actual.grants.stream().filter(Decisions.Grant::isPreempted).count();
        assertEquals(0, world.allocator.allocate(world.nowMs));
        return decided;
    }

    private void compareState(Allocator allocator, NaiveAllocator naive) {
        Resources free = new Resources();
        naive.cluster.agents.forEach((index, agent) -> {
            allocator.agents().freeOf(index, free);
            assertEquals(agent.free().toResources(), free);
        });
        naive.cluster.roles.forEach((index, role) ->
                assertEquals(naive.shares.roleShare(index), allocator.roles().share(index)));
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            compareCharged(allocator, naive, kind);
        }
        naive.cluster.frameworks.forEach((index, framework) -> assertEquals(
                naive.shares.frameworkShare(index), allocator.frameworks().share(index)));
        naive.cluster.demands.forEach((index, demand) ->
                assertEquals(demand.waiting, allocator.demands().waitingTasks(index)));
        comparePreemption(allocator, naive);
        compareBackfill(allocator, naive);
        compareQuotas(allocator, naive);
        assertEquals(naive.cluster.nextDeadlineMs(), allocator.nextDeadlineMs());
        naive.cluster.agents.forEach((index, agent) -> compareAnswers(allocator, index, agent.window));
    }

    private static void compareAnswers(Allocator allocator, int agent, NaiveMaintenance.Window window) {
        assertEquals(window != null, allocator.maintenance().isScheduled(agent));
        if (window != null) {
            window.asks.forEach((framework, ask) ->
                    assertEquals(ask.answer, allocator.maintenance().answerOf(framework, agent)));
        }
    }

    private static void comparePreemption(Allocator allocator, NaiveAllocator naive) {
        List<NaiveClaim> claims = new ArrayList<>();
        allocator
                .preemption()
                .forEachClaim((demand, agent, untilMs) -> claims.add(new NaiveClaim(demand, agent, untilMs)));
        assertEquals(naive.cluster.claims.toString(), claims.toString());
        Map<Integer, Integer> spent = new TreeMap<>();
        allocator.preemption().forEachSpent((role, tasks, windowEndMs) -> spent.put(role, tasks));
        assertEquals(naive.cluster.spent, spent);
        List<String> expected = new ArrayList<>();
        naive.cluster.agents.forEach((agent, where) -> where.runs.forEach(
                (demand, run) -> expected.add(demand + "@" + agent + " x" + run.tasks + " - " + run.leaving)));
        List<String> runs = new ArrayList<>();
        allocator
                .preemption()
                .forEachRun((demand, agent, tasks, leaving) ->
                        runs.add(demand + "@" + agent + " x" + tasks + " - " + leaving));
        assertEquals(expected, runs);
    }

    private static void compareBackfill(Allocator allocator, NaiveAllocator naive) {
        NaiveRoom room = naive.cluster.room();
        Map<Integer, Integer> tasksOn = new TreeMap<>();
        allocator.backfill().forEachRoom(tasksOn::put);
        Map<Integer, Integer> expected = new TreeMap<>();
        if (room != null) {
            assertEquals(
                    room.head, naive.cluster.demands.get(allocator.backfill().head()));
            assertEquals(room.startMs, allocator.backfill().headStartMs());
            naive.cluster.agents.forEach((index, agent) -> expected.put(index, room.tasksOn.getOrDefault(agent, 0)));
            expected.values().removeIf(tasks -> tasks == 0);
        }
        assertEquals(expected, tasksOn);
        List<String> running = new ArrayList<>();
        allocator.backfill().forEachRun((demand, agent, tasks, endMs) -> {
            for (int i = 0; i < tasks; i++) {
                running.add(agent + " " + new NaiveEnd(demand, endMs));
            }
        });
        List<String> ends = new ArrayList<>();
        naive.cluster.agents.forEach((index, agent) -> agent.ends.forEach(end -> ends.add(index + " " + end)));
        assertEquals(ends.stream().sorted().toList(), running.stream().sorted().toList());
    }

    private static void compareCharged(Allocator allocator, NaiveAllocator naive, int kind) {
        for (int role : naive.cluster.roles.keySet()) {
            assertEquals(naive.cluster.goods.charged(role, kind), allocator.parts.roleGoods.charged(role, kind));
        }
    }

    private void compareQuotas(Allocator allocator, NaiveAllocator naive) {
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            assertEquals(naive.quotas.required(kind), allocator.quotas().required(kind));
            for (int role : naive.quotas.isGuaranteed(kind) ? naive.cluster.roles.keySet() : Set.<Integer>of()) {
                assertEquals(naive.quotas.owed(role, kind), allocator.quotas().owed(role, kind));
            }
        }
    }

    private static void requireNoneGrew(List<Long> before, List<Long> after) {
        for (int i = 0; i < before.size(); i++) {
            assertTrue(after.get(i) <= before.get(i), "beyond limits before " + before + " after " + after);
        }
    }

    /** What roles have beyond their limits must not grow by what is decided. */
    private static List<Long> beyondLimits(NaiveAllocator naive) {
        List<Long> beyond = new ArrayList<>();
        naive.cluster.roles.forEach((index, role) -> {
            for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
                if (role.quota.limit(kind) != Quota.NO_LIMIT) {
                    beyond.add(Math.max(0, naive.quotas.consumed(index, kind) - role.quota.limit(kind)));
                }
            }
        });
        return beyond;
    }

    /** What would be decided, asked of a copy: it is then compared with what is. */
    private WhatIfOutcome ask(RandomWorld world, NaiveAllocator naive, long seed) {
        return new WhatIf(() -> settings(naive), copy -> Rebuild.of(world, copy)).run(copy -> {}, world.nowMs, seed);
    }

    private void compareWithWhatWouldBe(WhatIfOutcome would) {
        Map<Integer, Integer> placed = new TreeMap<>();
        Map<Integer, Integer> offers = new TreeMap<>();
        for (Decisions.Grant grant : actual.grants) {
            if (grant.isOffer()) {
                offers.merge(grant.framework(), 1, Integer::sum);
            } else if (grant.agent() != Decisions.NOWHERE && !grant.isPreempted()) {
                placed.merge(grant.demand(), grant.tasks(), Integer::sum);
            }
        }
        placed.forEach((demand, tasks) -> assertEquals(tasks, would.placedTasks(demand)));
        offers.forEach((framework, count) -> assertEquals(count, would.offers(framework)));
    }

    private Allocator newAllocator(NaiveAllocator naive) {
        return new Allocator(settings(naive).handler(actual));
    }

    private AllocatorContext settings(NaiveAllocator naive) {
        AllocatorContext context = new AllocatorContext()
                .homeRegion(NaiveCluster.HOME_REGION)
                .keepsGpuAgents(naive.cluster.keepsGpuAgents)
                .roleSorter(naive.shares.drawsRoles ? Sorter.RANDOM : Sorter.DRF)
                .frameworkSorter(naive.shares.drawsFrameworks ? Sorter.RANDOM : Sorter.DRF)
                .preemptionBudget(NaivePreemption.TASKS_PER_ROLE, NaivePreemption.WINDOW_MS)
                .preemptionHoldMs(NaivePreemption.HOLD_MS)
                .overrunMs(NaiveEnd.OVERRUN_MS);
        return excludedKind < 0 ? context : context.excludeFromFairness(excludedKind);
    }
}

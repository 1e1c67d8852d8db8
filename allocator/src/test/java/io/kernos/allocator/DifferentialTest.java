package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The allocator against the naive one, over random events. More with {@code -Dkernos.allocator.seeds=N},
 * {@code -Dkernos.allocator.events=N} and {@code -Dkernos.allocator.from=S}.
 */
class DifferentialTest {
    private static final int SEEDS = Integer.getInteger("kernos.allocator.seeds", 200);
    private static final int EVENTS = Integer.getInteger("kernos.allocator.events", 600);
    private static final long FROM = Long.getLong("kernos.allocator.from", 1);
    private static final int LOG_SHOWN = 40;
    private static final int WIDE = 200;

    private final Decisions expected = new Decisions();
    private final Decisions actual = new Decisions();

    @Test
    void shouldDecideAsTheNaiveAllocatorWhenEventsAreRandom() {
        int granted = 0;
        for (long seed = FROM; seed < FROM + SEEDS; seed++) {
            granted += run(seed);
        }
        System.out.println("seeds " + FROM + " to " + (FROM + SEEDS - 1) + ", " + (long) SEEDS * EVENTS + " events, "
                + granted + " decisions agreed");
    }

    private int run(long seed) {
        NaiveAllocator naive = new NaiveAllocator(expected);
        RandomEvents events = new RandomEvents(seed, newAllocator(), naive);
        int granted = 0;
        try {
            for (int i = 0; i < EVENTS; i++) {
                events.next();
                if (events.random.nextInt(100) == 0) {
                    events.log.add("rebuild");
                    events.allocator = rebuild(events.allocator, naive, events.random);
                }
                if (events.random.nextInt(4) != 0) {
                    granted += compareDecisions(events, naive);
                }
                compareState(events.allocator, naive);
                if (events.indexBound() < WIDE || i % 20 == 0) {
                    events.allocator.verify();
                }
                if (i % 10 == 0) {
                    compareExplanations(events.allocator, naive);
                }
            }
        } catch (RuntimeException | AssertionError e) {
            int first = Math.max(0, events.log.size() - LOG_SHOWN);
            throw new AssertionError(
                    "seed " + seed + " after event " + events.log.size() + ": " + e.getMessage() + "\n"
                            + String.join("\n", events.log.subList(first, events.log.size())),
                    e);
        }
        return granted;
    }

    private int compareDecisions(RandomEvents events, NaiveAllocator naive) {
        events.log.add("allocate");
        expected.grants.clear();
        actual.grants.clear();
        naive.allocate(events.nowMs);
        int decided = events.allocator.allocate(events.nowMs);
        assertEquals(expected.grants, actual.grants);
        assertEquals(actual.grants.size(), decided);
        assertEquals(0, events.allocator.allocate(events.nowMs));
        return decided;
    }

    private void compareState(Allocator allocator, NaiveAllocator naive) {
        Resources free = new Resources();
        naive.agents.forEach((index, agent) -> {
            allocator.freeOf(index, free);
            assertEquals(agent.free().toResources(), free);
        });
        naive.roles.forEach((index, role) -> assertEquals(naive.roleShare(index), allocator.roleShare(index)));
        naive.frameworks.forEach(
                (index, framework) -> assertEquals(naive.frameworkShare(index), allocator.frameworkShare(index)));
        naive.demands.forEach((index, demand) -> assertEquals(demand.waiting, allocator.waitingTasks(index)));
        assertEquals(naive.nextDeadlineMs(), allocator.nextDeadlineMs());
    }

    private void compareExplanations(Allocator allocator, NaiveAllocator naive) {
        Explainer explainer = new Explainer(allocator);
        Explanation explanation = new Explanation();
        for (int index : naive.demands.keySet()) {
            explainer.explain(index, explanation);
            Map<WaitReason, Integer> counts = new TreeMap<>();
            for (WaitReason reason : WaitReason.values()) {
                if (explanation.agents(reason) > 0) {
                    counts.put(reason, explanation.agents(reason));
                }
            }
            assertEquals(naive.explain(index), counts);
        }
    }

    /** Another allocator in the same state, all things added in random order, the filters as the first one tells. */
    private Allocator rebuild(Allocator from, NaiveAllocator naive, Random random) {
        Allocator rebuilt = newAllocator();
        shuffled(naive.roles, random).forEach(role -> rebuilt.addRole(role, naive.roles.get(role).weightMilli));
        for (int index : shuffled(naive.frameworks, random)) {
            NaiveAllocator.Framework framework = naive.frameworks.get(index);
            rebuilt.addFramework(index, framework.role);
            if (!framework.active) {
                rebuilt.deactivateFramework(index);
            }
            if (framework.suppressed) {
                rebuilt.suppress(index);
            }
        }
        for (int index : shuffled(naive.agents, random)) {
            NaiveAllocator.Agent agent = naive.agents.get(index);
            rebuilt.addAgent(index, agent.total.toResources());
            rebuilt.setAgentActive(index, agent.active);
            agent.usedByFramework.forEach((framework, used) -> rebuilt.addUsed(index, framework, used.toResources()));
            agent.offeredByFramework.forEach(
                    (framework, offered) -> rebuilt.addOffered(index, framework, offered.toResources()));
        }
        from.forEachFilter(rebuilt::filter);
        for (int index : shuffled(naive.demands, random)) {
            NaiveAllocator.Demand demand = naive.demands.get(index);
            rebuilt.addDemand(index, demand.framework, demand.sequence, demand.perTask, demand.ports, demand.waiting);
        }
        return rebuilt;
    }

    private Allocator newAllocator() {
        return new Allocator(new AllocatorContext().handler(actual));
    }

    private static <V> List<Integer> shuffled(Map<Integer, V> map, Random random) {
        List<Integer> keys = new ArrayList<>(map.keySet());
        Collections.shuffle(keys, random);
        return keys;
    }
}

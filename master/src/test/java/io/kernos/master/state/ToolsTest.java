package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The small structures beside plain ones of the JDK. */
final class ToolsTest {
    @Test
    void shouldTakeTheLowestFreeIndexWhatEverWasBefore() {
        Random random = new Random(1);
        IndexPool pool = new IndexPool(10_000);
        BitSet used = new BitSet();
        for (int step = 0; step < 100_000; step++) {
            if (random.nextInt(100) < 55 && !pool.isFull()) {
                int expected = used.nextClearBit(0);
                assertEquals(expected, pool.acquire());
                used.set(expected);
            } else if (!used.isEmpty()) {
                int victim = used.nextSetBit(random.nextInt(used.length()));
                pool.release(victim);
                used.clear(victim);
            }
            int from = random.nextInt(10_000);
            assertEquals(used.nextSetBit(from), pool.next(from));
            assertEquals(used.cardinality(), pool.used());
        }
    }

    @Test
    void shouldGiveNoneAndRefuseMisuseWhenAllIndexesAreInUse() {
        IndexPool pool = new IndexPool(2);
        pool.acquire();
        pool.acquire();

        assertEquals(IndexPool.NONE, pool.acquire());
        assertThrows(IllegalStateException.class, () -> pool.claim(1));
        assertThrows(IllegalStateException.class, () -> pool.claim(2));
        pool.release(1);
        assertThrows(IllegalStateException.class, () -> pool.release(1));
    }

    @Test
    void shouldExpireInOrderOfDeadlineKindAndIndex() {
        Random random = new Random(2);
        TimerQueue queue = new TimerQueue(2);
        TreeMap<Long, Long> deadlines = new TreeMap<>();
        long nowMs = 0;
        for (int step = 0; step < 50_000; step++) {
            int kind = random.nextInt(2);
            int index = random.nextInt(50);
            long timer = ((long) kind << 32) | index;
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    long deadlineMs = nowMs + random.nextInt(20);
                    queue.schedule(kind, index, deadlineMs);
                    deadlines.put(timer, deadlineMs);
                }
                case 2 -> {
                    queue.cancel(kind, index);
                    deadlines.remove(timer);
                }
                default -> {
                    nowMs += random.nextInt(5);
                    expireAll(queue, deadlines, nowMs);
                }
            }
            assertEquals(deadlines.size(), queue.size());
            assertEquals(deadlines.containsKey(timer), queue.isScheduled(kind, index));
        }
    }

    private static void expireAll(TimerQueue queue, Map<Long, Long> deadlines, long nowMs) {
        while (true) {
            long best = TimerQueue.NONE;
            for (var each : deadlines.entrySet()) {
                if (each.getValue() <= nowMs && (best == TimerQueue.NONE || each.getValue() < deadlines.get(best))) {
                    best = each.getKey();
                }
            }
            assertEquals(best, queue.poll(nowMs));
            if (best == TimerQueue.NONE) {
                return;
            }
            deadlines.remove(best);
        }
    }

    @Test
    void shouldFindDemandsByTheirTasks() {
        DemandList list = new DemandList();
        Demand[] demands = new Demand[100];
        for (int i = 0; i < demands.length; i++) {
            demands[i] = new Demand(i);
            demands[i].firstTaskId = 10L * i;
            demands[i].nextTaskId = 10L * i + 2;
            demands[i].waiting = 5;
            list.add(demands[i]);
        }
        assertNull(list.of(1));
        assertSame(demands[3], list.of(32));
        assertSame(demands[3], list.of(36));
        assertNull(list.of(37));
        assertSame(demands[4], list.from(37));

        for (int i = 0; i < 100; i += 2) {
            list.remove(demands[i]);
        }
        assertEquals(50, list.size());
        assertSame(demands[1], list.first());
        assertSame(demands[3], list.after(demands[1]));
        assertNull(list.of(42));
        assertSame(demands[5], list.from(42));
        Demand between = new Demand(200);
        between.firstTaskId = 55;
        between.nextTaskId = 57;
        between.waiting = 3;
        list.add(between);
        assertSame(between, list.of(58));
        assertSame(between, list.after(demands[5]));
        assertThrows(IllegalStateException.class, () -> list.remove(demands[0]));
    }

    @Test
    void shouldKeepItsOrderWhenLinksComeAndGo() {
        Chain<String> chain = new Chain<>();
        Link<String> a = new Link<>("a");
        Link<String> b = new Link<>("b");
        Link<String> c = new Link<>("c");
        chain.append(a);
        chain.append(b);
        chain.append(c);

        b.unlink();
        chain.append(b);

        assertEquals("a", chain.poll());
        assertEquals("b", c.after());
        assertThrows(IllegalStateException.class, () -> chain.append(b));
        assertThrows(IllegalStateException.class, () -> chain.remove(a));
        assertEquals(2, chain.size());
        assertTrue(b.isLinked());
    }

    @Test
    void shouldLeaveOutWhatIsTooLongForAText() {
        Text text = new Text();
        text.start().put("x".repeat(Text.CAPACITY - 5)).put("abcdefgh").put(12345678901L);

        assertEquals(Text.CAPACITY, text.length());
    }
}

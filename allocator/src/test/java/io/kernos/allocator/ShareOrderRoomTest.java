package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Comparator;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShareOrderRoomTest {
    private static final long SEED = 20_261_124;

    private record Entry(int id, double share) {
        static final Comparator<Entry> ORDER =
                Comparator.comparingDouble(Entry::share).thenComparingInt(Entry::id);
    }

    private final ShareOrder order = new ShareOrder();
    private final TreeSet<Entry> expected = new TreeSet<>(Entry.ORDER);
    private final double[] shares = new double[200];

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 31, 32, 33, 200})
    void shouldStayInOrderWhateverMoves(int ids) {
        Random random = new Random(SEED + ids);
        for (int step = 0; step < 5_000; step++) {
            int id = random.nextInt(ids);
            double share = random.nextInt(8) / 8.0;
            if (!expected.contains(new Entry(id, shares[id]))) {
                add(id, share);
            } else if (random.nextInt(10) == 0) {
                expected.remove(new Entry(id, shares[id]));
                order.remove(id, shares[id]);
            } else {
                move(id, share);
            }
            verify("seed=" + (SEED + ids) + " step=" + step);
        }
    }

    @Test
    void shouldStayInOrderWhenWhoeverHasLeastComesToHaveMost() {
        for (int id = 0; id < shares.length; id++) {
            add(id, 0);
        }
        for (int step = 1; step < 2_000; step++) {
            move(order.id(0), step);
            verify("step=" + step);
        }
    }

    @Test
    void shouldStayInOrderWhenWhoeverHasMostComesToHaveLeast() {
        for (int id = 0; id < shares.length; id++) {
            add(id, id);
        }
        for (int step = 1; step < 2_000; step++) {
            move(order.id(order.size() - 1), -step);
            verify("step=" + step);
        }
    }

    private void add(int id, double share) {
        shares[id] = share;
        expected.add(new Entry(id, share));
        order.add(id, share);
    }

    private void move(int id, double share) {
        expected.remove(new Entry(id, shares[id]));
        expected.add(new Entry(id, share));
        order.move(id, shares[id], share);
        shares[id] = share;
    }

    private void verify(String at) {
        assertEquals(expected.size(), order.size(), at);
        int position = 0;
        for (Entry entry : expected) {
            assertEquals(entry.id(), order.id(position), at);
            assertEquals(entry.share(), order.share(position), at);
            assertEquals(position, order.find(entry.id(), entry.share()), at);
            position++;
        }
    }
}

package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShareOrderTest {
    private record Entry(int id, double share) {}

    private static final Comparator<Entry> LEAST_FIRST =
            Comparator.comparingDouble(Entry::share).thenComparingInt(Entry::id);

    @Test
    void shouldKeepEqualSharesInOrderOfIndex() {
        ShareOrder order = new ShareOrder();
        order.add(3, 0.5);
        order.add(1, 0.5);
        order.add(2, 0.25);
        assertEquals(List.of(2, 1, 3), ids(order));
        order.move(2, 0.25, 0.5);
        assertEquals(List.of(1, 2, 3), ids(order));
    }

    @Test
    void shouldRefuseToRemoveWhenTheShareIsAnother() {
        ShareOrder order = new ShareOrder();
        order.add(1, 0.5);
        assertThrows(IllegalStateException.class, () -> order.remove(1, 0.75));
    }

    @Test
    void shouldOrderAsASortedListWhenChangedAtRandom() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            ShareOrder order = new ShareOrder();
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < 600; i++) {
                change(random, order, entries);
                entries.sort(LEAST_FIRST);
                assertEquals(entries.stream().map(Entry::id).toList(), ids(order), "seed " + seed);
            }
        }
    }

    private static void change(Random random, ShareOrder order, List<Entry> entries) {
        double share = random.nextInt(10) / 10.0;
        int id = random.nextInt(100);
        Entry entry = entries.stream().filter(e -> e.id == id).findFirst().orElse(null);
        if (entry == null) {
            order.add(id, share);
            entries.add(new Entry(id, share));
        } else if (random.nextInt(4) == 0) {
            order.remove(id, entry.share);
            entries.remove(entry);
        } else if (random.nextBoolean()) {
            order.move(id, entry.share, share);
            entries.set(entries.indexOf(entry), new Entry(id, share));
        } else {
            order.replaceAt(order.find(id, entry.share), share);
            order.sort();
            entries.set(entries.indexOf(entry), new Entry(id, share));
        }
    }

    private static List<Integer> ids(ShareOrder order) {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            ids.add(order.id(i));
        }
        return ids;
    }
}

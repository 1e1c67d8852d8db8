package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PendingRequestsTest {
    private static final int CAPACITY = 8;
    private final PendingRequests pending = new PendingRequests(CAPACITY);

    @Test
    void shouldRejectAnotherWhenFull() {
        for (int i = 1; i <= CAPACITY; i++) {
            assertFalse(pending.isFull());
            pending.addSubmit(i, 1, i, 1);
        }
        assertTrue(pending.isFull());
        assertThrows(IllegalStateException.class, () -> pending.addSubmit(9, 1, 9, 1));
    }

    @Test
    void shouldConfirmEarlierTemplatesWithASubmitButNotEarlierSubmits() {
        pending.addTemplate(1, 1, new byte[1]);
        pending.addSubmit(2, 1, 1, 1);
        pending.addTemplate(3, 2, new byte[1]);
        pending.addSubmit(4, 2, 2, 1);

        assertTrue(pending.onSubmitted(4, 2));

        assertEquals(List.of(2L), remaining());
    }

    @Test
    void shouldIgnoreAConfirmationOfSomethingElse() {
        pending.addSubmit(1, 1, 1, 1);

        assertFalse(pending.onSubmitted(2, 1));
        assertFalse(pending.onSubmitted(1, 7));
        assertEquals(List.of(1L), remaining());
    }

    @Test
    void shouldAgreeWithAPlainListWhateverHappens() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<long[]> model = new ArrayList<>();
        long correlationId = 0;
        for (int step = 0; step < 20_000; step++) {
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    if (!pending.isFull()) {
                        pending.addSubmit(++correlationId, 1, correlationId * 10, 1);
                        model.add(new long[] {correlationId, 0});
                    }
                }
                case 2 -> {
                    int slot = pending.nextToSend();
                    long[] expected =
                            model.stream().filter(m -> m[1] == 0).findFirst().orElse(null);
                    assertEquals(expected == null, slot == PendingRequests.NONE, "seed " + seed);
                    if (expected != null) {
                        assertEquals(expected[0], pending.correlationId(slot), "seed " + seed);
                        pending.onSent();
                        expected[1] = 1;
                    }
                }
                case 3 -> {
                    List<long[]> sent = model.stream().filter(m -> m[1] == 1).toList();
                    if (!sent.isEmpty()) {
                        long[] confirmed = sent.get(random.nextInt(sent.size()));
                        assertTrue(pending.onSubmitted(confirmed[0], confirmed[0] * 10), "seed " + seed);
                        model.remove(confirmed);
                    }
                }
                default -> {
                    if (random.nextInt(10) == 0) {
                        pending.sendAgain(0);
                        model.forEach(m -> m[1] = 0);
                    }
                }
            }
        }
        assertEquals(model.stream().map(m -> m[0]).toList(), remaining(), "seed " + seed);
    }

    private List<Long> remaining() {
        pending.sendAgain(0);
        List<Long> result = new ArrayList<>();
        for (int slot = pending.nextToSend(); slot != PendingRequests.NONE; slot = pending.nextToSend()) {
            result.add(pending.correlationId(slot));
            pending.onSent();
        }
        return result;
    }
}

package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class MessageQueueTest {
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[Limits.MAX_MESSAGE_BYTES]);

    @Test
    void shouldGiveWhatItTookInOrderWhenUsedAtRandom() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        MessageQueue queue = new MessageQueue(256 * 1024);
        ArrayDeque<byte[]> expected = new ArrayDeque<>();
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(4) == 0 ? random.nextInt(20_000) : random.nextInt(100)];
            random.nextBytes(bytes);
            message.putBytes(0, bytes);
            if (queue.offer(message, 0, bytes.length)) {
                expected.add(bytes);
            } else {
                refused++;
            }
            drainAndCompare(queue, expected, random.nextInt(2), "seed " + seed + " step " + i);
        }
        drainAndCompare(queue, expected, Integer.MAX_VALUE, "seed " + seed);
        assertTrue(queue.isEmpty());
        assertTrue(refused > 0, "the limit was never reached, seed " + seed);
    }

    private static void drainAndCompare(MessageQueue queue, ArrayDeque<byte[]> expected, int limit, String where) {
        queue.drain(
                (buffer, offset, length) -> {
                    byte[] bytes = new byte[length];
                    buffer.getBytes(offset, bytes);
                    assertTrue(Arrays.equals(expected.poll(), bytes), where);
                    return true;
                },
                limit);
        assertEquals(expected.size(), queue.messageCount(), where);
    }

    @Test
    void shouldKeepTheMessageWhenItIsNotTaken() {
        MessageQueue queue = new MessageQueue(64 * 1024);
        message.putInt(0, 42);
        assertTrue(queue.offer(message, 0, 4));
        assertEquals(0, queue.drain((buffer, offset, length) -> false, 10));
        assertEquals(1, queue.drain((buffer, offset, length) -> buffer.getInt(offset) == 42, 10));
    }

    @Test
    void shouldRefuseWhenItIsFullAndTakeAgainWhenThereIsRoom() {
        MessageQueue queue = new MessageQueue(64 * 1024);
        assertTrue(queue.offer(message, 0, 30_000));
        assertTrue(queue.offer(message, 0, 30_000));
        assertFalse(queue.offer(message, 0, 30_000));
        assertEquals(1, queue.drain((buffer, offset, length) -> true, 1));
        assertTrue(queue.offer(message, 0, 30_000 - 64));
        queue.clear();
        assertTrue(queue.isEmpty());
        assertTrue(queue.offer(message, 0, 30_000));
    }
}

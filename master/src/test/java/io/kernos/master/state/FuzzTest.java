package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes in, the state machine goes on, counts it, and its invariants hold. */
final class FuzzTest {
    private static final long GIB = 1L << 30;
    private static final int MESSAGES = 20_000;

    private final EnumMap<MasterCounter, Long> counts = new EnumMap<>(MasterCounter.class);
    private final MasterStateMachine machine = new MasterStateMachine(new StateContext()
            .effects(new NoEffects())
            .projecting(false)
            .maxTasks(5_000)
            .maxDemands(1_000)
            .maxPendingTasks(100_000)
            .maxFrameworks(100)
            .maxAgents(100)
            .counting((counter, delta) -> counts.merge(counter, delta, Long::sum)));
    private long nowMs = 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void shouldGoOnWhenMessagesAreSpoilt(long seed) {
        Random random = new Random(seed);
        List<byte[]> valid = valid();
        for (long sessionId = 1; sessionId <= 4; sessionId++) {
            machine.onSessionOpen(sessionId, nowMs);
        }
        apply(1, valid.get(0));
        apply(2, valid.get(1));
        for (int i = 0; i < MESSAGES; i++) {
            nowMs += random.nextInt(20);
            byte[] message =
                    spoil(random, valid.get(random.nextInt(valid.size())).clone());
            apply(1 + random.nextInt(5), message);
            if (i % 500 == 0) {
                machine.verify();
            }
        }
        machine.verify();
        assertEquals(MESSAGES + 2, counts.get(MasterCounter.MESSAGES));
        assertTrue(counts.get(MasterCounter.MESSAGES_REFUSED) > MESSAGES / 2, counts.toString());
        long byCode = counts.entrySet().stream()
                .filter(each -> each.getKey().name().startsWith("REFUSED_"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertEquals(counts.get(MasterCounter.MESSAGES_REFUSED), byCode);
    }

    private void apply(long sessionId, byte[] message) {
        machine.onMessage(sessionId, nowMs, new UnsafeBuffer(message), 0, message.length);
    }

    private static byte[] spoil(Random random, byte[] message) {
        return switch (random.nextInt(5)) {
            case 0 -> noise(random);
            case 1 -> Arrays.copyOf(message, random.nextInt(message.length));
            case 2 -> flipped(random, message);
            case 3 -> smeared(random, message);
            default -> message;
        };
    }

    private static byte[] noise(Random random) {
        byte[] noise = new byte[random.nextInt(200)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] flipped(Random random, byte[] message) {
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
            message[random.nextInt(message.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return message;
    }

    /** Eight bytes after the header become all ones or zeros, as the greatest and least values are. */
    private static byte[] smeared(Random random, byte[] message) {
        int from = 8 + random.nextInt(message.length - 8);
        Arrays.fill(message, from, Math.min(message.length, from + 8), (byte) (random.nextBoolean() ? -1 : 0));
        return message;
    }

    private static List<byte[]> valid() {
        List<byte[]> messages = new ArrayList<>();
        for (TestMaster.Outgoing each : List.of(
                Messages.subscribe(1, 0, 1_000, true, false, "batch"),
                Messages.relayConnect(1),
                Messages.subscribe(2, 1, 500, true, true, ""),
                Messages.unsubscribe(1, 1),
                Messages.template(1, 1, 1, 100, GIB, 2, "/bin/true", "x"),
                Messages.template(1, 1, 2, 100, 1 << 20, 0, "/bin/true"),
                Messages.accept(1, 1, 1_000, List.of(1L, 2L), 1, 1, 2, 3),
                Messages.decline(1, 1, 1_000, List.of(1L, 2L, 3L)),
                Messages.revive(1),
                Messages.suppress(1),
                Messages.kill(1, 1, 1, 100, -1),
                Messages.acknowledge(1, 1, 1),
                Messages.acknowledge(1, 3, 2),
                Messages.reconcile(1, 1, 2, 3),
                Messages.reconcile(1),
                Messages.submit(1, 1, 4, 20, 1),
                Messages.submit(1, 1, 60, 5, 2),
                Messages.submit(1, 1, 1_000, 50, 2),
                Messages.operatorKill(1, 1, 0, 0),
                Messages.register(1, 0, 5, 4_000, 8 * GIB, 31_000, 31_050),
                Messages.register(2, 1, 6, 8_000, 8 * GIB, 31_000, 31_050),
                Messages.tasks(1, true, TestAgent.task(1, 4, TaskState.RUNNING)),
                Messages.tasks(2, true),
                Messages.disconnected(1),
                Messages.status(1, 1, 4, TaskState.RUNNING, TaskReason.NONE, "ok"),
                Messages.status(1, 1, 5, TaskState.FINISHED, TaskReason.COMMAND_EXITED, "done"),
                Messages.status(2, 1, 6, TaskState.FAILED, TaskReason.COMMAND_EXITED, ""))) {
            ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
            byte[] message = new byte[each.encode(buffer)];
            buffer.getBytes(0, message);
            messages.add(message);
        }
        return messages;
    }
}

package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.master.cluster.CounterTypes;
import io.kernos.master.cluster.ServiceCounter;
import io.kernos.master.state.MasterCounter;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AgentRefusedDecoder;
import io.kernos.transport.codecs.RefusedDecoder;
import io.kernos.transport.codecs.RegisterAgainDecoder;
import io.kernos.transport.codecs.RelayConnectDecoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class MalformedIngressTest {
    private static final int MESSAGES = 10_000;
    private static final int BATCH = 50;
    /** Of the good session, and of the relay. */
    private static final int OTHER_MESSAGES = 3;

    private static final List<byte[]> VALID = ValidMessages.all();

    @Test
    void shouldCountEachRefusalAndServeOthersWhenASessionSendsRubbish(@TempDir Path folder) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (TestMaster master = new TestMaster(folder)) {
            MasterNode node = master.start();
            try (TestSession good = master.connect();
                    TestSession bad = master.connect()) {
                long frameworkId = good.subscribe(0);
                good.registerTemplate(frameworkId, 1);
                int sent = 0;
                int malformed = 0;
                while (sent < MESSAGES) {
                    for (int i = 0; i < BATCH; i++, sent++) {
                        byte[] message = rubbish(random);
                        UnsafeBuffer buffer = new UnsafeBuffer(message);
                        malformed += MessageCheck.check(buffer, 0, message.length) == MessageCheck.OK ? 0 : 1;
                        bad.send(buffer, 0, message.length);
                    }
                    good.submit(frameworkId, sent, 1, 1);
                    good.await(TasksSubmittedDecoder.TEMPLATE_ID);
                }
                long applied = MESSAGES + MESSAGES / BATCH + OTHER_MESSAGES;
                good.await(() -> messages(good) >= applied, "messages are missing, seed " + seed);
                assertEquals(malformed, malformedRefusals(good), "each is counted by its kind, seed " + seed);
                long refused = TestMaster.counter(good.aeron(), CounterTypes.of(MasterCounter.MESSAGES_REFUSED));
                bad.await(() -> countRefused(bad) >= refused, "answers are missing, seed " + seed);
                assertEquals(refused, countRefused(bad), "each refusal is answered, seed " + seed);
                assertTrue(malformed > MESSAGES / 2, "too few were malformed, seed " + seed);
                assertEquals(0, TestMaster.counter(good.aeron(), CounterTypes.of(ServiceCounter.COMMAND_FAULTS)));
                assertFalse(good.isClosedByMaster());
                assertTrue(node.isLeader());
            }
        }
    }

    private static long messages(TestSession session) {
        return TestMaster.counter(session.aeron(), CounterTypes.of(MasterCounter.MESSAGES));
    }

    private static long malformedRefusals(TestSession session) {
        return Stream.of(
                        MasterCounter.REFUSED_TRUNCATED,
                        MasterCounter.REFUSED_UNKNOWN_SCHEMA,
                        MasterCounter.REFUSED_UNKNOWN_TEMPLATE,
                        MasterCounter.REFUSED_UNSUPPORTED_VERSION,
                        MasterCounter.REFUSED_TOO_LONG,
                        MasterCounter.REFUSED_MALFORMED)
                .mapToLong(kind -> TestMaster.counter(session.aeron(), CounterTypes.of(kind)))
                .sum();
    }

    private static long countRefused(TestSession session) {
        return session.received().stream()
                .filter(message -> isRefusal(MessageCheck.templateId(new UnsafeBuffer(message), 0)))
                .count();
    }

    private static boolean isRefusal(int templateId) {
        return templateId == RefusedDecoder.TEMPLATE_ID
                || templateId == AgentRefusedDecoder.TEMPLATE_ID
                || templateId == RegisterAgainDecoder.TEMPLATE_ID;
    }

    /** What introduces a relay is only cut off: as a relay the session would get other answers. */
    private static byte[] rubbish(Random random) {
        byte[] valid = VALID.get(random.nextInt(VALID.size())).clone();
        boolean isRelay = MessageCheck.templateId(new UnsafeBuffer(valid), 0) == RelayConnectDecoder.TEMPLATE_ID;
        return switch (isRelay ? 1 : random.nextInt(4)) {
            case 0 -> {
                byte[] bytes = new byte[random.nextInt(1, 400)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case 1 -> Arrays.copyOf(valid, random.nextInt(1, valid.length));
            case 2 -> Arrays.copyOf(valid, valid.length + random.nextInt(1, 50));
            default -> {
                for (int i = random.nextInt(1, 6); i > 0; i--) {
                    int bit = random.nextInt(valid.length * 8);
                    valid[bit / 8] ^= (byte) (1 << bit % 8);
                }
                yield valid;
            }
        };
    }
}

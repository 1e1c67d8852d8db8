package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.master.cluster.CounterTypes;
import io.kernos.master.cluster.ServiceCounter;
import io.kernos.master.state.MasterCounter;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.RefusedDecoder;
import io.kernos.transport.codecs.RegisterTemplateEncoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class MalformedIngressTest {
    private static final int MESSAGES = 10_000;
    private static final int BATCH = 50;

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
                int expected = malformed;
                good.await(() -> refusals(good) >= expected, "refusals are missing, seed " + seed);
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

    private static long refusals(TestSession session) {
        return TestMaster.counter(session.aeron(), CounterTypes.of(MasterCounter.MESSAGES_REFUSED));
    }

    private static long countRefused(TestSession session) {
        return session.received().stream()
                .filter(message -> MessageCheck.templateId(new UnsafeBuffer(message), 0) == RefusedDecoder.TEMPLATE_ID)
                .count();
    }

    private static byte[] rubbish(Random random) {
        byte[] valid = registration(random.nextInt(1, 5));
        return switch (random.nextInt(4)) {
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

    private static byte[] registration(int arguments) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        RegisterTemplateEncoder message =
                new RegisterTemplateEncoder().wrapAndApplyHeader(buffer, 0, new MessageHeaderEncoder());
        message.correlationId(2).frameworkId(1).templateId(7).killGraceMs(1_000).portCount(0);
        message.isolation().clear();
        message.scalarsCount(1).next().kind(0).amount(100);
        RegisterTemplateEncoder.ArgumentsEncoder list = message.argumentsCount(arguments);
        for (int i = 0; i < arguments; i++) {
            list.next().value("argument");
        }
        message.environmentCount(1).next().name("NAME").value("value");
        message.name("rubbish");
        return Arrays.copyOf(buffer.byteArray(), MessageHeaderEncoder.ENCODED_LENGTH + message.encodedLength());
    }
}

package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.master.cluster.CounterTypes;
import io.kernos.master.cluster.ServiceCounter;
import io.kernos.master.state.MasterCounter;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AgentRefusedDecoder;
import io.kernos.transport.codecs.AgentRegisteredDecoder;
import io.kernos.transport.codecs.FrameworkSubscribedDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RefusedDecoder;
import io.kernos.transport.codecs.RegisterAgainDecoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class MalformedIngressTest {
    private static final int MALFORMED = 10_000;
    private static final int BATCH = 50;

    /** The kinds that need no knowledge of what a message means. */
    private static final Map<RefusalCode, MasterCounter> COUNTERS = new EnumMap<>(Map.of(
            RefusalCode.TRUNCATED, MasterCounter.REFUSED_TRUNCATED,
            RefusalCode.UNKNOWN_SCHEMA, MasterCounter.REFUSED_UNKNOWN_SCHEMA,
            RefusalCode.UNKNOWN_TEMPLATE, MasterCounter.REFUSED_UNKNOWN_TEMPLATE,
            RefusalCode.UNSUPPORTED_VERSION, MasterCounter.REFUSED_UNSUPPORTED_VERSION,
            RefusalCode.TOO_LONG, MasterCounter.REFUSED_TOO_LONG,
            RefusalCode.MALFORMED, MasterCounter.REFUSED_MALFORMED));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Map<RefusalCode, Long> sent = new EnumMap<>(RefusalCode.class);
    private long messages;
    private long lastTaskId;

    @Test
    void shouldCountEachRefusalAndServeOthersWhenASessionSendsRubbish(@TempDir Path folder) {
        System.out.println("seed " + seed);
        try (TestMaster master = new TestMaster(folder)) {
            master.start();
            long frameworkId;
            try (TestSession good = master.connect();
                    TestSession bad = master.connect()) {
                frameworkId = subscribe(good);
                sendSpoilt(bad, ValidMessages.all(), good, frameworkId);
                assertCounted(good);
                long refused = TestMaster.counter(good.aeron(), CounterTypes.of(MasterCounter.MESSAGES_REFUSED));
                bad.await(() -> countRefused(bad) >= refused, "answers are missing, seed " + seed);
                assertEquals(refused, countRefused(bad), "each refusal is answered, seed " + seed);
                assertEquals(sent, answers(bad), "by its kind, seed " + seed);
                assertFalse(good.isClosedByMaster());
            }
            assertStandsAgain(master, frameworkId);
        }
    }

    @Test
    void shouldCountEachRefusalAndServeOthersWhenARelaySendsRubbish(@TempDir Path folder) {
        System.out.println("seed " + seed);
        try (TestMaster master = new TestMaster(folder)) {
            master.start();
            long frameworkId;
            try (TestSession good = master.connect();
                    TestSession relay = master.connect()) {
                frameworkId = subscribe(good);
                for (byte[] introduction : List.of(
                        ValidMessages.relayConnect(), ValidMessages.agentRegister(), ValidMessages.agentTasks())) {
                    send(relay, introduction);
                }
                relay.await(AgentRegisteredDecoder.TEMPLATE_ID);
                List<byte[]> ofAgents =
                        List.of(ValidMessages.agentRegister(), ValidMessages.agentTasks(), ValidMessages.taskStatus());
                sendSpoilt(relay, ofAgents, good, frameworkId);
                assertCounted(good);
                long malformed = sentMalformed();
                relay.await(() -> sum(answers(relay)) >= malformed, "answers are missing, seed " + seed);
                assertEquals(sent, answers(relay), "each is answered by its kind, seed " + seed);
                assertFalse(good.isClosedByMaster());
            }
            assertStandsAgain(master, frameworkId);
        }
    }

    private long subscribe(TestSession good) {
        long frameworkId = good.subscribe(0);
        good.registerTemplate(frameworkId, 1);
        messages += 2;
        return frameworkId;
    }

    /** Sends in batches, each followed by a submit of the good session, which must be carried out. */
    private void sendSpoilt(TestSession bad, List<byte[]> valid, TestSession good, long frameworkId) {
        while (sentMalformed() < MALFORMED) {
            for (int i = 0; i < BATCH; i++) {
                SpoiltMessage spoilt = SpoiltMessage.of(valid.get(random.nextInt(valid.size())), random);
                if (spoilt.isMalformed()) {
                    sent.merge(spoilt.kind(), 1L, Long::sum);
                }
                send(bad, spoilt.bytes());
            }
            good.submit(frameworkId, ++lastTaskId, 1, 1);
            messages++;
            good.await(TasksSubmittedDecoder.TEMPLATE_ID);
            while (bad.poll() > 0) {
                Thread.onSpinWait();
            }
        }
    }

    private void send(TestSession session, byte[] message) {
        session.send(new UnsafeBuffer(message), 0, message.length);
        messages++;
    }

    private void assertCounted(TestSession session) {
        int received = CounterTypes.of(MasterCounter.MESSAGES);
        session.await(
                () -> TestMaster.counter(session.aeron(), received) >= messages, "messages are missing, seed " + seed);
        Map<RefusalCode, Long> counted = new EnumMap<>(RefusalCode.class);
        COUNTERS.forEach(
                (kind, counter) -> counted.put(kind, TestMaster.counter(session.aeron(), CounterTypes.of(counter))));
        assertEquals(sent, counted, "each is counted by its kind, seed " + seed);
        assertEquals(0, TestMaster.counter(session.aeron(), CounterTypes.of(ServiceCounter.COMMAND_FAULTS)));
    }

    /** All that was sent is in the log: one that brings the master down would do so at every start. */
    private void assertStandsAgain(TestMaster master, long frameworkId) {
        master.stop();
        MasterNode again = master.start();
        assertTrue(again.isLeader());
        try (TestSession session = master.connect()) {
            assertCounted(session);
            session.subscribeOnly(frameworkId);
            FrameworkSubscribedDecoder subscribed = session.subscribed();
            assertEquals(frameworkId, subscribed.frameworkId());
            assertEquals(lastTaskId, subscribed.lastTaskId());
            session.submit(frameworkId, lastTaskId + 1, 1, 1);
            session.await(TasksSubmittedDecoder.TEMPLATE_ID);
        }
    }

    private long sentMalformed() {
        return sum(sent);
    }

    private static long sum(Map<RefusalCode, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** How often a session was told of each of these kinds. */
    private static Map<RefusalCode, Long> answers(TestSession session) {
        Map<RefusalCode, Long> answers = new EnumMap<>(RefusalCode.class);
        RefusedDecoder refused = new RefusedDecoder();
        MessageHeaderDecoder header = new MessageHeaderDecoder();
        for (byte[] message : session.received()) {
            UnsafeBuffer buffer = new UnsafeBuffer(message);
            if (MessageCheck.templateId(buffer, 0) == RefusedDecoder.TEMPLATE_ID) {
                RefusalCode code = refused.wrapAndApplyHeader(buffer, 0, header).code();
                if (COUNTERS.containsKey(code)) {
                    answers.merge(code, 1L, Long::sum);
                }
            }
        }
        return answers;
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
}

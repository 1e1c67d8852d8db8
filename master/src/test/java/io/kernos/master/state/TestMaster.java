package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A state machine in a test. After every command all invariants are verified. Every few commands a twin is made of a
 * snapshot; from then on both are given the same commands and must have the same effects, byte for byte.
 */
final class TestMaster {
    static final long START_MS = 1_000_000;

    /** How many commands a twin lives. */
    private static final int TWIN_LIFE = 7;

    private final UnaryOperator<StateContext> settings;
    private final Recorder recorder = new Recorder();
    private final EnumMap<MasterCounter, Long> counts = new EnumMap<>(MasterCounter.class);
    private final Map<Long, List<Inbox.Message>> inboxes = new HashMap<>();
    private final List<Long> closed = new ArrayList<>();
    private final MasterStateMachine machine;
    final TestStore store = new TestStore();
    private MasterStateMachine twin;
    private Recorder twinRecorder;
    private int twinAge;
    private long nextSessionId = 1;
    long nowMs = START_MS;
    /** False where a test has many like steps: they are then neither verified nor given to a twin. */
    boolean isChecking = true;

    TestMaster() {
        this(context -> context);
    }

    TestMaster(UnaryOperator<StateContext> settings) {
        this.settings = settings;
        machine = new MasterStateMachine(settings.apply(new StateContext())
                .effects(recorder)
                .counting((counter, delta) -> counts.merge(counter, delta, Long::sum)));
    }

    MasterStateMachine machine() {
        return machine;
    }

    long count(MasterCounter counter) {
        return counts.getOrDefault(counter, 0L);
    }

    long open() {
        long sessionId = nextSessionId++;
        apply(each -> each.onSessionOpen(sessionId, nowMs));
        return sessionId;
    }

    void close(long sessionId) {
        apply(each -> each.onSessionClose(sessionId, nowMs));
    }

    void send(long sessionId, Outgoing message) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
        int length = message.encode(buffer);
        sendRaw(sessionId, buffer, 0, length);
    }

    void sendRaw(long sessionId, DirectBuffer buffer, int offset, int length) {
        apply(each -> each.onMessage(sessionId, nowMs, buffer, offset, length));
    }

    void newLeader() {
        apply(each -> each.onNewLeader(nowMs));
    }

    void resend(long sessionId) {
        apply(each -> each.resend(sessionId));
    }

    /** Lets time pass, with a stop at each deadline on the way. */
    void pass(long durationMs) {
        long untilMs = nowMs + durationMs;
        while (machine.nextDeadlineMs() <= untilMs) {
            nowMs = Math.max(nowMs, machine.nextDeadlineMs());
            apply(each -> each.onTime(nowMs));
        }
        nowMs = untilMs;
        apply(each -> each.onTime(nowMs));
    }

    /** Takes all messages that a session was sent. */
    List<Inbox.Message> take(long sessionId) {
        List<Inbox.Message> messages = inboxes.remove(sessionId);
        return messages == null ? List.of() : messages;
    }

    boolean isClosed(long sessionId) {
        return closed.contains(sessionId);
    }

    /** Replaces the twin by one that is made of a snapshot now. */
    void fork() {
        twinRecorder = new Recorder();
        twin = new MasterStateMachine(
                settings.apply(new StateContext()).effects(twinRecorder).projecting(false));
        List<byte[]> records = snapshot();
        boolean isWhole = false;
        for (byte[] record : records) {
            isWhole = twin.loadRecord(new UnsafeBuffer(record), 0, record.length);
        }
        assertEquals(true, isWhole, "the snapshot must be whole");
        assertEquals(machine.stateHash(), twin.stateHash(), "the twin must be equal");
        assertEquals(machine.nextDeadlineMs(), twin.nextDeadlineMs(), "deadlines of the twin");
        twin.verify();
        twinAge = 0;
    }

    List<byte[]> snapshot() {
        List<byte[]> records = new ArrayList<>();
        machine.writeSnapshot((buffer, offset, length) -> {
            byte[] record = new byte[length];
            buffer.getBytes(offset, record);
            records.add(record);
        });
        return records;
    }

    private void apply(Consumer<MasterStateMachine> command) {
        recorder.clear();
        command.accept(machine);
        machine.projectChanges(store);
        if (!isChecking) {
            twin = null;
            deliver();
            return;
        }
        machine.verify();
        if (twin != null) {
            twinRecorder.clear();
            command.accept(twin);
            assertSameEffects();
            assertEquals(machine.nextDeadlineMs(), twin.nextDeadlineMs(), "deadlines of the twin");
        }
        deliver();
        if (twin == null || ++twinAge == TWIN_LIFE) {
            if (twin != null) {
                assertEquals(machine.stateHash(), twin.stateHash(), "the twin must still be equal");
            }
            fork();
        }
    }

    private void assertSameEffects() {
        assertEquals(recorder.sessions, twinRecorder.sessions, "sessions of the twin's effects");
        for (int i = 0; i < recorder.messages.size(); i++) {
            assertArrayEquals(recorder.messages.get(i), twinRecorder.messages.get(i), "effect of the twin");
        }
    }

    private void deliver() {
        for (int i = 0; i < recorder.sessions.size(); i++) {
            long sessionId = recorder.sessions.get(i);
            byte[] message = recorder.messages.get(i);
            if (message.length == 0) {
                closed.add(sessionId);
            } else {
                inboxes.computeIfAbsent(sessionId, each -> new ArrayList<>())
                        .add(Inbox.decode(new UnsafeBuffer(message), 0));
            }
        }
    }

    /** Writes a message, with its header, and returns its length. */
    @FunctionalInterface
    interface Outgoing {
        int encode(ExpandableArrayBuffer buffer);
    }

    /** Keeps effects; that of a session which is closed is empty. */
    private static final class Recorder implements Effects {
        final List<Long> sessions = new ArrayList<>();
        final List<byte[]> messages = new ArrayList<>();

        void clear() {
            sessions.clear();
            messages.clear();
        }

        @Override
        public void send(long sessionId, DirectBuffer buffer, int offset, int length) {
            byte[] message = new byte[length];
            buffer.getBytes(offset, message);
            sessions.add(sessionId);
            messages.add(message);
        }

        @Override
        public void closeSession(long sessionId) {
            sessions.add(sessionId);
            messages.add(new byte[0]);
        }
    }
}

package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.kernos.transport.codecs.AcknowledgeUpdatesEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import io.kernos.transport.codecs.SubmitTasksEncoder;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusEncoder;
import java.lang.management.ManagementFactory;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** A task's whole life makes no garbage once the tables have grown. */
final class AllocationTest {
    private static final long FRAMEWORK_SESSION = 1;
    private static final long RELAY_SESSION = 2;
    private static final int WARM_UP_ROUNDS = 20_000;
    private static final int ROUNDS = 5_000;
    private static final int MEASUREMENTS = 5;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final SubmitTasksEncoder submit = new SubmitTasksEncoder();
    private final TaskStatusEncoder status = new TaskStatusEncoder();
    private final AcknowledgeUpdatesEncoder acknowledge = new AcknowledgeUpdatesEncoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4096]);
    private final StateFeed feed = new EverywhereFeed();
    private final byte[] message = "exited with status 1".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private final MasterStateMachine machine = new MasterStateMachine(new StateContext().effects(new NoEffects()));
    private long nowMs = 1;
    private long nextTaskId = 1;

    @Test
    void shouldMakeNoGarbageWhenTasksAreSubmittedPlacedReportedAndAcknowledged() {
        prepare();
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            live(4);
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MEASUREMENTS; i++) {
            least = Math.min(least, allocatedBytesOfRounds());
        }

        assertEquals(0, least, "bytes for " + ROUNDS * 4 + " tasks");
        machine.verify();
    }

    /** The virtual machine itself may allocate now and then on this thread, as when it compiles anew. */
    private long allocatedBytesOfRounds() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long probe = threads.getCurrentThreadAllocatedBytes();
        long ofProbe = threads.getCurrentThreadAllocatedBytes() - probe;
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < ROUNDS; i++) {
            live(4);
        }
        return threads.getCurrentThreadAllocatedBytes() - before - ofProbe;
    }

    private void prepare() {
        machine.onSessionOpen(FRAMEWORK_SESSION, nowMs);
        machine.onSessionOpen(RELAY_SESSION, nowMs);
        send(FRAMEWORK_SESSION, Messages.subscribe(1, 0, 10_000, false, false, ""));
        send(FRAMEWORK_SESSION, Messages.template(1, 1, 1, 1000, 1 << 30, 2, "/bin/true"));
        send(RELAY_SESSION, Messages.relayConnect(1));
        send(RELAY_SESSION, Messages.register(1, 0, 7, 3000, 8L << 30, 31_000, 31_999));
        send(RELAY_SESSION, Messages.tasks(1, true));
    }

    private void send(long sessionId, TestMaster.Outgoing outgoing) {
        ExpandableArrayBuffer expandable = new ExpandableArrayBuffer();
        int length = outgoing.encode(expandable);
        machine.onMessage(sessionId, nowMs, expandable, 0, length);
    }

    /** A submit of tasks, of which not all fit at once, to the end of each of them. */
    private void live(int count) {
        nowMs++;
        long first = nextTaskId;
        nextTaskId += count;
        submit.wrapAndApplyHeader(buffer, 0, header)
                .correlationId(first)
                .frameworkId(1)
                .firstTaskId(first)
                .count(count)
                .templateId(1);
        apply(FRAMEWORK_SESSION, submit.encodedLength());
        for (long taskId = first; taskId < first + count; taskId++) {
            report(taskId, TaskState.RUNNING, 0);
            report(taskId, taskId % 2 == 0 ? TaskState.FINISHED : TaskState.FAILED, message.length);
            acknowledge.wrapAndApplyHeader(buffer, 0, header).frameworkId(1);
            acknowledge.updatesCount(1).next().taskId(taskId).sequence(2);
            apply(FRAMEWORK_SESSION, acknowledge.encodedLength());
        }
    }

    private void report(long taskId, TaskState state, int messageLength) {
        status.wrapAndApplyHeader(buffer, 0, header)
                .connectionId(1)
                .frameworkId(1)
                .taskId(taskId)
                .relayedNs(1)
                .receivedNs(2)
                .startedNs(3)
                .endedNs(4)
                .exitStatus(0)
                .state(state)
                .reason(TaskReason.NONE)
                .putMessage(message, 0, messageLength);
        apply(RELAY_SESSION, status.encodedLength());
    }

    private void apply(long sessionId, int encodedLength) {
        machine.onMessage(sessionId, nowMs, buffer, 0, MessageHeaderEncoder.ENCODED_LENGTH + encodedLength);
        machine.projectChanges(feed);
    }

    /** A read side that always has room. */
    private static final class EverywhereFeed implements StateFeed {
        @Override
        public boolean put(int recordTemplateId, long key1, long key2, DirectBuffer buffer, int offset, int length) {
            return true;
        }

        @Override
        public boolean remove(int recordTemplateId, long key1, long key2) {
            return true;
        }

        @Override
        public boolean retire(long frameworkId, long taskId, DirectBuffer buffer, int offset, int length) {
            return true;
        }
    }
}

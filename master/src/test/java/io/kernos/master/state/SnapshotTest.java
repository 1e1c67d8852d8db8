package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What {@link TestMaster} does not check in every other test: snapshots that cannot be. */
final class SnapshotTest {
    private static final long GIB = TestFramework.GIB;

    @Test
    void shouldRefuseASnapshotThatIsNotWhole() {
        List<byte[]> records = busy().snapshot();
        MasterStateMachine loaded = empty();
        boolean isWhole = false;
        for (byte[] record : records.subList(0, records.size() - 1)) {
            isWhole = load(loaded, record);
        }
        assertEquals(false, isWhole);

        MasterStateMachine other = empty();
        load(other, records.getFirst());
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> load(other, records.getLast()));

        assertTrue(error.getMessage().contains("recordCount=" + (records.size() - 1)), error.getMessage());
    }

    @Test
    void shouldRefuseRecordsOutOfOrder() {
        List<byte[]> records = busy().snapshot();

        assertThrows(IllegalArgumentException.class, () -> load(empty(), records.get(1)));
        MasterStateMachine twice = empty();
        load(twice, records.getFirst());
        assertThrows(IllegalArgumentException.class, () -> load(twice, records.getFirst()));
    }

    @Test
    void shouldRefuseRecordsThatNameWhatIsNotThere() {
        List<byte[]> records = busy().snapshot();
        MasterStateMachine loaded = empty();
        load(loaded, records.getFirst());
        int refused = 0;
        for (byte[] record : records.subList(1, records.size() - 1)) {
            try {
                load(loaded, record);
                loaded = empty();
                load(loaded, records.getFirst());
            } catch (IllegalArgumentException e) {
                assertTrue(e.getMessage().contains("snapshot"), e.getMessage());
                refused++;
            }
        }

        assertTrue(refused > 5, "refused=" + refused);
    }

    @Test
    void shouldRefuseASnapshotAfterACommand() {
        MasterStateMachine used = empty();
        used.onSessionOpen(1, 1);

        assertThrows(
                IllegalArgumentException.class,
                () -> load(used, busy().snapshot().getFirst()));
    }

    @Test
    void shouldKeepAnOfferWithMoreIntervalsThanARecordHolds() {
        TestMaster master = new TestMaster();
        TestFramework framework = TestFramework.submitting(master);
        TestRelay relay = new TestRelay(master, 1);
        relay.send(Messages.register(1, 0, 77, 1_000_000, 1_000 * GIB, 1, 9_000));
        relay.send(Messages.tasks(1, true));
        int template = framework.template(1, 1 << 20, 1);
        master.isChecking = false;
        framework.submit(1, 2_200, template);
        for (long taskId = 1; taskId <= 2_200; taskId += 2) {
            relay.send(Messages.status(1, framework.id, taskId, TaskState.FINISHED, TaskReason.NONE, ""));
        }
        master.isChecking = true;

        TestFramework greedy = TestFramework.withOffers(master);
        assertEquals(
                FrameworkPublisher.MAX_INTERVALS,
                greedy.last(Inbox.Offered.class).ports().size());
        master.fork();
        greedy.decline(greedy.last(Inbox.Offered.class).offerId(), 0);

        assertEquals(2, greedy.all(Inbox.Offered.class).size());
    }

    private static TestMaster busy() {
        TestMaster master = new TestMaster();
        TestRelay relay = new TestRelay(master, 1);
        TestFramework framework = TestFramework.withOffers(master);
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        int template = framework.template(1000, GIB, 1);
        framework.accept(framework.last(Inbox.Offered.class).offerId(), template, 1, 2);
        agent.status(framework.id, 1, TaskState.RUNNING);
        TestAgent other = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.decline(framework.last(Inbox.Offered.class).offerId(), 60_000);
        framework.submit(10, 100, template);
        framework.kill(105, 2);
        other.begin();
        other.list(false, TestAgent.task(9, 9, TaskState.RUNNING));
        return master;
    }

    private static MasterStateMachine empty() {
        return new MasterStateMachine(new StateContext().effects(new NoEffects()));
    }

    private static boolean load(MasterStateMachine machine, byte[] record) {
        return machine.loadRecord(new UnsafeBuffer(record), 0, record.length);
    }
}

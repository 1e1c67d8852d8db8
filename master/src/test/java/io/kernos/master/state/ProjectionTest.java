package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.OfferRecordDecoder;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TemplateRecordDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class ProjectionTest {
    private static final long GIB = TestFramework.GIB;

    private final TestMaster master = new TestMaster();
    private final TestRelay relay = new TestRelay(master, 1);
    private final TestFramework framework = TestFramework.submitting(master);
    private final TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);

    @Test
    void shouldTellWhatAnAgentHasWhenItChanges() {
        framework.submit(1, 1, framework.template(1000, GIB, 0));

        AgentRecordDecoder record = new AgentRecordDecoder()
                .wrapAndApplyHeader(
                        master.store.live(AgentRecordDecoder.TEMPLATE_ID, agent.id, 0), 0, new MessageHeaderDecoder());
        assertEquals(1, record.liveTaskCount());
        var scalars = record.scalars();
        scalars.next();
        assertEquals(4000, scalars.total());
        assertEquals(1000, scalars.used());
    }

    @Test
    void shouldTellTheNewestOnlyWhenThereWasNoRoom() {
        int template = framework.template(1000, GIB, 0);
        master.store.isFull = true;
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        assertNull(master.store.live(TaskRecordDecoder.TEMPLATE_ID, framework.id, 1));

        master.store.isFull = false;
        int told = master.machine().projectChanges(master.store);

        assertEquals(4, told, "a task, its agent, its framework, and a demand that is gone");
        TaskRecordDecoder record = new TaskRecordDecoder()
                .wrapAndApplyHeader(
                        master.store.live(TaskRecordDecoder.TEMPLATE_ID, framework.id, 1),
                        0,
                        new MessageHeaderDecoder());
        assertEquals(TaskState.RUNNING, record.state());
        record.ranges();
        record.skipMessage();
        assertEquals("job", record.name());
        assertEquals(0, master.machine().projectChanges(master.store));
    }

    @Test
    void shouldKeepFinishedTasksUntilThereIsRoom() {
        int template = framework.template(1000, GIB, 0);
        master.store.isFull = true;
        framework.submit(1, 3, template);
        for (long taskId = 1; taskId <= 3; taskId++) {
            agent.status(framework.id, taskId, TaskState.FINISHED);
        }
        framework.acknowledgeAll();
        framework.submit(4, 3, template);

        master.store.isFull = false;
        master.machine().projectChanges(master.store);

        assertEquals(3, master.store.historySize());
        assertEquals(TaskState.FINISHED, master.store.ended(framework.id, 2));
        assertEquals(3, master.store.count(TaskRecordDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldGiveUpTheOldestAndCountItWhenTooManyFinishedTasksWait() {
        TaskTable tasks = new TaskTable();
        List<MasterCounter> counted = new ArrayList<>();
        Projection small = new Projection(tasks, true, 2, (counter, delta) -> counted.add(counter));
        Framework owner = new Framework(0, 7, new Role(0, "*", 1), new byte[0], new byte[0]);
        for (long taskId = 1; taskId <= 3; taskId++) {
            Task task = tasks.add(owner, null, 1, taskId);
            tasks.remove(task);
            small.retired(task);
        }
        TestStore told = new TestStore();

        small.feed(told);

        assertEquals(List.of(MasterCounter.TASKS_UNRECORDED), counted);
        assertEquals(2, told.historySize());
        assertNull(told.ended(owner.id, 1));
    }

    @Test
    void shouldTellEverythingAgainWhenAsked() {
        framework.submit(1, 2, framework.template(1000, GIB, 0));
        TestStore other = new TestStore();

        master.machine().projectAll();
        master.machine().projectChanges(other);

        assertEquals(2, other.count(TaskRecordDecoder.TEMPLATE_ID));
        assertEquals(1, other.count(TemplateRecordDecoder.TEMPLATE_ID));
        assertEquals(1, other.count(FrameworkRecordDecoder.TEMPLATE_ID));
        assertEquals(1, other.count(AgentRecordDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldTellAnOfferUntilItIsOver() {
        TestFramework greedy = TestFramework.withOffers(master);
        long offerId = greedy.last(Inbox.Offered.class).offerId();
        OfferRecordDecoder record = new OfferRecordDecoder()
                .wrapAndApplyHeader(
                        master.store.live(OfferRecordDecoder.TEMPLATE_ID, offerId, 0), 0, new MessageHeaderDecoder());
        assertEquals(greedy.id, record.frameworkId());
        assertEquals(agent.id, record.agentId());
        assertEquals(4000, record.scalars().next().amount());

        greedy.accept(offerId, greedy.template(1000, GIB, 0), 1);
        assertOfferedIsTold(greedy, 1);
        greedy.decline(greedy.last(Inbox.Offered.class).offerId(), 60_000);
        assertOfferedIsTold(greedy, 0);
        master.pass(60_000);
        assertOfferedIsTold(greedy, 1);
        relay.send(Messages.disconnected(agent.connectionId));
        assertOfferedIsTold(greedy, 0);
    }

    @Test
    void shouldNotTellAnOfferThatCameAndWentWhenThereWasNoRoom() {
        TestFramework greedy = TestFramework.withOffers(master);
        greedy.decline(greedy.last(Inbox.Offered.class).offerId(), 0);
        long toldId = greedy.last(Inbox.Offered.class).offerId();
        master.store.isFull = true;
        greedy.decline(toldId, 0);
        greedy.decline(greedy.last(Inbox.Offered.class).offerId(), 0);
        master.store.isFull = false;

        int told = master.machine().projectChanges(master.store);

        assertEquals(3, told, "the offer that was told is gone, another is there, and their agent");
        assertOfferedIsTold(greedy, 1);
    }

    @Test
    void shouldTellTheOffersOfASnapshot() {
        TestFramework greedy = TestFramework.withOffers(master);
        MasterStateMachine loaded = new MasterStateMachine(new StateContext().effects(new NoEffects()));
        for (byte[] record : master.snapshot()) {
            loaded.loadRecord(new UnsafeBuffer(record), 0, record.length);
        }
        TestStore other = new TestStore();

        loaded.projectChanges(other);

        long offerId = greedy.last(Inbox.Offered.class).offerId();
        assertNotNull(other.live(OfferRecordDecoder.TEMPLATE_ID, offerId, 0));
    }

    private void assertOfferedIsTold(TestFramework greedy, int count) {
        assertEquals(count, master.store.count(OfferRecordDecoder.TEMPLATE_ID));
        if (count > 0) {
            long newest = greedy.last(Inbox.Offered.class).offerId();
            assertNotNull(master.store.live(OfferRecordDecoder.TEMPLATE_ID, newest, 0));
        }
    }

    @Test
    void shouldTakeAwayWhatIsGone() {
        framework.template(1000, GIB, 0);
        framework.send(Messages.unsubscribe(1, framework.id));

        assertEquals(0, master.store.count(FrameworkRecordDecoder.TEMPLATE_ID));
        assertEquals(0, master.store.count(TemplateRecordDecoder.TEMPLATE_ID));
        assertTrue(master.store.count(AgentRecordDecoder.TEMPLATE_ID) > 0);
    }
}

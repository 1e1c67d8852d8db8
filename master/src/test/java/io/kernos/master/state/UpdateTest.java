package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UpdateTest {
    private static final long GIB = TestFramework.GIB;

    private final TestMaster master = new TestMaster();
    private final TestRelay relay = new TestRelay(master, 1);
    private final TestFramework framework = TestFramework.submitting(master);
    private final int template = framework.template(1000, GIB, 0);
    private final TestAgent agent = TestAgent.registered(relay, 100_000, 200 * GIB);

    @Test
    void shouldAcknowledgeAllBeforeWhenALaterSequenceIsAcknowledged() {
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.STARTING);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.status(framework.id, 1, TaskState.FINISHED);
        assertEquals(
                List.of(1, 2, 3),
                framework.updates(1).stream().map(Inbox.Updated::sequence).toList());

        framework.acknowledge(1, 2);
        assertNotNull(master.store.live(TaskRecordDecoder.TEMPLATE_ID, framework.id, 1));
        framework.acknowledge(1, 3);

        assertEquals(TaskState.FINISHED, master.store.ended(framework.id, 1));
        assertEquals(3, master.count(MasterCounter.UPDATES_ACKNOWLEDGED));
    }

    @Test
    void shouldRefuseWhenASequenceIsAcknowledgedThatWasNotSent() {
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.FINISHED);

        framework.acknowledge(1, 2);

        assertEquals(
                RefusalCode.INVALID_VALUE, framework.last(Inbox.Refusal.class).code());
        assertNotNull(master.store.live(TaskRecordDecoder.TEMPLATE_ID, framework.id, 1));
    }

    @Test
    void shouldDoNothingWhenAnAcknowledgementIsRepeatedOrOfAnUnknownTask() {
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);

        framework.acknowledge(1, 1);
        framework.acknowledge(1, 1);
        framework.acknowledge(1, -5);
        framework.acknowledge(99, 1);

        assertTrue(framework.all(Inbox.Refusal.class).isEmpty());
        assertEquals(1, master.count(MasterCounter.UPDATES_ACKNOWLEDGED));
    }

    @Test
    void shouldSendOnlyTheLatestStateWhenTheFrameworkWasAway() {
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.STARTING);
        master.close(framework.session);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.status(framework.id, 1, TaskState.FAILED, TaskReason.COMMAND_EXITED, "exit 1");
        framework.clear();

        framework.failOver(false, false);

        assertEquals(1, framework.updates(1).size());
        Inbox.Updated update = framework.updates(1).getFirst();
        assertEquals(3, update.sequence());
        assertEquals(TaskState.FAILED, update.state());
        assertEquals(1, update.exitStatus());
        assertEquals("exit 1", update.message());
    }

    @Test
    void shouldHoldBackUpdatesOfFurtherTasksWhenTheWindowIsFull() {
        int small = framework.template(1, 1 << 20, 0);
        int count = Updates.WINDOW + 100;
        framework.submit(1, count, small);
        master.isChecking = false;
        for (long taskId = 1; taskId <= Updates.WINDOW; taskId++) {
            agent.status(framework.id, taskId, TaskState.RUNNING);
        }
        for (long taskId = count; taskId > Updates.WINDOW; taskId--) {
            agent.status(framework.id, taskId, TaskState.RUNNING);
        }
        agent.status(framework.id, count, TaskState.FINISHED);
        assertEquals(Updates.WINDOW, framework.all(Inbox.Updated.class).size());
        master.isChecking = true;
        master.fork();

        framework.acknowledge(1, 1);

        assertEquals(count, framework.last(Inbox.Updated.class).taskId());
        assertEquals(TaskState.FINISHED, framework.last(Inbox.Updated.class).state());
        assertEquals(2, framework.last(Inbox.Updated.class).sequence());
        List<Inbox.Updated> more = framework.all(Inbox.Updated.class).subList(1, 100);
        framework.send(Messages.acknowledge(framework.id, more));
        assertEquals(count, framework.all(Inbox.Updated.class).size());
        assertEquals(Updates.WINDOW + 1, framework.last(Inbox.Updated.class).taskId());
    }

    @Test
    void shouldSendEverythingUnacknowledgedAgainWhenThereIsANewLeader() {
        framework.submit(1, 3, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.status(framework.id, 2, TaskState.RUNNING);
        framework.acknowledge(1, 1);
        framework.clear();
        relay.clear();

        master.newLeader();

        assertEquals(1, framework.all(Inbox.Subscribed.class).size());
        assertTrue(framework.updates(1).isEmpty());
        assertEquals(1, framework.updates(2).size());
        assertEquals(1, agent.launches().size());
        assertEquals(3, agent.launches().getFirst().taskId());
        assertEquals(1, agent.definitions().size());
        assertEquals(1, relay.all(Inbox.Registered.class).size());
        assertEquals(1, relay.all(Inbox.Connected.class).size());
    }

    @Test
    void shouldSendKillsAndOffersAgainWhenThereIsANewLeader() {
        framework.submit(1, 1, template);
        framework.kill(1, 1);
        TestFramework other = TestFramework.withOffers(master);
        long offerId = other.last(Inbox.Offered.class).offerId();
        other.clear();
        relay.clear();

        master.newLeader();

        assertEquals(offerId, other.last(Inbox.Offered.class).offerId());
        assertEquals(1, agent.launches().size());
        assertEquals(1, agent.kills().size());
    }

    @Test
    void shouldAskAgentsToRegisterAgainWhenTheLeaderChangesAmidTheirRegistration() {
        TestAgent late = new TestAgent(relay, 1000, GIB);
        late.begin();

        master.resend(relay.session);
        relay.fetch();

        assertEquals(late.connectionId, relay.all(Inbox.Again.class).getLast().connectionId());
    }

    @Test
    void shouldAnswerAboutEachTaskWhenReconciled() {
        framework.submit(1, 102, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        framework.acknowledge(1, 1);
        agent.status(framework.id, 2, TaskState.FINISHED);
        framework.clear();

        framework.send(Messages.reconcile(framework.id, 1, 2, 3, 102, 999));

        assertEquals(TaskState.RUNNING, framework.updates(1).getLast().state());
        assertEquals(0, framework.updates(1).getLast().sequence());
        assertEquals(TaskReason.RECONCILIATION, framework.updates(1).getLast().reason());
        assertEquals(TaskState.FINISHED, framework.updates(2).getLast().state());
        assertEquals(1, framework.updates(2).getLast().sequence());
        assertEquals(TaskState.STAGING, framework.updates(3).getLast().state());
        assertEquals(TaskState.PENDING, framework.updates(102).getLast().state());
        assertEquals(TaskState.UNKNOWN, framework.updates(999).getLast().state());
    }

    @Test
    void shouldAnswerAboutAllPlacedTasksInPortionsWhenReconciledWithoutNames() {
        int small = framework.template(1, 1 << 20, 0);
        framework.submit(1, 3000, small);
        framework.clear();

        framework.send(Messages.reconcile(framework.id));

        assertEquals(Updates.MAX_ANSWERS, framework.all(Inbox.Updated.class).size());
        master.pass(10);
        assertEquals(3000, framework.all(Inbox.Updated.class).size());
    }
}

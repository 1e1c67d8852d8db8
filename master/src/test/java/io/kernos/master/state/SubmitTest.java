package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.DemandRecordDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskRecordDecoder;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SubmitTest {
    private final TestMaster master = new TestMaster();
    private final TestRelay relay = new TestRelay(master, 1);
    private final TestFramework framework = TestFramework.submitting(master);
    private final int template = framework.template(1000, TestFramework.GIB, 0);

    @Test
    void shouldPlaceLaunchAndTellUntilAcknowledgedWhenSubmitted() {
        TestAgent agent = TestAgent.registered(relay, 2000, 4 * TestFramework.GIB);

        framework.submit(1, 1, template);

        assertEquals(1, framework.all(Inbox.Submitted.class).size());
        assertEquals(List.of("/bin/sleep", "1"), agent.definitions().getFirst().arguments());
        assertEquals("nobody", agent.definitions().getFirst().user());
        assertEquals(1, agent.launches().getFirst().taskId());
        agent.status(framework.id, 1, TaskState.RUNNING);
        assertEquals(TaskState.RUNNING, framework.updates(1).getLast().state());
        assertEquals(agent.id, framework.updates(1).getLast().agentId());
        framework.acknowledge(1, 1);
        agent.status(framework.id, 1, TaskState.FINISHED);
        assertEquals(2, framework.updates(1).getLast().sequence());
        assertEquals(2, agent.acks().size());
        assertNull(master.store.ended(framework.id, 1));
        framework.acknowledge(1, 2);
        assertEquals(TaskState.FINISHED, master.store.ended(framework.id, 1));
        assertEquals(0, master.store.count(TaskRecordDecoder.TEMPLATE_ID));
        assertEquals(0, master.count(MasterCounter.TASKS_LIVE));
        assertEquals(0, master.count(MasterCounter.TASKS_UNACKNOWLEDGED));
    }

    @Test
    void shouldPlaceTheRestWhenResourcesComeFree() {
        TestAgent agent = TestAgent.registered(relay, 2000, 4 * TestFramework.GIB);

        framework.submit(1, 5, template);

        assertEquals(2, agent.launches().size());
        assertEquals(3, master.count(MasterCounter.TASKS_PENDING));
        assertEquals(1, master.store.count(DemandRecordDecoder.TEMPLATE_ID));
        agent.status(framework.id, 1, TaskState.FINISHED);
        assertEquals(3, agent.launches().size());
        assertEquals(3, agent.launches().getLast().taskId());
        assertEquals(2, agent.launches().getLast().taskIndex());
        TestAgent second = TestAgent.registered(relay, 2000, 4 * TestFramework.GIB);
        assertEquals(2, second.launches().size());
        assertEquals(0, master.store.count(DemandRecordDecoder.TEMPLATE_ID));
        assertEquals(0, master.count(MasterCounter.TASKS_PENDING));
    }

    @Test
    void shouldTellTheTemplateOnceWhenAnAgentIsGivenManyTasks() {
        TestAgent agent = TestAgent.registered(relay, 9000, 16 * TestFramework.GIB);

        framework.submit(1, 3, template);
        framework.submit(4, 3, template);

        assertEquals(6, agent.launches().size());
        assertEquals(1, agent.definitions().size());
    }

    @Test
    void shouldPickDistinctPortsWhenTheTemplateAsksForThem() {
        int withPorts = framework.template(100, TestFramework.GIB, 2);
        TestAgent agent = TestAgent.registered(relay, 2000, 4 * TestFramework.GIB);

        framework.submit(1, 2, withPorts);

        assertEquals(List.of(31_000L, 31_001L), agent.launches().get(0).ports());
        assertEquals(List.of(31_002L, 31_003L), agent.launches().get(1).ports());
    }

    @Test
    void shouldAnswerAndDoNothingWhenASubmitIsRepeated() {
        TestAgent agent = TestAgent.registered(relay, 9000, 16 * TestFramework.GIB);
        framework.submit(1, 2, template);

        framework.submit(1, 2, template);

        assertEquals(2, framework.all(Inbox.Submitted.class).size());
        assertEquals(2, agent.launches().size());
    }

    @Test
    void shouldRefuseARepeatOfWhatWasRefusedWhenALaterSubmitWasTaken() {
        TestMaster small = new TestMaster(context -> context.maxPendingTasks(5));
        TestFramework its = TestFramework.submitting(small);
        int itsTemplate = its.template(1000, TestFramework.GIB, 0);
        its.submit(1, 10, itsTemplate);
        its.submit(11, 1, itsTemplate);
        its.clear();

        its.submit(1, 10, itsTemplate);

        assertTrue(its.all(Inbox.Submitted.class).isEmpty());
        Inbox.Refusal refusal = its.last(Inbox.Refusal.class);
        assertEquals(RefusalCode.INVALID_VALUE, refusal.code());
        assertTrue(refusal.message().contains("firstTaskId=1, count=10: not above lastTaskId=11"), refusal.message());
        its.submit(11, 1, itsTemplate);
        assertEquals(11, its.last(Inbox.Submitted.class).firstTaskId());
    }

    @Test
    void shouldAnswerARepeatWhenOneOfManyTasksIsStillThere() {
        TestAgent agent = TestAgent.registered(relay, 9000, 16 * TestFramework.GIB);
        framework.submit(1, 4, template);
        for (long taskId = 1; taskId <= 3; taskId++) {
            agent.status(framework.id, taskId, TaskState.FINISHED);
        }
        framework.acknowledgeAll();
        framework.clear();

        framework.submit(1, 4, template);
        assertEquals(1, framework.all(Inbox.Submitted.class).size());
        agent.status(framework.id, 4, TaskState.FINISHED);
        framework.acknowledgeAll();
        framework.submit(1, 4, template);

        assertEquals(1, framework.all(Inbox.Submitted.class).size());
        assertEquals(
                RefusalCode.INVALID_VALUE, framework.last(Inbox.Refusal.class).code());
        assertEquals(4, agent.launches().size());
    }

    @Test
    void shouldRefuseWhenOnlySomeOfTheTasksAreNew() {
        framework.submit(1, 2, template);

        framework.submit(2, 2, template);

        Inbox.Refusal refusal = framework.last(Inbox.Refusal.class);
        assertEquals(RefusalCode.INVALID_VALUE, refusal.code());
        assertTrue(refusal.message().contains("firstTaskId=2"), refusal.message());
        assertTrue(refusal.message().contains("lastTaskId=2"), refusal.message());
    }

    @Test
    void shouldRefuseWhenTheTemplateIsNotKnown() {
        framework.submit(1, 1, 99);

        Inbox.Refusal refusal = framework.last(Inbox.Refusal.class);
        assertEquals(RefusalCode.UNKNOWN_TEMPLATE_OF_TASKS, refusal.code());
        assertTrue(refusal.message().contains("templateId=99"), refusal.message());
    }

    @Test
    void shouldRefuseWhenTheCountIsNoCount() {
        framework.submit(1, 0, template);
        framework.submit(Long.MAX_VALUE - 1, 5, template);
        framework.submit(-3, 5, template);

        assertEquals(3, framework.all(Inbox.Refusal.class).size());
        assertEquals(3, master.count(MasterCounter.REFUSED_INVALID_VALUE));
    }

    @Test
    void shouldIgnoreARepeatAndRefuseAnotherWhenATemplateIdIsUsedAgain() {
        framework.send(Messages.template(77, framework.id, template, 1000, TestFramework.GIB, 0, "/bin/sleep", "1"));
        assertTrue(framework.all(Inbox.Refusal.class).isEmpty());

        framework.send(Messages.template(77, framework.id, template, 1000, TestFramework.GIB, 0, "/bin/sleep", "2"));

        assertEquals(
                RefusalCode.ALREADY_EXISTS, framework.last(Inbox.Refusal.class).code());
        assertEquals(77, framework.last(Inbox.Refusal.class).correlationId());
    }

    @Test
    void shouldRefuseTemplatesThatCannotBe() {
        framework.send(Messages.template(1, framework.id, 9, 0, 0, 0, "/bin/true"));
        framework.send(Messages.template(1, framework.id, 9, -1, 0, 0, "/bin/true"));
        framework.send(Messages.template(1, framework.id, 9, 1, 0, 100_000, "/bin/true"));
        framework.send(Messages.template(1, framework.id, 0, 1, 0, 0, "/bin/true"));
        framework.send(Messages.template(1, framework.id, 9, 1, 0, 0));
        framework.send(Messages.template(1, framework.id, 9, 1, 0, 0, ""));
        framework.send(Messages.template(1, framework.id, 9, 1, 0, 0, "/bin/true", "a\0b"));

        assertEquals(7, framework.all(Inbox.Refusal.class).size());
        assertEquals(7, master.count(MasterCounter.REFUSED_INVALID_VALUE));
        assertFalse(framework.all(Inbox.Refusal.class).stream()
                .anyMatch(each -> each.message().isEmpty()));
    }
}

package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.DemandRecordDecoder;
import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import org.junit.jupiter.api.Test;

final class KillTest {
    private static final long GIB = TestFramework.GIB;

    private final TestMaster master = new TestMaster();
    private final TestRelay relay = new TestRelay(master, 1);
    private final TestFramework framework = TestFramework.submitting(master);
    private final int template = framework.template(1000, GIB, 0);

    @Test
    void shouldEndAtOnceWhenTheTaskWaits() {
        framework.submit(1, 3, template);

        framework.kill(1, 3);

        for (long taskId = 1; taskId <= 3; taskId++) {
            assertEquals(TaskState.KILLED, framework.updates(taskId).getLast().state());
            assertEquals(
                    TaskReason.KILL_REQUESTED,
                    framework.updates(taskId).getLast().reason());
        }
        framework.acknowledgeAll();
        assertEquals(3, master.store.historySize());
        assertEquals(0, master.store.count(DemandRecordDecoder.TEMPLATE_ID));
        TestAgent agent = TestAgent.registered(relay, 8000, 8 * GIB);
        assertTrue(agent.launches().isEmpty());
    }

    @Test
    void shouldPlaceTheOthersWhenOnlySomeThatWaitAreKilled() {
        framework.submit(1, 10, template);

        framework.kill(1, 2);
        framework.kill(5, 2);
        framework.kill(10, 1);

        TestAgent agent = TestAgent.registered(relay, 20_000, 20 * GIB);
        assertEquals(
                java.util.List.of(3L, 4L, 7L, 8L, 9L),
                agent.launches().stream().map(Inbox.Launch::taskId).toList());
        assertEquals(2, agent.launches().getFirst().taskIndex());
        assertEquals(5, framework.all(Inbox.Updated.class).size());
    }

    @Test
    void shouldAskTheAgentWhenTheTaskIsPlaced() {
        TestAgent agent = TestAgent.registered(relay, 8000, 8 * GIB);
        framework.submit(1, 2, template);
        agent.status(framework.id, 2, TaskState.RUNNING);

        framework.send(Messages.kill(1, framework.id, 1, 2, 250));

        assertEquals(2, agent.kills().size());
        assertEquals(250, agent.kills().getFirst().graceMs());
        agent.status(framework.id, 1, TaskState.KILLED, TaskReason.KILLED_DURING_LAUNCH, "");
        agent.status(framework.id, 2, TaskState.KILLING);
        agent.status(framework.id, 2, TaskState.KILLED, TaskReason.KILL_REQUESTED, "");
        assertEquals(
                TaskReason.KILLED_DURING_LAUNCH, framework.updates(1).getLast().reason());
        assertEquals(TaskState.KILLED, framework.updates(2).getLast().state());
        assertEquals(3, framework.updates(2).getLast().sequence());
    }

    @Test
    void shouldAskTheAgentOnceItIsBackWhenItWasAway() {
        TestAgent agent = TestAgent.registered(relay, 8000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.disconnect();

        framework.kill(1, 1);
        assertTrue(agent.kills().isEmpty());
        agent.begin();
        assertTrue(agent.kills().isEmpty());
        agent.list(true, TestAgent.task(framework.id, 1, TaskState.RUNNING));

        assertEquals(1, agent.kills().size());
    }

    @Test
    void shouldAskTheAgentOnceItIsBackWhenTheTaskWasUnreachable() {
        TestAgent agent = TestAgent.registered(relay, 8000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.disconnect();
        master.pass(StateContext.UNREACHABLE_AFTER_MS_DEFAULT);
        assertEquals(TaskState.UNREACHABLE, framework.updates(1).getLast().state());

        framework.kill(1, 1);
        agent.register(TestAgent.task(framework.id, 1, TaskState.RUNNING));

        assertEquals(TaskState.RUNNING, framework.updates(1).getLast().state());
        assertEquals(1, agent.kills().size());
    }

    @Test
    void shouldEndWithoutALaunchWhenTheAgentComesBackWithoutTheTask() {
        TestAgent agent = TestAgent.registered(relay, 8000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.disconnect();
        framework.kill(1, 1);

        agent.register();

        assertTrue(agent.launches().isEmpty());
        assertEquals(TaskState.KILLED, framework.updates(1).getLast().state());
        assertEquals(
                TaskReason.KILLED_DURING_LAUNCH, framework.updates(1).getLast().reason());
    }

    @Test
    void shouldRepeatTheUpdateWhenTheTaskIsOverAndNotAcknowledged() {
        TestAgent agent = TestAgent.registered(relay, 8000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.FINISHED);
        framework.clear();

        framework.kill(1, 1);

        assertEquals(TaskState.FINISHED, framework.updates(1).getLast().state());
        assertEquals(1, framework.updates(1).getLast().sequence());
        assertTrue(agent.kills().isEmpty());
    }

    @Test
    void shouldAnswerThatItIsUnknownWhenTheTaskIsOverOrNeverWas() {
        TestAgent agent = TestAgent.registered(relay, 8000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.FINISHED);
        framework.acknowledgeAll();
        framework.clear();

        framework.kill(1, 2);

        assertEquals(TaskState.UNKNOWN, framework.updates(1).getLast().state());
        assertEquals(TaskReason.TASK_UNKNOWN, framework.updates(2).getLast().reason());
        assertEquals(0, framework.updates(2).getLast().sequence());
    }

    @Test
    void shouldNotCountToTheEndWhenTheRangeIsHuge() {
        framework.submit(1, 3, template);

        framework.kill(2, Integer.MAX_VALUE);

        assertEquals(2, framework.all(Inbox.Updated.class).size());
    }

    @Test
    void shouldRefuseWhenTheRangeOrTheGraceIsNone() {
        framework.kill(0, 1);
        framework.kill(1, 0);
        framework.send(Messages.kill(1, framework.id, 1, 1, -2));

        assertEquals(3, framework.all(Inbox.Refusal.class).size());
        assertEquals(3, master.count(MasterCounter.REFUSED_INVALID_VALUE));
    }

    @Test
    void shouldRefuseWhenTheKillWouldPartASubmitBeyondTheLimit() {
        TestMaster small = new TestMaster(context -> context.maxDemands(2));
        TestFramework its = TestFramework.submitting(small);
        its.submit(1, 10, its.template(1000, GIB, 0));

        its.kill(3, 2);

        assertEquals(RefusalCode.LIMIT_REACHED, its.last(Inbox.Refusal.class).code());
        assertEquals(10, small.count(MasterCounter.TASKS_PENDING));
        its.kill(3, 8);
        assertEquals(2, small.count(MasterCounter.TASKS_PENDING));
    }

    @Test
    void shouldTellInPortionsWhenManyThatWaitAreKilled() {
        framework.submit(1, 10_000, template);

        framework.kill(1, 10_000);

        assertEquals(1024, framework.all(Inbox.Updated.class).size());
        master.pass(10);
        assertEquals(Updates.WINDOW, framework.all(Inbox.Updated.class).size());
        framework.acknowledgeAll();
        master.pass(10);
        framework.acknowledgeAll();
        master.pass(10);
        assertEquals(10_000, framework.all(Inbox.Updated.class).size());
        framework.acknowledgeAll();
        assertEquals(10_000, master.store.historySize());
        assertEquals(10_000, master.count(MasterCounter.TASKS_KILLED));
    }

    @Test
    void shouldKillAllTasksOfAnyFrameworkWhenAnOperatorAsks() {
        TestAgent agent = TestAgent.registered(relay, 2000, 8 * GIB);
        framework.submit(1, 5, template);
        long operator = master.open();

        master.send(operator, Messages.operatorKill(9, framework.id, 0, 0));

        assertEquals(new Inbox.Done(9, 5), master.take(operator).getFirst());
        assertEquals(2, agent.kills().size());
        assertEquals(3, framework.all(Inbox.Updated.class).size());
    }

    @Test
    void shouldKillTasksWithTheHighestIdsWhenAnOperatorAsksForAll() {
        framework.submit(1, 2, template);
        framework.submit(Submissions.MAX_TASK_ID - 5, 3, template);
        long operator = master.open();

        master.send(operator, Messages.operatorKill(9, framework.id, 0, 0));

        assertEquals(new Inbox.Done(9, 5), master.take(operator).getFirst());
        assertEquals(5, framework.all(Inbox.Updated.class).size());
    }

    @Test
    void shouldCompleteADetachedFrameworkWhenAnOperatorKilledAllOfIt() {
        TestFramework detached = TestFramework.detached(master);
        int its = detached.template(1000, GIB, 0);
        detached.submit(1, 3000, its);
        master.close(detached.session);
        long operator = master.open();

        master.send(operator, Messages.operatorKill(9, detached.id, 0, 0));
        master.pass(10);

        assertNull(master.store.live(FrameworkRecordDecoder.TEMPLATE_ID, detached.id, 0));
        assertEquals(3000, master.store.historySize());
    }

    @Test
    void shouldRefuseWhenAnOperatorNamesNoFramework() {
        long operator = master.open();

        master.send(operator, Messages.operatorKill(9, 99, 0, 0));

        Inbox.Refusal refusal = (Inbox.Refusal) master.take(operator).getFirst();
        assertEquals(RefusalCode.UNKNOWN_FRAMEWORK, refusal.code());
        assertEquals(9, refusal.correlationId());
    }
}

package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.FrameworkRecordDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RoleRecordDecoder;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TemplateRecordDecoder;
import org.junit.jupiter.api.Test;

final class FrameworkTest {
    private final TestMaster master = new TestMaster();
    private final TestRelay relay = new TestRelay(master, 1);

    @Test
    void shouldGiveEachFrameworkAnIdWhenItSubscribes() {
        TestFramework first = TestFramework.withOffers(master);
        TestFramework second = TestFramework.withOffers(master);

        assertEquals(1, first.id);
        assertEquals(2, second.id);
        assertEquals(2, master.count(MasterCounter.FRAMEWORKS_ACTIVE));
        assertEquals(2, master.store.count(FrameworkRecordDecoder.TEMPLATE_ID));
        assertEquals(1, master.store.count(RoleRecordDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldAnswerWithTheSameIdWhenASubscribeIsRepeated() {
        TestFramework framework = new TestFramework(master);
        framework.send(Messages.subscribe(7, 0, 0, true, false, ""));
        framework.send(Messages.subscribe(7, 0, 0, true, false, ""));

        assertEquals(1, framework.all(Inbox.Subscribed.class).get(0).frameworkId());
        assertEquals(1, framework.all(Inbox.Subscribed.class).get(1).frameworkId());
        assertEquals(1, master.count(MasterCounter.FRAMEWORKS_SUBSCRIBED));
    }

    @Test
    void shouldRefuseWhenASessionWouldBeTwoFrameworks() {
        TestFramework framework = TestFramework.withOffers(master);

        framework.send(Messages.subscribe(99, 0, 0, true, false, ""));

        assertEquals(
                RefusalCode.ALREADY_EXISTS, framework.last(Inbox.Refusal.class).code());
    }

    @Test
    void shouldRefuseWhatNoFrameworkMaySay() {
        TestFramework framework = new TestFramework(master);
        framework.send(Messages.subscribe(1, -1, 0, true, false, ""));
        framework.send(Messages.subscribe(2, 0, -1, true, false, ""));
        framework.send(Messages.subscribe(3, 0, Long.MAX_VALUE, true, false, ""));
        framework.send(Messages.subscribe(4, 0, 0, true, false, "a b"));
        framework.send(Messages.subscribe(5, 0, 0, true, false, "a/b"));
        framework.send(Messages.subscribe(6, 0, 0, true, false, "-a"));
        framework.send(Messages.subscribe(7, 0, 0, true, false, "x".repeat(300)));

        assertEquals(7, framework.all(Inbox.Refusal.class).size());
        assertEquals(7, master.count(MasterCounter.REFUSED_INVALID_VALUE));
    }

    @Test
    void shouldRefuseWhenTheIdIsNotKnown() {
        TestFramework framework = new TestFramework(master);

        framework.send(Messages.subscribe(1, 42, 0, true, false, ""));

        Inbox.Refusal refusal = framework.last(Inbox.Refusal.class);
        assertEquals(RefusalCode.UNKNOWN_FRAMEWORK, refusal.code());
        assertTrue(refusal.message().contains("frameworkId=42"), refusal.message());
    }

    @Test
    void shouldRefuseWhenAFrameworkComesBackInAnotherRole() {
        TestFramework framework = TestFramework.withOffers(master);
        TestFramework other = new TestFramework(master);

        other.send(Messages.subscribe(1, framework.id, 0, true, false, "batch"));

        assertEquals(RefusalCode.INVALID_VALUE, other.last(Inbox.Refusal.class).code());
        assertFalse(master.isClosed(framework.session));
    }

    @Test
    void shouldRefuseMessagesOfAnotherSession() {
        TestFramework framework = TestFramework.withOffers(master);
        TestFramework other = new TestFramework(master);

        other.send(Messages.revive(framework.id));
        other.send(Messages.revive(77));

        assertEquals(
                RefusalCode.NOT_SUBSCRIBED,
                other.all(Inbox.Refusal.class).get(0).code());
        assertEquals(
                RefusalCode.UNKNOWN_FRAMEWORK,
                other.all(Inbox.Refusal.class).get(1).code());
    }

    @Test
    void shouldMoveEverythingToTheNewSessionWhenAnotherComesBackAsAnActiveFramework() {
        TestFramework framework = TestFramework.withOffers(master);
        int template = framework.template(1000, TestFramework.GIB, 0);
        TestAgent agent = TestAgent.registered(relay, 4000, 4 * TestFramework.GIB);
        framework.accept(framework.last(Inbox.Offered.class).offerId(), template, 1);
        agent.status(framework.id, 1, TaskState.RUNNING);
        long offerId = framework.last(Inbox.Offered.class).offerId();
        long oldSession = framework.session;
        framework.clear();

        framework.failOver(true, false);

        assertTrue(master.isClosed(oldSession));
        assertEquals(1, framework.last(Inbox.Subscribed.class).lastTaskId());
        assertEquals(template, framework.last(Inbox.Subscribed.class).lastTemplateId());
        assertEquals(offerId, framework.last(Inbox.Offered.class).offerId());
        assertEquals(TaskState.RUNNING, framework.updates(1).getLast().state());
        assertEquals(1, framework.updates(1).getLast().sequence());
        framework.acknowledge(1, 1);
        framework.accept(offerId, template, 2);
        assertEquals(2, agent.launches().size());
    }

    @Test
    void shouldTellTheOldSessionWhenAnotherTakesItsPlace() {
        TestFramework framework = TestFramework.withOffers(master);
        TestFramework other = new TestFramework(master);

        other.send(Messages.subscribe(1, framework.id, 0, true, false, ""));

        assertEquals(0, framework.last(Inbox.Removed.class).correlationId());
        assertEquals(1, master.count(MasterCounter.FRAMEWORKS_ACTIVE));
        framework.send(Messages.revive(framework.id));
        assertEquals(1, master.count(MasterCounter.REFUSED_NOT_SUBSCRIBED));
    }

    @Test
    void shouldKeepTasksAndTellWhatHappenedWhenAFrameworkComesBackInTime() {
        TestFramework framework = TestFramework.submitting(master);
        int template = framework.template(1000, TestFramework.GIB, 0);
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * TestFramework.GIB);
        framework.submit(1, 6, template);
        master.close(framework.session);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.status(framework.id, 1, TaskState.FINISHED);
        master.pass(9_000);

        framework.failOver(false, false);

        assertEquals(5, agent.launches().size());
        assertEquals(1, framework.updates(1).size());
        assertEquals(TaskState.FINISHED, framework.updates(1).getLast().state());
        assertEquals(2, framework.updates(1).getLast().sequence());
        assertTrue(agent.kills().isEmpty());
        framework.acknowledgeAll();
        master.pass(20_000);
        assertTrue(agent.kills().isEmpty());
    }

    @Test
    void shouldKillItsTasksWhenAFrameworkDoesNotComeBackInTime() {
        TestFramework framework = TestFramework.submitting(master);
        int template = framework.template(1000, TestFramework.GIB, 0);
        TestAgent agent = TestAgent.registered(relay, 2000, 8 * TestFramework.GIB);
        framework.submit(1, 5, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        master.close(framework.session);

        master.pass(10_000);

        assertEquals(2, agent.kills().size());
        assertEquals(0, master.count(MasterCounter.TASKS_PENDING));
        assertEquals(0, master.count(MasterCounter.FRAMEWORKS_DISCONNECTED));
        assertEquals(1, master.store.count(FrameworkRecordDecoder.TEMPLATE_ID));
        agent.status(framework.id, 1, TaskState.KILLED);
        agent.status(framework.id, 2, TaskState.KILLED);
        assertEquals(0, master.store.count(FrameworkRecordDecoder.TEMPLATE_ID));
        assertEquals(0, master.store.count(RoleRecordDecoder.TEMPLATE_ID));
        assertEquals(0, master.store.count(TemplateRecordDecoder.TEMPLATE_ID));
        assertEquals(TaskState.KILLED, master.store.ended(framework.id, 1));
        framework.failOver(false, false);
        assertEquals(
                RefusalCode.UNKNOWN_FRAMEWORK,
                framework.last(Inbox.Refusal.class).code());
    }

    @Test
    void shouldGiveFreedResourcesToOthersOnlyOnceTasksOfAGoneFrameworkEnded() {
        TestFramework gone = TestFramework.submitting(master);
        TestAgent agent = TestAgent.registered(relay, 1000, TestFramework.GIB);
        gone.submit(1, 1, gone.template(1000, TestFramework.GIB, 0));
        TestFramework other = TestFramework.submitting(master);
        other.submit(1, 1, other.template(1000, TestFramework.GIB, 0));

        gone.send(Messages.unsubscribe(5, gone.id));

        assertEquals(5, gone.last(Inbox.Removed.class).correlationId());
        assertEquals(1, agent.launches().size());
        agent.status(gone.id, 1, TaskState.KILLED);
        assertEquals(2, agent.launches().size());
        assertEquals(other.id, agent.launches().getLast().frameworkId());
    }

    @Test
    void shouldEndAtOnceWhenItsFailoverTimeoutIsZero() {
        TestFramework framework = new TestFramework(master);
        framework.subscribe(0, 0, true, false);

        master.close(framework.session);

        assertEquals(0, master.store.count(FrameworkRecordDecoder.TEMPLATE_ID));
        assertEquals(1, master.count(MasterCounter.FRAMEWORKS_COMPLETED));
    }

    @Test
    void shouldLetASessionSubscribeAnewWhenItUnsubscribed() {
        TestFramework framework = TestFramework.withOffers(master);
        long oldId = framework.id;
        framework.send(Messages.unsubscribe(1, framework.id));

        framework.subscribe(0, 0, true, false);

        assertNotEquals(oldId, framework.id);
        assertNotNull(master.store.live(FrameworkRecordDecoder.TEMPLATE_ID, framework.id, 0));
        assertNull(master.store.live(FrameworkRecordDecoder.TEMPLATE_ID, oldId, 0));
    }

    @Test
    void shouldRunOnUnattendedAndCompleteWithItsLastTaskWhenDetached() {
        TestFramework framework = TestFramework.detached(master);
        int template = framework.template(1000, TestFramework.GIB, 0);
        TestAgent agent = TestAgent.registered(relay, 1000, 8 * TestFramework.GIB);
        framework.submit(1, 2, template);
        master.close(framework.session);

        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.status(framework.id, 1, TaskState.FINISHED);
        master.pass(1_000_000);

        assertEquals(2, agent.launches().size());
        assertEquals(TaskState.FINISHED, master.store.ended(framework.id, 1));
        assertEquals(1, master.store.count(FrameworkRecordDecoder.TEMPLATE_ID));
        agent.status(framework.id, 2, TaskState.FAILED);
        assertEquals(TaskState.FAILED, master.store.ended(framework.id, 2));
        assertEquals(0, master.store.count(FrameworkRecordDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldCompleteWhenADetachedFrameworkLeavesWithNothingLeft() {
        TestFramework framework = TestFramework.detached(master);
        TestAgent agent = TestAgent.registered(relay, 1000, 8 * TestFramework.GIB);
        framework.submit(1, 1, framework.template(1000, TestFramework.GIB, 0));
        agent.status(framework.id, 1, TaskState.FINISHED);

        master.close(framework.session);

        assertEquals(0, master.store.count(FrameworkRecordDecoder.TEMPLATE_ID));
        assertEquals(TaskState.FINISHED, master.store.ended(framework.id, 1));
    }

    @Test
    void shouldBeAcknowledgedAgainWhenADetachedFrameworkComesBack() {
        TestFramework framework = TestFramework.detached(master);
        TestAgent agent = TestAgent.registered(relay, 1000, 8 * TestFramework.GIB);
        framework.submit(1, 1, framework.template(1000, TestFramework.GIB, 0));
        master.close(framework.session);
        agent.status(framework.id, 1, TaskState.RUNNING);

        framework.failOver(false, true);
        agent.status(framework.id, 1, TaskState.FINISHED);

        assertEquals(TaskState.FINISHED, framework.updates(1).getLast().state());
        assertNull(master.store.ended(framework.id, 1));
        framework.acknowledgeAll();
        assertEquals(TaskState.FINISHED, master.store.ended(framework.id, 1));
    }

    @Test
    void shouldRefuseWhenThereAreAsManyFrameworksAsMayBe() {
        TestMaster small = new TestMaster(context -> context.maxFrameworks(1));
        TestFramework.withOffers(small);

        TestFramework second = new TestFramework(small);
        second.subscribe(0, 0, true, false);

        Inbox.Refusal refusal = second.last(Inbox.Refusal.class);
        assertEquals(RefusalCode.LIMIT_REACHED, refusal.code());
        assertTrue(refusal.message().contains("maxFrameworks=1"), refusal.message());
    }

    @Test
    void shouldCloseASessionWhenThereAreAsManyAsMayBe() {
        TestMaster small = new TestMaster(context -> context.maxSessions(1));
        small.open();

        long second = small.open();

        assertTrue(small.isClosed(second));
    }
}

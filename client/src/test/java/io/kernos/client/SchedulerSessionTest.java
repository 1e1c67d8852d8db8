package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AcceptOffersDecoder;
import io.kernos.transport.codecs.KillTasksDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.RegisterTemplateDecoder;
import io.kernos.transport.codecs.SubmitTasksDecoder;
import io.kernos.transport.codecs.SubscribeFrameworkDecoder;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.UnsubscribeFrameworkDecoder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SchedulerSessionTest extends SessionRig {
    @Test
    void shouldSubscribeWithItsSettingsWhenConnected() {
        pollUntilIdle();

        UnsafeBuffer message = only(SubscribeFrameworkDecoder.TEMPLATE_ID);
        SubscribeFrameworkDecoder subscribe =
                new SubscribeFrameworkDecoder().wrapAndApplyHeader(message, 0, new MessageHeaderDecoder());
        assertEquals(0, subscribe.frameworkId());
        assertEquals(60_000, subscribe.failoverTimeoutMs());
        assertFalse(subscribe.flags().offers());
        assertEquals("tests", subscribe.name());
        assertEquals("prod", subscribe.role());
        assertEquals("nobody", subscribe.user());

        cluster.subscribed(subscribe.correlationId(), FRAMEWORK_ID, 0, 0);
        pollUntilIdle();
        assertEquals(SessionState.SUBSCRIBED, session.state());
        assertEquals(FRAMEWORK_ID, session.frameworkId());
        assertEquals(List.of("subscribed 3 last 0 again false"), listener.take());
    }

    @Test
    void shouldRefuseCallsWhenNotSubscribed() {
        assertEquals(SchedulerSession.NOT_SUBSCRIBED, session.registerTemplate(TEMPLATE));
        assertEquals(SchedulerSession.NOT_SUBSCRIBED, session.submit(1, 1));
        assertEquals(SchedulerSession.NOT_SUBSCRIBED, session.kill(1, 1, SchedulerSession.TEMPLATE_GRACE));
        assertEquals(SchedulerSession.NOT_SUBSCRIBED, session.accept(new long[] {1}, new int[] {1}, 0));
        assertEquals(SchedulerSession.NOT_SUBSCRIBED, session.revive());
    }

    @Test
    void shouldGoOnAboveTheIdsThatTheMasterKnowsWhenComingBack() {
        subscribe(41, 5);

        assertEquals(6, session.registerTemplate(TEMPLATE));
        assertEquals(42, session.submit(6, 10));
        assertEquals(52, session.submit(6, 1));
    }

    @Test
    void shouldSendTemplatesAndSubmitsInOrder() {
        subscribe(0, 0);
        session.registerTemplate(TEMPLATE);
        session.submit(1, 5);

        List<UnsafeBuffer> sent = cluster.takeSent();
        assertEquals(RegisterTemplateDecoder.TEMPLATE_ID, FakeCluster.templateId(sent.get(0)));
        SubmitTasksDecoder submit = submit(sent.get(1));
        assertEquals(FRAMEWORK_ID, submit.frameworkId());
        assertEquals(1, submit.firstTaskId());
        assertEquals(5, submit.count());
        assertEquals(1, submit.templateId());
        assertEquals(2, session.pendingCount());

        cluster.submitted(submit.correlationId(), FRAMEWORK_ID, 1, 5);
        pollUntilIdle();
        assertEquals(0, session.pendingCount());
        assertEquals(List.of("submitted 1 x 5"), listener.take());
    }

    @Test
    void shouldSendUnconfirmedAgainAsTheSameFrameworkWhenTheConnectionIsLost() {
        subscribe(0, 0);
        session.registerTemplate(TEMPLATE);
        session.submit(1, 5);
        List<UnsafeBuffer> before = cluster.takeSent();

        cluster.lose("cable cut");
        pollUntilIdle();
        assertEquals(List.of("disconnected cable cut"), listener.take());
        assertEquals(SessionState.BACKING_OFF, session.state());

        advanceMs(100);
        pollUntilIdle();
        SubscribeFrameworkDecoder again = new SubscribeFrameworkDecoder()
                .wrapAndApplyHeader(only(SubscribeFrameworkDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
        assertEquals(FRAMEWORK_ID, again.frameworkId());

        cluster.subscribed(again.correlationId(), FRAMEWORK_ID, 0, 0);
        pollUntilIdle();
        assertEquals(before, cluster.takeSent());
        assertEquals(List.of("subscribed 3 last 0 again true"), listener.take());
    }

    @Test
    void shouldNotSendTemplatesAgainThatTheMasterKnows() {
        subscribe(0, 0);
        session.registerTemplate(TEMPLATE);
        session.submit(1, 5);
        cluster.takeSent();

        loseAndComeBack(5, 1);

        assertEquals(1, submit(only(SubmitTasksDecoder.TEMPLATE_ID)).firstTaskId());
    }

    @Test
    void shouldSendAgainWhenAnotherMasterLeads() {
        subscribe(0, 0);
        session.registerTemplate(TEMPLATE);
        session.submit(1, 5);
        List<UnsafeBuffer> before = cluster.takeSent();

        cluster.newLeader();
        pollUntilIdle();
        answerSubscription(0, 0);

        assertEquals(before, cluster.takeSent());
        assertEquals(
                List.of("disconnected another master leads now", "subscribed 3 last 0 again true"), listener.take());
        assertEquals(1, cluster.connectCount());
    }

    @Test
    void shouldTakeSubmitsWhileAwayAndSendThemWhenBack() {
        subscribe(0, 0);
        session.registerTemplate(TEMPLATE);
        cluster.takeSent();
        cluster.lose("cable cut");
        pollUntilIdle();

        assertEquals(1, session.submit(1, 2));
        assertEquals(SchedulerSession.NOT_SUBSCRIBED, session.kill(1, 1, 0));
        advanceMs(100);
        pollUntilIdle();
        answerSubscription(0, 1);

        assertEquals(2, submit(only(SubmitTasksDecoder.TEMPLATE_ID)).count());
    }

    @Test
    void shouldBackOffLongerWithEachAttemptThatFails() {
        cluster.reachable(false);
        List<Long> attemptsMs = new ArrayList<>();
        for (int ms = 0; ms < 1_500; ms++) {
            int before = cluster.connectCount();
            session.poll();
            session.poll();
            if (cluster.connectCount() > before) {
                attemptsMs.add((long) ms);
            }
            advanceMs(1);
        }
        assertEquals(List.of(0L, 100L, 300L, 700L, 1_100L), attemptsMs);
        assertEquals("disconnected nobody there", listener.take().getFirst());
    }

    @Test
    void shouldConnectAnewWhenTheSubscriptionIsNotAnswered() {
        pollUntilIdle();
        cluster.takeSent();
        advanceMs(1_000);
        pollUntilIdle();
        assertEquals(List.of("disconnected the master did not answer a subscription within 1000 ms"), listener.take());

        advanceMs(100);
        pollUntilIdle();
        assertEquals(2, cluster.connectCount());
        answerSubscription(0, 0);
        assertEquals(SessionState.SUBSCRIBED, session.state());
    }

    @Test
    void shouldRepeatTheSubscriptionAsItWasWhenAnotherMasterLeadsBeforeTheAnswer() {
        pollUntilIdle();
        long correlationId = subscription().correlationId();
        cluster.newLeader();
        pollUntilIdle();
        assertEquals(correlationId, subscription().correlationId());

        cluster.subscribed(correlationId, FRAMEWORK_ID, 0, 0);
        pollUntilIdle();
        assertEquals(List.of("subscribed 3 last 0 again false"), listener.take());
    }

    @Test
    void shouldIgnoreAnAnswerToAnEarlierSubscription() {
        subscribe(0, 0);
        cluster.newLeader();
        pollUntilIdle();
        long correlationId = subscription().correlationId();

        cluster.subscribed(correlationId - 1, FRAMEWORK_ID, 0, 0);
        pollUntilIdle();
        assertEquals(SessionState.SUBSCRIBING, session.state());
        cluster.subscribed(correlationId, FRAMEWORK_ID, 0, 0);
        pollUntilIdle();
        assertEquals(SessionState.SUBSCRIBED, session.state());
    }

    @Test
    void shouldHoldBackLaterMessagesWhenEarlierOnesWait() {
        subscribe(0, 0);
        cluster.roomForMessages(0);
        assertEquals(1, session.registerTemplate(TEMPLATE));
        assertEquals(1, session.submit(1, 1));
        cluster.roomForMessages(1);
        assertEquals(SchedulerSession.BACK_PRESSURED, session.kill(1, 1, SchedulerSession.TEMPLATE_GRACE));
        cluster.roomForMessages(2);
        assertTrue(session.kill(1, 1, SchedulerSession.TEMPLATE_GRACE) > 0);

        assertEquals(
                List.of(
                        RegisterTemplateDecoder.TEMPLATE_ID,
                        SubmitTasksDecoder.TEMPLATE_ID,
                        KillTasksDecoder.TEMPLATE_ID),
                cluster.takeSent().stream().map(FakeCluster::templateId).toList());
    }

    @Test
    void shouldPushBackWhenTooManyRequestsWaitForConfirmation() {
        subscribe(0, 0);
        session.registerTemplate(TEMPLATE);
        for (int i = 0; i < 3; i++) {
            assertEquals(i + 1, session.submit(1, 1));
        }
        assertEquals(SchedulerSession.BACK_PRESSURED, session.submit(1, 1));
        assertEquals(SchedulerSession.BACK_PRESSURED, session.registerTemplate(TEMPLATE));

        cluster.submitted(submit(cluster.takeSent().get(1)).correlationId(), FRAMEWORK_ID, 1, 1);
        pollUntilIdle();
        assertEquals(4, session.submit(1, 1));
    }

    @Test
    void shouldTellWhichSubmitWasRefused() {
        subscribe(0, 0);
        session.submit(9, 5);
        SubmitTasksDecoder submit = submit(only(SubmitTasksDecoder.TEMPLATE_ID));
        cluster.refused(
                submit.correlationId(),
                SubmitTasksDecoder.TEMPLATE_ID,
                RefusalCode.UNKNOWN_TEMPLATE_OF_TASKS,
                "templateId=9");
        pollUntilIdle();

        Refusal refusal = listener.refusal();
        assertEquals(1, refusal.firstTaskId());
        assertEquals(5, refusal.taskCount());
        assertEquals(RefusalCode.UNKNOWN_TEMPLATE_OF_TASKS, refusal.code());
        assertEquals("templateId=9", refusal.message());
        loseAndComeBack(0, 0);
        assertEquals(List.of(), cluster.takeSent());
    }

    @Test
    void shouldUseAnOfferWhenOffered() {
        subscribe(10, 2);
        cluster.offer(FRAMEWORK_ID, 77, 4_000);
        cluster.rescinded(FRAMEWORK_ID, 76);
        pollUntilIdle();
        assertEquals(
                List.of("offer 77 of 7 on host-7 cpus 4000 ranges 0:31000-32000 5:1-2", "rescinded 76"),
                listener.take());

        assertEquals(11, session.accept(new long[] {77}, new int[] {2, 2}, 5_000));
        AcceptOffersDecoder accept = new AcceptOffersDecoder()
                .wrapAndApplyHeader(only(AcceptOffersDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
        assertEquals(5_000, accept.refuseMs());
        assertEquals(77, accept.offers().next().offerId());
        AcceptOffersDecoder.LaunchesDecoder launches = accept.launches();
        assertArrayEquals(new long[] {11, 2, 12, 2}, new long[] {
            launches.next().taskId(), launches.templateId(), launches.next().taskId(), launches.templateId()
        });
        assertEquals(13, session.submit(2, 1));
    }

    @Test
    void shouldLeaveForGoodWhenUnsubscribed() {
        subscribe(0, 0);
        session.unsubscribe();
        pollUntilIdle();
        UnsubscribeFrameworkDecoder unsubscribe = new UnsubscribeFrameworkDecoder()
                .wrapAndApplyHeader(only(UnsubscribeFrameworkDecoder.TEMPLATE_ID), 0, new MessageHeaderDecoder());
        assertEquals(SchedulerSession.NOT_SUBSCRIBED, session.submit(1, 1));

        cluster.removed(unsubscribe.correlationId(), FRAMEWORK_ID, "");
        pollUntilIdle();
        assertEquals(List.of("removed "), listener.take());
        assertEquals(SessionState.CLOSED, session.state());
        assertTrue(cluster.isClosed());
        assertEquals(0, session.poll());
    }

    @Test
    void shouldUnsubscribeAgainWhenTheConnectionIsLostMeanwhile() {
        subscribe(0, 0);
        session.unsubscribe();
        pollUntilIdle();
        cluster.takeSent();

        loseAndComeBack(0, 0);

        only(UnsubscribeFrameworkDecoder.TEMPLATE_ID);
    }

    @Test
    void shouldEndWhenTheMasterDoesNotKnowTheFrameworkAnyMore() {
        subscribe(0, 0);
        cluster.lose("cable cut");
        pollUntilIdle();
        advanceMs(100);
        pollUntilIdle();
        cluster.refused(
                subscription().correlationId(),
                SubscribeFrameworkDecoder.TEMPLATE_ID,
                RefusalCode.UNKNOWN_FRAMEWORK,
                "frameworkId=3 timed out");
        listener.take();
        pollUntilIdle();

        assertEquals(List.of("refused frameworkId=3 timed out", "removed frameworkId=3 timed out"), listener.take());
        assertEquals(SessionState.CLOSED, session.state());
    }

    @Test
    void shouldCloseInsideTheListenerWithoutHearingMore() {
        subscribe(0, 0);
        listener.onUpdate(session::close);
        cluster.update(FRAMEWORK_ID, 1, 1, TaskState.RUNNING, 0);
        cluster.update(FRAMEWORK_ID, 2, 1, TaskState.RUNNING, 0);
        pollUntilIdle();

        assertEquals(List.of("1 RUNNING 0 as told"), listener.take());
        assertTrue(cluster.isClosed());
    }

    @Test
    void shouldIgnoreAndCountWhatIsMalformed() {
        subscribe(0, 0);
        cluster.say(new byte[] {1, 2, 3});
        cluster.say(new byte[64]);
        pollUntilIdle();

        assertEquals(2, session.ignoredMessageCount());
        assertEquals(SessionState.SUBSCRIBED, session.state());
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldRejectEmptyRequests() {
        assertThrows(IllegalArgumentException.class, () -> session.submit(1, 0));
        assertThrows(IllegalArgumentException.class, () -> session.accept(new long[0], new int[1], 0));
        assertThrows(IllegalArgumentException.class, () -> session.decline(new long[0], 0));
    }
}

package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.IdleProfile;
import io.kernos.transport.SettingException;
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
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KernosClientTest {
    private static final long FRAMEWORK_ID = 3;
    private static final long TIMEOUT_MS = 5_000;
    private static final TaskTemplate TEMPLATE =
            TaskTemplate.builder().command("/bin/true").build();

    private final FakeCluster cluster = new FakeCluster();
    private final FakeMaster master = new FakeMaster();
    private final List<Throwable> errors = new ArrayList<>();
    private long nowNs;
    private final SessionContext context = new SessionContext()
            .aeronDirectory("/nowhere")
            .reconnectMs(1, 1)
            .idleProfile(IdleProfile.SPIN)
            .nanoClock(() -> nowNs += TimeUnit.MICROSECONDS.toNanos(100))
            .errorHandler(errors::add)
            .conclude();

    @Test
    void shouldBringTasksToTheirEndWhenSubmitted() {
        try (KernosClient client = connect()) {
            Submission submission = client.submit(TEMPLATE, 3, TIMEOUT_MS);
            submission.awaitDurable(TIMEOUT_MS);
            assertTrue(submission.await(TIMEOUT_MS));

            assertEquals(1, submission.firstTaskId());
            assertEquals(3, submission.endedCount());
            assertEquals(2, submission.finishedCount());
            assertEquals(TaskState.FAILED, submission.state(1));
            assertEquals(9, submission.exitStatus(1));
        }
        assertTrue(cluster.isClosed());
        assertTrue(master.hasUnsubscribed);
    }

    @Test
    void shouldHandOutEachUpdateOnceWhenTheMasterRepeatsThem() {
        master.repeats = 3;
        try (KernosClient client = connect()) {
            Submission submission = client.submit(TEMPLATE, 2, TIMEOUT_MS);
            List<String> updates = new ArrayList<>();
            for (TaskUpdate update = submission.nextUpdate(TIMEOUT_MS);
                    update != null;
                    update = submission.nextUpdate(TIMEOUT_MS)) {
                updates.add(update.taskId() + " " + update.state());
            }
            assertEquals(List.of("1 RUNNING", "1 FINISHED", "2 RUNNING", "2 FAILED"), updates);
        }
    }

    @Test
    void shouldCallTheListenerInsteadWhenGivenOne() {
        try (KernosClient client = connect()) {
            List<TaskState> states = new ArrayList<>();
            int templateId = client.registerTemplate(TEMPLATE, TIMEOUT_MS);
            Submission submission = client.submit(templateId, 1, update -> states.add(update.state()), TIMEOUT_MS);
            assertTrue(submission.await(TIMEOUT_MS));

            assertEquals(List.of(TaskState.RUNNING, TaskState.FINISHED), states);
            assertNull(submission.nextUpdate(TIMEOUT_MS));
        }
    }

    @Test
    void shouldFailTheSubmissionWhenTheMasterRefusesItsTemplate() {
        master.refusesTemplates = true;
        try (KernosClient client = connect()) {
            Submission submission = client.submit(TEMPLATE, 3, TIMEOUT_MS);

            RefusedException ex = assertThrows(RefusedException.class, () -> submission.await(TIMEOUT_MS));
            assertEquals(RefusalCode.INVALID_VALUE, ex.code());
            assertTrue(ex.getMessage().startsWith("cpus=1000000"), ex.getMessage());
        }
    }

    @Test
    void shouldKillAgainWhenTheConnectionWasLostBeforeTheTasksEnded() {
        master.keepsRunning = true;
        try (KernosClient client = connect()) {
            Submission submission = client.submit(TEMPLATE, 2, TIMEOUT_MS);
            submission.awaitDurable(TIMEOUT_MS);
            master.ignoresKills = true;
            submission.kill(100, TIMEOUT_MS);
            assertFalse(submission.await(20));

            master.ignoresKills = false;
            cluster.lose("cable cut");
            assertTrue(submission.await(TIMEOUT_MS));
            assertEquals(TaskState.KILLED, submission.state(0));
            assertEquals(TaskState.KILLED, submission.state(1));
        }
    }

    @Test
    void shouldKillAgainOnceThereIsRoomWhenThereWasNoneAfterTheLoss() {
        master.keepsRunning = true;
        try (KernosClient client = connect()) {
            Submission submission = client.submit(TEMPLATE, 1, TIMEOUT_MS);
            submission.awaitDurable(TIMEOUT_MS);
            master.ignoresKills = true;
            submission.kill(100, TIMEOUT_MS);

            master.ignoresKills = false;
            cluster.lose("cable cut");
            cluster.roomForMessages(1);
            assertFalse(submission.await(100));
            cluster.roomForMessages(Integer.MAX_VALUE);
            assertTrue(submission.await(TIMEOUT_MS));
        }
    }

    @Test
    void shouldKnowTheEndAndCallAgainWhenTheListenerThrows() {
        try (KernosClient client = connect()) {
            List<String> heard = new ArrayList<>();
            int templateId = client.registerTemplate(TEMPLATE, TIMEOUT_MS);
            Submission submission = client.submit(
                    templateId,
                    2,
                    update -> {
                        heard.add(update.taskId() + " " + update.state());
                        if (errors.isEmpty() && TaskUpdate.isFinal(update.state())) {
                            throw new IllegalStateException("told to fail");
                        }
                    },
                    TIMEOUT_MS);

            assertTrue(submission.await(TIMEOUT_MS));
            assertEquals(List.of("1 RUNNING", "1 FINISHED", "2 RUNNING", "2 FAILED"), heard);
            assertEquals(1, errors.size());
            nowNs += TimeUnit.SECONDS.toNanos(1);
            client.poll();
            assertEquals(List.of("1 RUNNING", "1 FINISHED", "2 RUNNING", "2 FAILED", "1 FINISHED"), heard);
        }
    }

    @Test
    void shouldSayWhyWhenTheCallersDriveItAndNoDriverRuns() {
        KernosTimeoutException ex =
                assertThrows(KernosTimeoutException.class, () -> KernosClient.connectInvoked(context, TIMEOUT_MS));
        assertEquals("no subscription within 5000 ms: no media driver runs at /nowhere", ex.getMessage());
    }

    @Test
    void shouldSayWhyWhenItCannotConnect() {
        cluster.reachable(false);
        KernosTimeoutException ex = assertThrows(KernosTimeoutException.class, this::connect);
        assertEquals("no subscription within 5000 ms: nobody there", ex.getMessage());
        assertTrue(cluster.isClosed());
    }

    @Test
    void shouldFailWhatWaitsWhenTheFrameworkIsRemoved() {
        master.keepsRunning = true;
        KernosClient client = connect();
        Submission submission = client.submit(TEMPLATE, 1, TIMEOUT_MS);
        submission.awaitDurable(TIMEOUT_MS);
        cluster.removed(0, FRAMEWORK_ID, "an operator removed it");

        KernosException ex = assertThrows(KernosException.class, () -> submission.await(TIMEOUT_MS));
        assertEquals("the framework is gone: an operator removed it", ex.getMessage());
        assertThrows(KernosException.class, () -> client.submit(TEMPLATE, 1, TIMEOUT_MS));
        client.close();
    }

    @Test
    void shouldRefuseAContextThatAsksForOffers() {
        SessionContext offers = new SessionContext().aeronDirectory("/nowhere").offers(true);
        assertThrows(SettingException.class, () -> KernosClient.connect(offers, 1));
    }

    @Test
    void shouldServeManyThreadsWhenAThreadOfItsOwnDrivesIt() throws InterruptedException {
        SessionContext ownThread =
                new SessionContext().aeronDirectory("/nowhere").conclude();
        cluster.master(master::onMessage);
        try (KernosClient client = KernosClient.connect(ownThread, cluster, true, 30_000)) {
            List<Thread> threads = new ArrayList<>();
            List<Boolean> results = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    boolean isDone = client.submit(TEMPLATE, 5, 30_000).await(30_000);
                    synchronized (results) {
                        results.add(isDone);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertEquals(List.of(true, true, true, true), results);
        }
    }

    @Test
    void shouldCountWhatAnOperatorKilled() {
        cluster.master(message -> cluster.operatorDone(1, 12));
        try (OperatorClient operator = new OperatorClient(context, cluster)) {
            assertEquals(12, operator.kill(3, 0, 0, SchedulerSession.TEMPLATE_GRACE, TIMEOUT_MS));
        }
    }

    @Test
    void shouldSayWhyWhenTheMasterRefusesAnOperator() {
        cluster.master(message -> cluster.refused(1, 20, RefusalCode.UNKNOWN_FRAMEWORK, "frameworkId=9 is unknown"));
        try (OperatorClient operator = new OperatorClient(context, cluster)) {
            RefusedException ex = assertThrows(RefusedException.class, () -> operator.kill(9, 0, 0, 0, TIMEOUT_MS));
            assertEquals("frameworkId=9 is unknown (UNKNOWN_FRAMEWORK)", ex.getMessage());
        }
    }

    @Test
    void shouldTellAnOperatorWhenNobodyAnswers() {
        cluster.reachable(false);
        try (OperatorClient operator = new OperatorClient(context, cluster)) {
            KernosTimeoutException ex =
                    assertThrows(KernosTimeoutException.class, () -> operator.kill(9, 0, 0, 0, TIMEOUT_MS));
            assertEquals("the master did not answer within 5000 ms: nobody there", ex.getMessage());
        }
    }

    private KernosClient connect() {
        cluster.master(master::onMessage);
        return KernosClient.connect(context, cluster, false, TIMEOUT_MS);
    }

    /** Runs each task at once; those with an even id fail. */
    private final class FakeMaster {
        private final MessageHeaderDecoder header = new MessageHeaderDecoder();
        private int repeats = 1;
        private boolean refusesTemplates;
        private boolean keepsRunning;
        private boolean ignoresKills;
        private boolean hasUnsubscribed;

        void onMessage(UnsafeBuffer message) {
            switch (FakeCluster.templateId(message)) {
                case SubscribeFrameworkDecoder.TEMPLATE_ID ->
                    cluster.subscribed(
                            new SubscribeFrameworkDecoder()
                                    .wrapAndApplyHeader(message, 0, header)
                                    .correlationId(),
                            FRAMEWORK_ID,
                            0,
                            0);
                case RegisterTemplateDecoder.TEMPLATE_ID -> onTemplate(message);
                case SubmitTasksDecoder.TEMPLATE_ID ->
                    onSubmit(new SubmitTasksDecoder().wrapAndApplyHeader(message, 0, header));
                case KillTasksDecoder.TEMPLATE_ID ->
                    onKill(new KillTasksDecoder().wrapAndApplyHeader(message, 0, header));
                case UnsubscribeFrameworkDecoder.TEMPLATE_ID -> {
                    hasUnsubscribed = true;
                    cluster.removed(
                            new UnsubscribeFrameworkDecoder()
                                    .wrapAndApplyHeader(message, 0, header)
                                    .correlationId(),
                            FRAMEWORK_ID,
                            "");
                }
                default -> {}
            }
        }

        private void onTemplate(UnsafeBuffer message) {
            if (refusesTemplates) {
                cluster.refused(
                        new RegisterTemplateDecoder()
                                .wrapAndApplyHeader(message, 0, header)
                                .correlationId(),
                        RegisterTemplateDecoder.TEMPLATE_ID,
                        RefusalCode.INVALID_VALUE,
                        "cpus=1000000: more than any agent has");
            }
        }

        private void onSubmit(SubmitTasksDecoder submit) {
            if (refusesTemplates) {
                cluster.refused(
                        submit.correlationId(),
                        SubmitTasksDecoder.TEMPLATE_ID,
                        RefusalCode.UNKNOWN_TEMPLATE_OF_TASKS,
                        "templateId=1 is unknown");
                return;
            }
            cluster.submitted(submit.correlationId(), FRAMEWORK_ID, submit.firstTaskId(), submit.count());
            for (long id = submit.firstTaskId(); id < submit.firstTaskId() + submit.count() && !keepsRunning; id++) {
                for (int i = 0; i < repeats; i++) {
                    cluster.update(FRAMEWORK_ID, id, 1, TaskState.RUNNING, 0);
                }
                boolean fails = id % 2 == 0;
                for (int i = 0; i < repeats; i++) {
                    cluster.update(FRAMEWORK_ID, id, 2, fails ? TaskState.FAILED : TaskState.FINISHED, fails ? 9 : 0);
                }
            }
        }

        private void onKill(KillTasksDecoder kill) {
            for (long id = kill.firstTaskId(); id < kill.firstTaskId() + kill.count() && !ignoresKills; id++) {
                cluster.update(FRAMEWORK_ID, id, 1, TaskState.KILLED, -15);
            }
        }
    }
}

package io.kernos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AcknowledgeUpdatesDecoder;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How updates of tasks reach the listener, and are acknowledged. */
class SchedulerUpdateTest extends SessionRig {
    @Test
    void shouldAcknowledgeUpdatesTogetherWhenTheListenerReturned() {
        subscribe(0, 0);
        cluster.update(FRAMEWORK_ID, 1, 1, TaskState.RUNNING, 0);
        cluster.update(FRAMEWORK_ID, 1, 2, TaskState.FAILED, 3);
        cluster.update(FRAMEWORK_ID, 2, 0, TaskState.UNKNOWN, 0);
        pollUntilIdle();

        assertEquals(List.of("1 RUNNING 0 as told", "1 FAILED 3 as told", "2 UNKNOWN 0 as told"), listener.take());
        AcknowledgeUpdatesDecoder.UpdatesDecoder updates = acknowledged();
        assertEquals(2, updates.count());
        assertEquals(1, updates.next().sequence());
        assertEquals(2, updates.next().sequence());
    }

    @Test
    void shouldNotAcknowledgeWhenTheListenerThrows() {
        subscribe(0, 0);
        listener.failOnTask(1);
        cluster.update(FRAMEWORK_ID, 1, 1, TaskState.RUNNING, 0);
        cluster.update(FRAMEWORK_ID, 2, 1, TaskState.RUNNING, 0);
        pollUntilIdle();

        assertEquals(1, errors.size());
        AcknowledgeUpdatesDecoder.UpdatesDecoder updates = acknowledged();
        assertEquals(1, updates.count());
        assertEquals(2, updates.next().taskId());
    }

    @Test
    void shouldHandAnUpdateOverAgainUntilTheListenerTakesIt() {
        subscribe(0, 0);
        listener.failOnTask(1);
        cluster.update(FRAMEWORK_ID, 1, 1, TaskState.RUNNING, 0);
        pollUntilIdle();
        advanceMs(999);
        pollUntilIdle();
        assertEquals(1, errors.size());
        advanceMs(1);
        pollUntilIdle();
        assertEquals(2, errors.size());
        assertEquals(List.of(), listener.take());

        listener.failOnTask(0);
        advanceMs(1_000);
        pollUntilIdle();
        advanceMs(1_000);
        pollUntilIdle();

        assertEquals(List.of("1 RUNNING 0 as told"), listener.take());
        assertEquals(1, acknowledged().count());
    }

    @Test
    void shouldNotHandOverAgainWhatALaterUpdateOrANewConnectionReplaces() {
        subscribe(0, 0);
        listener.failOnTask(1);
        cluster.update(FRAMEWORK_ID, 1, 1, TaskState.RUNNING, 0);
        pollUntilIdle();
        listener.failOnTask(2);
        cluster.update(FRAMEWORK_ID, 1, 2, TaskState.FINISHED, 0);
        cluster.update(FRAMEWORK_ID, 2, 1, TaskState.RUNNING, 0);
        pollUntilIdle();
        listener.failOnTask(0);
        assertEquals(2, acknowledged().next().sequence());

        loseAndComeBack(0, 0);
        advanceMs(1_000);
        pollUntilIdle();

        assertEquals(
                List.of("1 FINISHED 0 as told", "disconnected cable cut", "subscribed 3 last 0 again true"),
                listener.take());
    }

    @Test
    void shouldLeaveUpdatesWithTheClusterWhenThereIsNoRoomForTheirAcknowledgements() {
        subscribe(0, 0);
        cluster.roomForMessages(0);
        for (int taskId = 1; taskId <= UpdateDelivery.CAPACITY + 10; taskId++) {
            cluster.update(FRAMEWORK_ID, taskId, 1, TaskState.RUNNING, 0);
        }
        pollUntilIdle();
        assertEquals(UpdateDelivery.CAPACITY, listener.take().size());

        cluster.roomForMessages(Integer.MAX_VALUE);
        pollUntilIdle();

        assertEquals(10, listener.take().size());
        int acknowledgedCount = cluster.takeSent().stream()
                .mapToInt(message -> acknowledgements(message).count())
                .sum();
        assertEquals(UpdateDelivery.CAPACITY + 10, acknowledgedCount);
    }

    @Test
    void shouldTakeASubmitForDurableWhenItsTaskIsToldOfBeforeTheAnswerToTheRepeat() {
        subscribe(0, 0);
        session.submit(1, 2);
        cluster.takeSent();
        loseAndComeBack(2, 0);
        listener.take();

        cluster.update(FRAMEWORK_ID, 2, 0, TaskState.UNKNOWN, 0);
        pollUntilIdle();
        assertEquals(1, session.pendingCount());
        cluster.update(FRAMEWORK_ID, 2, 1, TaskState.RUNNING, 0);
        pollUntilIdle();

        assertEquals(List.of("2 UNKNOWN 0 as told", "submitted 1 x 2", "2 RUNNING 0 as told"), listener.take());
        assertEquals(0, session.pendingCount());
    }

    @Test
    void shouldLeaveAcknowledgingToTheFrameworkWhenAskedTo() {
        context.automaticAcknowledgement(false);
        subscribe(0, 0);
        cluster.update(FRAMEWORK_ID, 1, 1, TaskState.RUNNING, 0);
        pollUntilIdle();
        assertEquals(List.of(), cluster.takeSent());

        assertTrue(session.acknowledge(1, 1));
        pollUntilIdle();
        assertEquals(1, acknowledged().count());
    }

    @Test
    void shouldForgetAcknowledgementsWhenTheConnectionIsLost() {
        subscribe(0, 0);
        cluster.roomForMessages(0);
        cluster.update(FRAMEWORK_ID, 1, 1, TaskState.RUNNING, 0);
        pollUntilIdle();
        cluster.roomForMessages(Integer.MAX_VALUE);

        loseAndComeBack(0, 0);

        assertEquals(List.of(), cluster.takeSent());
    }
}

package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.isolation.ContainerExit;
import io.kernos.isolation.LaunchStage;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgentCoreTest {
    private final CoreHarness agent = CoreHarness.ready();

    @Test
    void shouldReportEachStateAndForgetWhenTaskRunsAndEndIsAcknowledged() {
        agent.launch(1);
        assertEquals(List.of("launch 1"), agent.takeEffects());

        agent.started(1);
        assertEquals(List.of("status 1 RUNNING"), agent.takeEffects());

        agent.exited(1, 0);
        assertEquals(List.of("acknowledge 1", "status 1 FINISHED COMMAND_EXITED"), agent.takeEffects());
        assertEquals(0, agent.core.liveCount());

        agent.acknowledge(1, TaskState.RUNNING);
        assertEquals(1, agent.core.taskCount());
        agent.acknowledge(1, TaskState.FINISHED);
        assertEquals(0, agent.core.taskCount());
        assertEquals(0, agent.count(AgentCounter.STATUSES_PENDING));
        assertEquals(1, agent.count(AgentCounter.LAUNCHES));
    }

    @Test
    void shouldCarryStampsWhenTaskEnds() {
        agent.launch(1);
        agent.started(1);
        agent.exited(1, 0);
        AgentTask task = agent.core.task(1, 1);
        assertEquals(
                List.of(5L, 6L, 7L, 8L),
                List.of(task.relayedNs(), task.receivedNs(), task.startedNs(), task.endedNs()));
    }

    @Test
    void shouldIgnoreLaunchWhenTaskIsKnown() {
        agent.launch(1);
        agent.launch(1);
        agent.started(1);
        agent.exited(1, 0);
        agent.takeEffects();
        agent.launch(1);
        assertEquals(List.of(), agent.takeEffects());
    }

    @Test
    void shouldDropWhenTemplateWasNotTold() {
        agent.launch(TestMessages.launch(1, 5, 99));
        assertEquals(List.of("status 5 DROPPED TASK_INVALID"), agent.takeEffects());
        assertTrue(agent.core.task(1, 5).message().contains("template 99 of framework 1"));
    }

    @Test
    void shouldTellExitCodeAndSignalWhenTaskFails() {
        agent.launch(1);
        agent.launch(2);
        agent.launch(3);
        agent.started(1);
        agent.started(2);
        agent.started(3);
        agent.exited(1, 3);
        agent.exited(2, new ContainerExit(-1, 11, false, false, 0, 0, 0, 8));
        agent.exited(3, new ContainerExit(-1, 9, true, false, 0, 0, 0, 8));
        assertEquals(3, agent.core.task(1, 1).exitStatus());
        assertEquals("exited with code 3", agent.core.task(1, 1).message());
        assertEquals(-11, agent.core.task(1, 2).exitStatus());
        assertEquals("killed by SIGSEGV", agent.core.task(1, 2).message());
        assertEquals(
                TaskReason.CONTAINER_LIMITATION_MEMORY, agent.core.task(1, 3).endReason());
        assertEquals(TaskState.FAILED, agent.core.task(1, 3).state());
    }

    @Test
    void shouldFailWhenCommandCannotBeExecuted() {
        agent.launch(1);
        agent.takeEffects();
        agent.failed(1);
        assertEquals(List.of("acknowledge 1", "status 1 FAILED CONTAINER_LAUNCH_FAILED"), agent.takeEffects());
        assertEquals(1, agent.count(AgentCounter.LAUNCH_FAILURES));
    }

    @Test
    void shouldEndInErrorWhenDescriptionIsWrong() {
        agent.refusal = LaunchException.invalid("argv is empty: name a command to run");
        agent.launch(1);
        assertEquals("status 1 ERROR TASK_INVALID", agent.takeEffects().getLast());
    }

    @Test
    void shouldSendTermThenDestroyWhenGraceIsOver() {
        agent.launch(1);
        agent.started(1);
        agent.takeEffects();
        agent.core.onKill(1, 1, -1);
        assertEquals(List.of("status 1 KILLING", "signal 1 15"), agent.takeEffects());
        agent.advance(499);
        assertEquals(List.of(), agent.takeEffects());
        agent.advance(1);
        assertEquals(List.of("destroy 1"), agent.takeEffects());
        agent.exited(1, new ContainerExit(-1, 9, false, false, 0, 0, 0, 8));
        assertEquals(List.of("acknowledge 1", "status 1 KILLED KILL_REQUESTED"), agent.takeEffects());
        agent.advance(10_000);
    }

    @Test
    void shouldShortenGraceWhenKilledAgainWithLess() {
        agent.launch(1);
        agent.started(1);
        agent.core.onKill(1, 1, 5_000);
        agent.core.onKill(1, 1, 60_000);
        agent.advance(10);
        agent.core.onKill(1, 1, 20);
        agent.takeEffects();
        agent.advance(20);
        assertEquals(List.of("destroy 1"), agent.takeEffects());
    }

    @Test
    void shouldDestroyAtOnceWhenGraceIsZero() {
        agent.launch(1);
        agent.started(1);
        agent.takeEffects();
        agent.core.onKill(1, 1, 0);
        assertEquals(List.of("status 1 KILLING", "destroy 1"), agent.takeEffects());
    }

    @Test
    void shouldEndAsKilledWhenKilledBeforeOrdered() {
        agent.supervisorTakes = false;
        agent.launch(1);
        agent.core.onKill(1, 1, -1);
        agent.supervisorTakes = true;
        agent.advance(1);
        assertEquals(List.of("status 1 KILLED KILLED_DURING_LAUNCH", "acknowledge 1"), agent.takeEffects());
    }

    @Test
    void shouldAnswerDroppedWhenKilledTaskIsUnknown() {
        agent.core.onKill(1, 44, -1);
        assertEquals(List.of("status 44 DROPPED TASK_UNKNOWN"), agent.takeEffects());
    }

    @Test
    void shouldKeepOrdersWhenSupervisorIsBusy() {
        agent.supervisorTakes = false;
        agent.launch(1);
        agent.launch(2);
        assertEquals(List.of(), agent.takeEffects());
        agent.supervisorTakes = true;
        agent.advance(1);
        assertEquals(List.of("launch 1", "launch 2"), agent.takeEffects());
        agent.advance(1);
        assertEquals(List.of(), agent.takeEffects());
    }

    @Test
    void shouldRepeatStatusWhenNotAcknowledgedInTime() {
        agent.launch(1);
        agent.started(1);
        agent.takeEffects();
        agent.advance(CoreHarness.RETRY_MS - 1);
        assertEquals(List.of(), agent.takeEffects());
        agent.advance(CoreHarness.RETRY_MS);
        assertEquals(List.of("status 1 RUNNING"), agent.takeEffects());
        agent.acknowledge(1, TaskState.RUNNING);
        agent.advance(CoreHarness.RETRY_MS * 3);
        assertEquals(List.of(), agent.takeEffects());
        assertEquals(1, agent.count(AgentCounter.STATUSES_REPEATED));
    }

    @Test
    void shouldWaitTwiceAsLongBeforeEachRepeatUpToTheLongestPause() {
        agent.launch(1);
        agent.started(1);
        agent.takeEffects();
        assertEquals(List.of(1_000L, 3_000L, 7_000L, 11_000L, 15_000L), repeats(16_000));

        agent.register();
        agent.takeEffects();
        assertEquals(List.of(1_000L, 3_000L), repeats(5_000));

        agent.exited(1, 0);
        agent.takeEffects();
        agent.acknowledge(1, TaskState.RUNNING);
        assertEquals(List.of(1_000L, 3_000L), repeats(5_000));
    }

    /** After which milliseconds something was sent. */
    private List<Long> repeats(long ms) {
        List<Long> found = new ArrayList<>();
        for (long at = 1; at <= ms; at++) {
            agent.advance(1);
            if (!agent.takeEffects().isEmpty()) {
                found.add(at);
            }
        }
        return found;
    }

    @Test
    void shouldTellInOrderWhenRegisteredAgain() {
        agent.launch(1);
        agent.registered = false;
        agent.started(1);
        agent.core.onKill(1, 1, -1);
        agent.exited(1, 0);
        agent.takeEffects();
        agent.register();
        assertEquals(
                List.of("status 1 RUNNING", "status 1 KILLING", "status 1 KILLED KILL_REQUESTED"), agent.takeEffects());
    }

    @Test
    void shouldNotForgetWhenAnotherEndIsAcknowledged() {
        agent.launch(1);
        agent.started(1);
        agent.exited(1, 0);
        agent.acknowledge(1, TaskState.LOST);
        assertEquals(1, agent.core.taskCount());
    }

    @Test
    void shouldGoOnWhenAgentRestartsAndTaskRuns() {
        agent.launch(1);
        agent.started(1);
        agent.restart();
        agent.core.onRecovered(1, 1, 100, 7);
        agent.core.onRecoveryComplete();
        agent.core.verify();
        assertEquals(TaskPhase.RUNNING, agent.core.task(1, 1).phase());
        assertEquals(9, agent.core.agentId());
        agent.register();
        assertEquals(List.of("status 1 RUNNING"), agent.takeEffects());
        agent.exited(1, 0);
        assertEquals(List.of("acknowledge 1", "status 1 FINISHED COMMAND_EXITED"), agent.takeEffects());
    }

    @Test
    void shouldReportEndWhenTaskExitedWhileAgentWasAway() {
        agent.launch(1);
        agent.started(1);
        agent.restart();
        agent.exited(1, 4);
        agent.core.onRecoveryComplete();
        agent.register();
        assertEquals(
                List.of("acknowledge 1", "status 1 RUNNING", "status 1 FAILED COMMAND_EXITED"), agent.takeEffects());
    }

    @Test
    void shouldStartOnceWhenSameSupervisorNeverHadIt() {
        agent.launch(1);
        agent.restart();
        agent.core.onRecoveryComplete();
        assertEquals(List.of("launch 1"), agent.takeEffects());
        assertEquals(TaskPhase.ORDERED, agent.core.task(1, 1).phase());
    }

    @Test
    void shouldBeLostWhenSupervisorIsAnother() {
        agent.launch(1);
        agent.started(1);
        agent.launch(2);
        agent.supervisorId = 78;
        agent.restart();
        agent.core.onRecoveryComplete();
        agent.core.verify();
        agent.register();
        assertEquals(TaskReason.SUPERVISOR_LOST, agent.core.task(1, 1).endReason());
        assertEquals(TaskState.LOST, agent.core.task(1, 2).state());
        assertFalse(agent.effects.contains("launch 2"));
    }

    @Test
    void shouldNotStartAgainWhenJournalIsDamaged() {
        agent.launch(1);
        agent.core = new AgentCore(
                JournalLog.NONE, agent, agent, Counting.NONE, CoreHarness.RETRY_MS, CoreHarness.RETRY_MAX_MS, 100);
        JournalFormat.scan(agent.journal.bytes, agent.core::replay);
        agent.core.onReplayed(true);
        agent.takeEffects();
        agent.core.onRecoveryComplete();
        assertEquals(TaskState.LOST, agent.core.task(1, 1).state());
        assertFalse(agent.effects.contains("launch 1"));
    }

    @Test
    void shouldGoOnKillingWhenAgentRestartsInGracePeriod() {
        agent.launch(1);
        agent.started(1);
        agent.core.onKill(1, 1, 300);
        agent.restart();
        agent.core.onRecovered(1, 1, 100, 7);
        agent.core.onRecoveryComplete();
        assertEquals(List.of("signal 1 15"), agent.takeEffects());
        agent.advance(300);
        assertEquals(List.of("destroy 1"), agent.takeEffects());
        agent.exited(1, 0);
        assertEquals(TaskState.KILLED, agent.core.task(1, 1).state());
    }

    @Test
    void shouldDestroyContainerWhenTaskIsNotKnown() {
        agent.core.onRecovered(1, 66, 100, 7);
        agent.core.onStarted(1, 67, 100, 7, 0, 0);
        assertEquals(List.of("destroy 66", "destroy 67"), agent.takeEffects());
        agent.exited(66, 0);
        assertEquals(List.of("acknowledge 66"), agent.takeEffects());
    }

    @Test
    void shouldOrderAgainOnNewSupervisorWhenSupervisorGoesBeforeTheOrder() {
        agent.supervisorTakes = false;
        agent.launch(1);
        agent.core.onDisconnected("killed");
        agent.advance(1);
        assertFalse(agent.core.recovered());
        agent.supervisorTakes = true;
        agent.supervisorId = 79;
        agent.core.onRecoveryComplete();
        assertEquals(List.of("launch 1"), agent.takeEffects());
        assertEquals(79, agent.core.task(1, 1).supervisorId);
    }

    @Test
    void shouldBeLostWhenSupervisorTellsSo() {
        agent.launch(1);
        agent.started(1);
        agent.core.onDisconnected("killed");
        agent.supervisorId = 79;
        agent.exited(1, new ContainerExit(-1, 0, false, true, 0, 0, 0, 8));
        agent.core.onRecoveryComplete();
        assertEquals(TaskState.LOST, agent.core.task(1, 1).state());
        assertEquals(TaskReason.SUPERVISOR_LOST, agent.core.task(1, 1).endReason());
    }

    @Test
    void shouldWaitForStartedWhenKeyIsTakenByTheEarlierOrder() {
        agent.launch(1);
        agent.restart();
        agent.core.onRecoveryComplete();
        agent.core.onFailed(1, 1, LaunchStage.KEY, 17, "taken");
        agent.started(1);
        agent.exited(1, 0);
        assertEquals(TaskState.FINISHED, agent.core.task(1, 1).state());
    }

    @Test
    void shouldFailWhenSupervisorHasNoRoomForItsKey() {
        agent.launch(1);
        agent.core.onFailed(1, 1, LaunchStage.KEY, 28, "the table is full");
        assertEquals(TaskState.FAILED, agent.core.task(1, 1).state());
        assertEquals(TaskReason.CONTAINER_LAUNCH_FAILED, agent.core.task(1, 1).endReason());
    }

    @Test
    void shouldGoOnWhenStartIsToldDuringRecovery() {
        agent.launch(1);
        agent.core.onDisconnected("link lost");
        agent.started(1);
        agent.core.onRecoveryComplete();
        agent.exited(1, 0);
        assertEquals(TaskState.FINISHED, agent.core.task(1, 1).state());
    }

    @Test
    void shouldForgetTemplateThatWasNotUsedForLongestWhenThereAreTooMany() {
        agent.maxTemplates(3);
        agent.launch(1);
        agent.define(TestMessages.template(1, 2, 0, "/bin/false"));
        agent.define(TestMessages.template(2, 1, 0, "/bin/false"));
        agent.launch(2);
        agent.define(TestMessages.template(1, 3, 0, "/bin/false"));
        assertTrue(agent.core.wantsTemplate(1, 2));
        assertFalse(agent.core.wantsTemplate(1, 1));
        assertFalse(agent.core.wantsTemplate(2, 1));
        assertFalse(agent.core.wantsTemplate(1, 3));
    }

    @Test
    void shouldRestoreTaskWhenItsTemplateWasForgottenMeanwhile() {
        agent.maxTemplates(1);
        agent.launch(1);
        agent.define(TestMessages.template(1, 2, 0, "/bin/false"));
        agent.launch(TestMessages.launch(1, 2, 2));
        agent.define(TestMessages.template(1, 1, 500, "/bin/true"));
        agent.launch(3);
        MemoryJournal compact = new MemoryJournal();
        assertTrue(agent.core.snapshot(compact, 1));
        agent.journal = compact;
        agent.restart();
        assertEquals(3, agent.core.liveCount());
        assertEquals(List.of("/bin/true"), agent.core.task(1, 3).template.argv());
        assertFalse(agent.core.wantsTemplate(1, 1));
        assertTrue(agent.core.wantsTemplate(1, 2));
    }

    @Test
    void shouldRestoreTheSameWhenSnapshotIsReplayed() {
        agent.launch(TestMessages.launch(1, 1, 1, 31_000, 31_001, 31_005, 31_005));
        agent.started(1);
        agent.launch(2);
        agent.started(2);
        agent.core.onKill(1, 2, 5_000);
        agent.launch(3);
        agent.started(3);
        agent.exited(3, 2);
        agent.core.onKill(1, 4, 0);
        agent.define(TestMessages.template(1, 1, 700, "/bin/other"));
        agent.launch(5);

        MemoryJournal compact = new MemoryJournal();
        assertTrue(agent.core.snapshot(compact, 1));
        AgentCore restored = new AgentCore(
                JournalLog.NONE, agent, agent, Counting.NONE, CoreHarness.RETRY_MS, CoreHarness.RETRY_MAX_MS, 100);
        assertFalse(MemoryJournal.replay(compact.bytes, restored).damaged());

        assertEquals(9, restored.agentId());
        assertEquals(CoreHarness.CLUSTER, restored.clusterId());
        assertEquals(5, restored.taskCount());
        assertEquals(3, restored.liveCount());
        agent.core.forEachTask(task ->
                assertEquals(task.toString(), restored.task(1, task.taskId()).toString()));
        assertEquals(31_005, restored.task(1, 1).port(2));
        assertEquals(List.of("/bin/true"), restored.task(1, 1).template.argv());
        assertEquals(List.of("/bin/other"), restored.task(1, 5).template.argv());
        assertEquals(2, restored.task(1, 3).exitStatus());
        assertNull(restored.task(1, 6));
        restored.verify();
    }
}

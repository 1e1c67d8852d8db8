package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.isolation.ContainerExit;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an agent does, and does not tell, while its journal cannot be written. */
class AgentDiskFullTest {
    private final CoreHarness agent = CoreHarness.ready();

    @Test
    void shouldTellEndAndLetSupervisorForgetOnceItIsWritten() {
        agent.launch(1);
        agent.started(1);
        agent.takeEffects();
        agent.journal.failing = true;
        agent.exited(1, 0);
        agent.advance(CoreHarness.RETRY_MS * 3);
        agent.register();
        assertEquals(List.of("status 1 RUNNING", "status 1 RUNNING"), agent.takeEffects());
        assertEquals(TaskState.RUNNING, agent.core.task(1, 1).state());
        assertEquals(1, agent.core.unacknowledgedCount());

        agent.journal.failing = false;
        agent.advance(1_000);
        assertTrue(agent.takeEffects().containsAll(List.of("acknowledge 1", "status 1 FINISHED COMMAND_EXITED")));
        assertEquals(TaskState.FINISHED, agent.core.task(1, 1).state());
    }

    @Test
    void shouldNotForgetWhenEndThatWasNotToldIsAcknowledged() {
        agent.launch(1);
        agent.started(1);
        agent.journal.failing = true;
        agent.exited(1, 0);
        agent.acknowledge(1, TaskState.FINISHED);
        agent.journal.failing = false;
        agent.acknowledge(1, TaskState.FINISHED);
        assertEquals(1, agent.core.taskCount());
    }

    @Test
    void shouldNotHaveToldKilledWhenNextAgentStartsTheTask() {
        agent.supervisorTakes = false;
        agent.launch(1);
        agent.journal.failing = true;
        agent.core.onKill(1, 1, -1);
        assertEquals(List.of(), agent.takeEffects());
        assertEquals(TaskState.STARTING, agent.core.task(1, 1).state());

        agent.journal.failing = false;
        agent.supervisorTakes = true;
        agent.restart();
        agent.core.onRecoveryComplete();
        assertEquals(List.of("launch 1"), agent.takeEffects());
    }

    @Test
    void shouldKillAtOnceAndTellOnceItIsWritten() {
        agent.launch(1);
        agent.started(1);
        agent.takeEffects();
        agent.journal.failing = true;
        agent.core.onKill(1, 1, 500);
        agent.advance(500);
        assertEquals(List.of("signal 1 15", "destroy 1"), agent.takeEffects());
        assertEquals(TaskState.RUNNING, agent.core.task(1, 1).state());

        agent.journal.failing = false;
        agent.advance(1_000);
        assertEquals(List.of("status 1 KILLING"), agent.takeEffects().subList(0, 1));
        agent.restart();
        assertEquals(TaskState.KILLING, agent.core.task(1, 1).state());
    }

    @Test
    void shouldTellEndAloneWhenKillWasNotWrittenBeforeIt() {
        agent.launch(1);
        agent.started(1);
        agent.takeEffects();
        agent.journal.failing = true;
        agent.core.onKill(1, 1, 500);
        agent.exited(1, new ContainerExit(-1, 15, false, false, 0, 0, 0, 8));
        agent.journal.failing = false;
        agent.advance(1);
        assertEquals(List.of("signal 1 15", "acknowledge 1", "status 1 KILLED KILL_REQUESTED"), agent.takeEffects());
    }

    @Test
    void shouldRefuseLaunchAtOnceAndForgetItWhenThatIsAcknowledged() {
        agent.journal.failing = true;
        agent.launch(1);
        assertEquals(List.of("status 1 DROPPED CONTAINER_LAUNCH_FAILED"), agent.takeEffects());
        agent.acknowledge(1, TaskState.DROPPED);
        assertEquals(0, agent.core.taskCount());
        agent.journal.failing = false;
        agent.advance(1_000);
        assertEquals(List.of(), agent.takeEffects());
    }

    @Test
    void shouldDropLaunchWhenItsTemplateCannotBeWrittenDown() {
        agent.journal.failing = true;
        agent.define(TestMessages.template(1, 2, 0, "/bin/false"));
        assertFalse(agent.core.wantsTemplate(1, 2));
        agent.launch(TestMessages.launch(1, 2, 2));
        assertEquals(List.of("status 2 DROPPED CONTAINER_LAUNCH_FAILED"), agent.takeEffects());
    }

    @Test
    void shouldRememberItsIdWhenJournalCouldNotBeWrittenAtFirst() {
        CoreHarness fresh = new CoreHarness();
        fresh.core.onRecoveryComplete();
        fresh.journal.failing = true;
        fresh.register();
        fresh.journal.failing = false;
        fresh.advance(1_000);
        fresh.restart();
        assertEquals(9, fresh.core.agentId());
    }

    @Test
    void shouldWriteItsIdBeforeItTakesALaunch() {
        CoreHarness fresh = new CoreHarness();
        fresh.core.onRecoveryComplete();
        fresh.journal.failing = true;
        fresh.register();
        fresh.journal.failing = false;
        fresh.define(TestMessages.template(1, 1, 500, "/bin/true"));
        fresh.launch(1);
        fresh.restart();
        assertEquals(1, fresh.core.taskCount());
        assertEquals(9, fresh.core.agentId());
    }

    @Test
    void shouldAskTheDiskLessAndLessOften() {
        agent.launch(1);
        agent.started(1);
        agent.journal.failing = true;
        agent.exited(1, 0);
        for (int i = 0; i < 10_000; i++) {
            agent.advance(1);
        }
        assertTrue(agent.journal.failures > 10, agent.journal.failures + " tries");
        assertTrue(agent.journal.failures < 25, agent.journal.failures + " tries");
    }
}

package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A launch that fails as nobody foresaw: its task ends, and all others go on. */
class LaunchFailureTest {
    private static final String FAILED = " FAILED CONTAINER_LAUNCH_FAILED";

    private final CoreHarness agent = CoreHarness.ready();

    @Test
    void shouldFailTheTaskWhenItsLaunchThrows() {
        agent.broken.add(1L);
        agent.launch(1);
        agent.launch(2);

        assertEquals(List.of("acknowledge 1", "status 1" + FAILED, "launch 2"), agent.takeEffects());
        assertTrue(agent.core.task(1, 1).message().contains("the machine is out of order"));
        assertEquals(1, agent.count(AgentCounter.LAUNCH_FAILURES));
        agent.acknowledge(1, TaskState.FAILED);
        assertEquals(1, agent.core.taskCount());
    }

    @Test
    void shouldLaunchThoseBehindWhenOneThatWaitsThrows() {
        agent.supervisorTakes = false;
        agent.launch(1);
        agent.launch(2);
        agent.supervisorTakes = true;
        agent.broken.add(1L);

        agent.advance(1);

        assertEquals(List.of("acknowledge 1", "status 1" + FAILED, "launch 2"), agent.takeEffects());
    }

    @Test
    void shouldLaunchAllOthersAfterARecoveryWhenOneThrows() {
        agent.supervisorTakes = false;
        agent.launch(1);
        agent.launch(2);
        agent.launch(3);
        agent.restart();
        agent.supervisorTakes = true;
        agent.broken.add(2L);

        agent.core.onRecoveryComplete();

        List<String> effects = agent.takeEffects();
        assertTrue(effects.containsAll(List.of("launch 1", "launch 3")), effects::toString);
        assertEquals(TaskState.FAILED, agent.core.task(1, 2).state());
    }
}

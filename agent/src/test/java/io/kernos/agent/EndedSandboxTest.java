package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which ends of tasks leave a sandbox that counts among those that are kept. */
class EndedSandboxTest {
    private final CoreHarness agent = CoreHarness.ready();

    @Test
    void shouldCountNoSandboxOfATaskThatWasRefused() {
        agent.journal.failing = true;
        agent.launch(1);

        assertEquals(List.of("status 1 DROPPED CONTAINER_LAUNCH_FAILED"), agent.takeEffects());
        assertEquals(List.of(), agent.sandboxesEnded);
    }

    @Test
    void shouldCountNoSandboxOfATaskThatIsKilledBeforeItHasOne() {
        agent.supervisorTakes = false;
        agent.launch(1);
        agent.core.onKill(1, 1, 0);

        assertEquals(List.of(), agent.sandboxesEnded);
    }

    @Test
    void shouldCountTheSandboxOfATaskThatRan() {
        agent.launch(1);
        agent.started(1);
        agent.exited(1, 0);

        assertEquals(List.of(1L), agent.sandboxesEnded);
    }

    @Test
    void shouldCountTheSandboxOfATaskThatRanBeforeTheAgentWasRestarted() {
        agent.launch(1);
        agent.restart();
        agent.started(1);
        agent.exited(1, 0);

        assertEquals(List.of(1L), agent.sandboxesEnded);
    }
}

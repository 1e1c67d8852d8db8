package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** More launches than an agent has room for. */
class AgentFullTest {
    private final CoreHarness harness = new CoreHarness();
    private final AgentCore core = new AgentCore(
            JournalLog.NONE, harness, harness, Counting.NONE, CoreHarness.RETRY_MS, CoreHarness.RETRY_MAX_MS, 100);

    AgentFullTest() {
        harness.registered = true;
        core.onRecoveryComplete();
        core.onRegistered(9, CoreHarness.CLUSTER);
        UnsafeBuffer template = TestMessages.template(1, 1, 500, "/bin/true");
        core.onDefineTemplate(template, 0, template.capacity());
    }

    @Test
    void shouldSayThatItIsFullWhenItHasTheMostTasks() {
        launch(1, AgentCore.MAX_TASKS + 1);

        AgentTask beyond = core.task(1, AgentCore.MAX_TASKS + 1);
        assertEquals(AgentCore.MAX_TASKS, core.liveCount());
        assertEquals(TaskState.DROPPED, beyond.state());
        assertEquals(TaskReason.CONTAINER_LAUNCH_FAILED, beyond.endReason());
        assertTrue(beyond.message().startsWith("the agent has 8192 tasks"), beyond.message());
        core.verify();
    }

    @Test
    void shouldAskForWhatItLeftOutOnceItHasRoom() {
        launch(1, AgentCore.MAX_KEPT_TASKS);
        assertFalse(core.wantsRegistration());
        long beyond = AgentCore.MAX_KEPT_TASKS + 1;
        launch(beyond, beyond);
        assertNull(core.task(1, beyond));
        assertFalse(core.wantsRegistration(), "there is no room yet");

        core.onStatusAck(1, AgentCore.MAX_KEPT_TASKS, TaskState.DROPPED);
        assertTrue(core.wantsRegistration());
        core.onRegistered(9, CoreHarness.CLUSTER);
        assertFalse(core.wantsRegistration());
        launch(beyond, beyond);

        assertEquals(TaskState.DROPPED, core.task(1, beyond).state());
        core.verify();
    }

    private void launch(long first, long last) {
        for (long taskId = first; taskId <= last; taskId++) {
            UnsafeBuffer launch = TestMessages.launch(1, taskId, 1);
            core.onLaunch(launch, 0, launch.capacity(), 6);
        }
    }
}

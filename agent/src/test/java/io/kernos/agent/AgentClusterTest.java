package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.JournalBeginEncoder;
import io.kernos.transport.codecs.MessageHeaderEncoder;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** An agent whose masters are no more, and that comes to those of another cluster, with tasks of the same ids. */
class AgentClusterTest {
    private static final long OTHER = CoreHarness.CLUSTER + 1;

    private final CoreHarness agent = CoreHarness.ready();

    @Test
    void shouldKnowAnotherClusterFromItsOwn() {
        assertTrue(agent.core.isForeign(OTHER));
        assertFalse(agent.core.isForeign(CoreHarness.CLUSTER));
        assertFalse(agent.core.isForeign(0));
        assertFalse(new CoreHarness().core.isForeign(OTHER));
    }

    @Test
    void shouldKnowItsClusterWhenItRestarts() {
        agent.restart();
        assertEquals(CoreHarness.CLUSTER, agent.core.clusterId());
        agent.register(OTHER);
        agent.restart();
        assertEquals(OTHER, agent.core.clusterId());
    }

    @Test
    void shouldEndItsTasksBeforeItIsNew() {
        agent.launch(1);
        agent.started(1);
        agent.launch(2);
        agent.registered = false;
        agent.takeEffects();

        assertFalse(leave());
        assertEquals(List.of("signal 1 15", "signal 2 15"), agent.takeEffects());
        agent.exited(1, 0);
        assertFalse(leave());
        assertEquals(1, agent.core.taskCount());
        agent.advance(500);
        assertEquals(List.of("acknowledge 1", "destroy 2"), agent.takeEffects());
        assertFalse(leave());
        agent.exited(2, 0);
        assertTrue(leave());

        assertEquals(0, agent.core.taskCount());
        assertEquals(0, agent.core.agentId());
        assertEquals(0, agent.core.clusterId());
        agent.restart();
        assertEquals(0, agent.core.taskCount());
        assertEquals(0, agent.core.agentId());
        assertEquals(0, agent.core.clusterId());
    }

    @Test
    void shouldLaunchTheNewTaskOfTheSameIds() {
        agent.launch(1);
        agent.started(1);
        agent.registered = false;
        leave();
        agent.exited(1, 0);
        assertTrue(leave());
        agent.takeEffects();

        agent.register(OTHER);
        agent.define(TestMessages.template(1, 1, 500, "/bin/false"));
        agent.launch(1);
        agent.started(1);
        agent.exited(1, 0);

        assertEquals(
                List.of("launch 1", "status 1 RUNNING", "acknowledge 1", "status 1 FINISHED COMMAND_EXITED"),
                agent.takeEffects());
    }

    @Test
    void shouldNotBeNewBeforeTheSupervisorMayForget() {
        agent.launch(1);
        agent.started(1);
        agent.supervisorTakes = false;
        leave();
        agent.exited(1, 0);
        assertFalse(leave());

        agent.supervisorTakes = true;
        agent.advance(1);

        assertTrue(leave());
    }

    @Test
    void shouldNotBeNewWhileTheJournalCannotBeWritten() {
        agent.launch(1);
        agent.started(1);
        agent.exited(1, 0);
        agent.journal.failing = true;
        assertFalse(leave());
        assertEquals(CoreHarness.CLUSTER, agent.core.clusterId());

        agent.journal.failing = false;

        assertTrue(leave());
    }

    @Test
    void shouldNotKnowItsClusterWhenItsJournalIsOfAVersionWithout() {
        UnsafeBuffer record = new UnsafeBuffer(new byte[64]);
        MessageHeaderEncoder header = new MessageHeaderEncoder();
        new JournalBeginEncoder()
                .wrapAndApplyHeader(record, 0, header)
                .createdMs(1)
                .agentId(5)
                .damaged((short) 0);
        int blockLength = JournalBeginEncoder.clusterIdEncodingOffset();
        header.blockLength(blockLength).version(2);
        CoreHarness old = new CoreHarness();

        assertTrue(old.core.replay(record, 0, MessageHeaderEncoder.ENCODED_LENGTH + blockLength));

        assertEquals(5, old.core.agentId());
        assertEquals(0, old.core.clusterId());
    }

    private boolean leave() {
        boolean left = agent.core.leaveCluster();
        agent.core.verify();
        return left;
    }
}

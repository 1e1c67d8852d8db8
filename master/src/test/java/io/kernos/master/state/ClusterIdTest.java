package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Agents of a cluster whose masters are no more come to one that began with empty folders. */
final class ClusterIdTest {
    private static final long GIB = TestFramework.GIB;

    private final TestMaster old = new TestMaster();
    private final TestRelay oldRelay = new TestRelay(old, 1);
    private final TestMaster master = new TestMaster();
    private final TestRelay relay = new TestRelay(master, 1);

    ClusterIdTest() {
        master.nowMs++;
    }

    @Test
    void shouldTellTheSameClusterToAllItsAgents() {
        TestAgent first = agentOf(oldRelay);
        old.nowMs += 50;
        TestAgent second = agentOf(oldRelay);

        assertTrue(first.clusterId > 0);
        assertEquals(first.clusterId, second.clusterId);
        assertNotEquals(first.clusterId, agentOf(relay).clusterId);
    }

    @Test
    void shouldBeAnotherClusterWhenTheSameProcessIsTheFirstAgain() {
        TestAgent agent = agentOf(oldRelay);
        long before = agent.clusterId;
        move(agent);
        forget(agent);

        agent.register();

        assertNotEquals(before, agent.clusterId);
    }

    @Test
    void shouldRefuseAnAgentOfAnotherCluster() {
        TestAgent here = agentOf(relay);
        TestAgent agent = agentOf(oldRelay);
        move(agent);

        agent.begin();

        Inbox.AgentRefusal refusal = relay.all(Inbox.AgentRefusal.class).getFirst();
        assertEquals(RefusalCode.UNKNOWN_AGENT, refusal.code());
        assertEquals(here.clusterId, refusal.clusterId());
        assertTrue(refusal.message().startsWith("clusterId=" + agent.clusterId + ": this is cluster "));
        assertEquals(1, master.store.count(AgentRecordDecoder.TEMPLATE_ID));
        assertEquals(1, master.count(MasterCounter.AGENTS_REFUSED));
    }

    @Test
    void shouldRefuseAnAgentOfAnotherClusterWhenItIsTheFirst() {
        TestAgent agent = agentOf(oldRelay);
        move(agent);

        agent.begin();
        agent.begin();

        List<Inbox.AgentRefusal> refusals = relay.all(Inbox.AgentRefusal.class);
        assertEquals(2, refusals.size());
        assertNotEquals(agent.clusterId, refusals.getFirst().clusterId());
        assertEquals(refusals.getFirst().clusterId(), refusals.getLast().clusterId());
        assertEquals(0, master.store.count(AgentRecordDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldKeepAgentsApartWhenTheyComeInAnotherOrder() {
        TestAgent first = agentOf(oldRelay);
        TestAgent second = agentOf(oldRelay);
        move(second);
        move(first);
        second.begin();
        first.begin();
        forget(second);
        forget(first);

        second.register();
        first.register();
        second.register();
        first.register();

        assertEquals(1, second.id);
        assertEquals(2, first.id);
        assertEquals(2, relay.all(Inbox.AgentRefusal.class).size(), "those of the other cluster alone");
        assertEquals(2, master.count(MasterCounter.AGENTS_ACTIVE));
    }

    @Test
    void shouldPlaceNothingOnAnAgentWhileItHasTasksOfAnotherCluster() {
        TestFramework framework = TestFramework.submitting(master);
        TestAgent agent = agentOf(oldRelay);
        move(agent);
        agent.register(TestAgent.task(framework.id, 1, TaskState.RUNNING));
        framework.submit(1, 1, framework.template(1_000, GIB, 0));
        assertTrue(agent.launches().isEmpty());
        forget(agent);

        agent.register();

        assertEquals(1, agent.launches().size());
    }

    @Test
    void shouldKnowItsClusterWhenItsSnapshotIsLoaded() {
        TestAgent agent = agentOf(oldRelay);
        MasterStateMachine loaded = new MasterStateMachine(new StateContext().effects(new NoEffects()));
        for (byte[] record : old.snapshot()) {
            loaded.loadRecord(new UnsafeBuffer(record), 0, record.length);
        }

        assertEquals(old.machine().stateHash(), loaded.stateHash());
        assertTrue(agent.clusterId > 0);
    }

    private static TestAgent agentOf(TestRelay relay) {
        return TestAgent.registered(relay, 4_000, 8 * GIB);
    }

    private void move(TestAgent agent) {
        agent.relay = relay;
    }

    private static void forget(TestAgent agent) {
        agent.id = 0;
        agent.clusterId = 0;
    }
}

package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.master.cluster.CounterTypes;
import io.kernos.master.relay.RelayContext;
import io.kernos.master.relay.RelayCounter;
import io.kernos.master.state.MasterCounter;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.MemberList;
import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AgentRegisteredDecoder;
import io.kernos.transport.codecs.DefineTemplateDecoder;
import io.kernos.transport.codecs.LaunchTaskDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RegisterAgainDecoder;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusAckDecoder;
import io.kernos.transport.codecs.TaskUpdateDecoder;
import java.nio.file.Path;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RelayTest {

    @Test
    void shouldPassMessagesBothWaysWhenAnAgentRegisters(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            master.start();
            try (FakeAgent agent = new FakeAgent(master.aeronDirectory(), master.relayEndpoint());
                    TestSession session = master.connect()) {
                agent.register(0);
                assertTrue(registered(agent).agentId() > 0);
                runATask(agent, session);
            }
        }
    }

    /** From the submit to the update that tells its end. */
    private static void runATask(FakeAgent agent, TestSession session) {
        long frameworkId = session.subscribe(0);
        session.registerTemplate(frameworkId, 1);
        session.submit(frameworkId, 1, 1, 1);
        agent.await(DefineTemplateDecoder.TEMPLATE_ID);
        LaunchTaskDecoder launch = new LaunchTaskDecoder()
                .wrapAndApplyHeader(
                        new UnsafeBuffer(agent.await(LaunchTaskDecoder.TEMPLATE_ID)), 0, new MessageHeaderDecoder());
        assertEquals(frameworkId, launch.frameworkId());
        assertTrue(launch.relayedNs() > 0, "the relay stamps launches");
        agent.report(frameworkId, launch.taskId(), TaskState.RUNNING);
        agent.await(TaskStatusAckDecoder.TEMPLATE_ID);
        agent.report(frameworkId, launch.taskId(), TaskState.FINISHED);
        agent.await(TaskStatusAckDecoder.TEMPLATE_ID);
        TaskState state = TaskState.NULL_VAL;
        while (state != TaskState.FINISHED) {
            state = new TaskUpdateDecoder()
                    .wrapAndApplyHeader(
                            new UnsafeBuffer(session.await(TaskUpdateDecoder.TEMPLATE_ID)),
                            0,
                            new MessageHeaderDecoder())
                    .state();
        }
    }

    @Test
    void shouldTellTheMasterWhenAnAgentsStreamIsGone(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            master.start();
            try (FakeAgent agent = new FakeAgent(master.aeronDirectory(), master.relayEndpoint());
                    TestSession session = master.connect()) {
                agent.register(0);
                registered(agent);
                agent.leave();
                int disconnected = CounterTypes.of(MasterCounter.AGENTS_DISCONNECTED);
                session.await(() -> TestMaster.counter(session.aeron(), disconnected) == 1, "not noticed");
                assertEquals(0, TestMaster.counter(session.aeron(), relay(RelayCounter.AGENTS)));
            }
        }
    }

    @Test
    void shouldRefuseAndCountWhatIsMalformedOrNotAnAgentsToSend(@TempDir Path folder) {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        try (TestMaster master = new TestMaster(folder)) {
            master.start();
            try (FakeAgent agent = new FakeAgent(master.aeronDirectory(), master.relayEndpoint());
                    TestSession session = master.connect()) {
                agent.register(0);
                registered(agent);
                int refused = 0;
                for (int i = 0; i < 2_000; i++) {
                    byte[] bytes = new byte[random.nextInt(1, 300)];
                    random.nextBytes(bytes);
                    UnsafeBuffer message = new UnsafeBuffer(bytes);
                    refused += MessageCheck.check(message, 0, bytes.length) == MessageCheck.OK ? 0 : 1;
                    agent.send(message);
                }
                long expected = refused;
                int refusedType = relay(RelayCounter.REFUSED);
                agent.await(
                        () -> TestMaster.counter(agent.aeron(), refusedType) >= expected, "not counted, seed " + seed);
                runATask(agent, session);
                assertEquals(expected, TestMaster.counter(agent.aeron(), refusedType), "seed " + seed);
            }
        }
    }

    @Test
    void shouldAskAgentsToRegisterAgainWhenItsSessionIsNew(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder.resolve("master"))) {
            master.start(master.context().relayEnabled(false));
            registerTwice(master, relayContext(master, folder));
        }
    }

    @Test
    void shouldNotCallASlowAgentGoneAgainOnceItRegisteredAgain(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder.resolve("master"))) {
            master.start(master.context().relayEnabled(false));
            RelayContext context = relayContext(master, folder).maxQueueBytes(64 * 1024);
            String relayDirectory = context.transport().aeronDirectory();
            try (RelayNode relay = RelayNode.launch(context);
                    FakeAgent agent = new FakeAgent(relayDirectory, master.relayEndpoint())) {
                agent.register(0);
                AgentRegisteredDecoder first = registered(agent);
                agent.deaf(true);
                while (TestMaster.counter(agent.aeron(), relay(RelayCounter.AGENTS_SLOW)) == 0) {
                    agent.report(1, 1, TaskState.RUNNING);
                }
                agent.deaf(false);
                agent.await(RegisterAgainDecoder.TEMPLATE_ID);
                agent.register(first.agentId());
                AgentRegisteredDecoder second = registered(agent);
                assertEquals(first.agentId(), second.agentId());
                assertTrue(second.connectionId() > first.connectionId(), "what went away was another connection");
                assertEquals(context, relay.context());
            }
        }
    }

    private static RelayContext relayContext(TestMaster master, Path folder) {
        MemberList members = MemberList.of("members", "localhost:" + master.port());
        RelayContext context = new RelayContext()
                .name("alone")
                .idleProfile(IdleProfile.BALANCED)
                .ingressEndpoints(members.ingressEndpoints());
        context.transport()
                .aeronDirectory(
                        MasterContext.aeronDirectoryOf(folder.resolve("relay")).toString())
                .relayEndpoint(master.relayEndpoint())
                .livenessTimeoutMs(1_000);
        return context;
    }

    private static void registerTwice(TestMaster master, RelayContext context) {
        String relayDirectory = context.transport().aeronDirectory();
        try (RelayNode relay = RelayNode.launch(context);
                FakeAgent agent = new FakeAgent(relayDirectory, master.relayEndpoint())) {
            agent.register(0);
            long agentId = registered(agent).agentId();
            master.stop();
            master.start(master.context().relayEnabled(false));
            agent.await(RegisterAgainDecoder.TEMPLATE_ID);
            agent.register(agentId);
            assertEquals(agentId, registered(agent).agentId());
            runATask(master, agent);
            assertEquals(context, relay.context());
        }
    }

    private static void runATask(TestMaster master, FakeAgent agent) {
        try (TestSession session = master.connect()) {
            runATask(agent, session);
        }
    }

    private static AgentRegisteredDecoder registered(FakeAgent agent) {
        return new AgentRegisteredDecoder()
                .wrapAndApplyHeader(
                        new UnsafeBuffer(agent.await(AgentRegisteredDecoder.TEMPLATE_ID)),
                        0,
                        new MessageHeaderDecoder());
    }

    private static int relay(RelayCounter counter) {
        return CounterTypes.RELAY + counter.ordinal();
    }
}

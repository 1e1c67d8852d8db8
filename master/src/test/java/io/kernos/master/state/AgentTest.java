package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.AgentRecordDecoder;
import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AgentTest {
    private static final long GIB = TestFramework.GIB;

    private final TestMaster master = new TestMaster();
    private final TestRelay relay = new TestRelay(master, 1);
    private final TestFramework framework = TestFramework.submitting(master);
    private final int template = framework.template(1000, GIB, 0);

    @Test
    void shouldGetAnIdOnceItsTasksAreToldWhenItRegisters() {
        TestAgent agent = new TestAgent(relay, 1000, GIB);
        agent.begin();
        assertTrue(relay.all(Inbox.Registered.class).isEmpty());
        assertEquals(AgentState.REGISTERING, stateOf(1));

        agent.list(true);

        assertEquals(1, agent.id);
        assertEquals(AgentState.ACTIVE, stateOf(1));
        assertEquals(1, master.count(MasterCounter.AGENTS_ACTIVE));
    }

    @Test
    void shouldKeepItsIdAndTasksWhenItRegistersAgain() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.disconnect();
        agent.restart();

        agent.register(TestAgent.task(framework.id, 1, TaskState.RUNNING));

        assertEquals(1, agent.id);
        assertEquals(1, framework.updates(1).size());
        assertEquals(0, master.count(MasterCounter.AGENTS_DISCONNECTED));
        assertTrue(agent.kills().isEmpty());
        agent.status(framework.id, 1, TaskState.FINISHED);
        assertEquals(TaskState.FINISHED, framework.updates(1).getLast().state());
    }

    @Test
    void shouldBeTheSameAgentWhenItRegistersTwiceBeforeItHeardItsId() {
        TestAgent agent = new TestAgent(relay, 1000, GIB);
        agent.begin();
        agent.begin();
        agent.list(true);

        assertEquals(1, master.store.count(AgentRecordDecoder.TEMPLATE_ID));
        assertEquals(1, agent.id);
    }

    @Test
    void shouldGetANewIdWhenItNamesOneThatIsNotKnown() {
        TestAgent agent = new TestAgent(relay, 1000, GIB);
        agent.id = 4711;

        agent.register();

        assertEquals(1, agent.id);
    }

    @Test
    void shouldSendLaunchesAgainWhenTheAgentCameBackWithoutThem() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 2, template);
        agent.disconnect();

        agent.register(TestAgent.task(framework.id, 2, TaskState.STARTING));

        assertEquals(1, agent.launches().size());
        assertEquals(1, agent.launches().getFirst().taskId());
        assertEquals(1, agent.definitions().size());
    }

    @Test
    void shouldLoseTasksThatRanWhenTheAgentCameBackWithoutThem() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.STARTING);
        agent.disconnect();

        agent.register();

        assertEquals(TaskState.LOST, framework.updates(1).getLast().state());
        assertEquals(
                TaskReason.AGENT_UNKNOWN_TASK, framework.updates(1).getLast().reason());
        assertTrue(agent.launches().isEmpty());
    }

    @Test
    void shouldKillTasksThatAreNotKnownWhenTheAgentIsRegistered() {
        TestAgent agent = new TestAgent(relay, 4000, 8 * GIB);
        agent.begin();
        agent.list(false, TestAgent.task(77, 5, TaskState.RUNNING), TestAgent.task(77, 6, TaskState.FINISHED));
        assertTrue(agent.kills().isEmpty());

        agent.list(true, TestAgent.task(framework.id, 9, TaskState.STARTING));

        assertEquals(
                List.of(5L, 9L), agent.kills().stream().map(Inbox.Kill::taskId).toList());
        agent.status(77, 5, TaskState.KILLED);
        assertEquals(5, agent.acks().getLast().taskId());
    }

    @Test
    void shouldPlaceNothingUntilTheListIsWholeWhenRegistering() {
        framework.submit(1, 1, template);
        TestAgent agent = new TestAgent(relay, 4000, 8 * GIB);
        agent.begin();
        agent.list(false);
        assertTrue(agent.launches().isEmpty());

        agent.list(true);

        assertEquals(1, agent.launches().size());
    }

    @Test
    void shouldRefuseListsOutOfPlace() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);

        agent.list(true);
        relay.send(Messages.tasks(999, true));

        assertEquals(
                RefusalCode.INVALID_VALUE,
                relay.all(Inbox.Refusal.class).getLast().code());
        assertEquals(999, relay.all(Inbox.Again.class).getLast().connectionId());
        assertEquals(1, master.count(MasterCounter.REFUSED_UNKNOWN_AGENT));
    }

    @Test
    void shouldCallTasksUnreachableThenGoneWhenTheAgentDoesNotComeBack() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.disconnect();
        master.pass(StateContext.UNREACHABLE_AFTER_MS_DEFAULT - 1);
        assertEquals(1, framework.updates(1).size());

        master.pass(1);
        assertEquals(TaskState.UNREACHABLE, framework.updates(1).getLast().state());
        assertEquals(
                TaskReason.AGENT_DISCONNECTED, framework.updates(1).getLast().reason());
        master.pass(StateContext.AGENT_TIMEOUT_MS_DEFAULT);

        assertEquals(TaskState.GONE, framework.updates(1).getLast().state());
        assertEquals(TaskReason.AGENT_REMOVED, framework.updates(1).getLast().reason());
        assertEquals(1, master.count(MasterCounter.AGENTS_REMOVED));
        assertNull(master.store.live(AgentRecordDecoder.TEMPLATE_ID, agent.id, 0));
    }

    @Test
    void shouldKillTheOldTasksUnderANewIdWhenARemovedAgentComesBack() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.disconnect();
        master.pass(StateContext.AGENT_TIMEOUT_MS_DEFAULT);
        long oldId = agent.id;

        agent.register(TestAgent.task(framework.id, 1, TaskState.RUNNING));

        assertNotEquals(oldId, agent.id);
        assertEquals(1, agent.kills().size());
        agent.status(framework.id, 1, TaskState.KILLED);
        assertEquals(TaskState.GONE, framework.updates(1).getLast().state());
        assertEquals(TaskState.KILLED, agent.acks().getLast().state());
    }

    @Test
    void shouldNotCallTasksUnreachableAgainWhenTheAgentGoesAwayBeforeItToldThem() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.disconnect();
        master.pass(StateContext.UNREACHABLE_AFTER_MS_DEFAULT);
        agent.begin();
        agent.disconnect();

        master.pass(StateContext.UNREACHABLE_AFTER_MS_DEFAULT);

        assertEquals(TaskState.UNREACHABLE, framework.updates(1).getLast().state());
        assertEquals(2, framework.updates(1).size());
    }

    @Test
    void shouldBeWhatItWasWhenAnUnreachableTaskIsBack() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 2, template);
        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.disconnect();
        master.pass(StateContext.UNREACHABLE_AFTER_MS_DEFAULT);

        agent.register(TestAgent.task(framework.id, 1, TaskState.RUNNING));

        assertEquals(TaskState.RUNNING, framework.updates(1).getLast().state());
        assertEquals(3, framework.updates(1).getLast().sequence());
        assertEquals(TaskState.STAGING, framework.updates(2).getLast().state());
        assertEquals(1, agent.launches().size());
    }

    @Test
    void shouldTakeTheNewConnectionAndTellTheOldWhenAnotherProcessRegisters() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        long oldConnection = agent.connectionId;
        TestRelay otherRelay = new TestRelay(master, 2);
        TestAgent clone = new TestAgent(otherRelay, 4000, 8 * GIB);
        clone.id = agent.id;

        clone.register();

        assertEquals(agent.id, clone.id);
        Inbox.AgentRefusal refusal = relay.all(Inbox.AgentRefusal.class).getLast();
        assertEquals(oldConnection, refusal.connectionId());
        assertEquals(RefusalCode.ALREADY_EXISTS, refusal.code());
        framework.submit(1, 1, template);
        assertEquals(1, clone.launches().size());
    }

    @Test
    void shouldTakeTheNewerConnectionQuietlyWhenItIsTheSameProcess() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        long oldConnection = agent.connectionId;
        agent.register();
        assertTrue(relay.all(Inbox.AgentRefusal.class).isEmpty());

        relay.send(Messages.disconnected(oldConnection));
        relay.send(Messages.register(oldConnection, agent.id, agent.instanceId, 1, GIB, 1, 2));

        assertEquals(
                RefusalCode.ALREADY_EXISTS,
                relay.all(Inbox.AgentRefusal.class).getLast().code());
        assertEquals(AgentState.ACTIVE, stateOf(agent.id));
    }

    @Test
    void shouldRefuseAProcessThatIsAnotherAgentAlready() {
        TestAgent first = TestAgent.registered(relay, 4000, 8 * GIB);
        TestAgent second = TestAgent.registered(relay, 4000, 8 * GIB);

        relay.send(Messages.register(99, first.id, second.instanceId, 1, GIB, 1, 2));

        assertEquals(
                RefusalCode.ALREADY_EXISTS,
                relay.all(Inbox.AgentRefusal.class).getLast().code());
        assertEquals(2, master.count(MasterCounter.AGENTS_ACTIVE));
    }

    @Test
    void shouldRefuseRegistrationsThatCannotBe() {
        relay.send(Messages.register(1, -1, 5, 1, GIB, 1, 2));
        relay.send(Messages.register(2, 0, 0, 1, GIB, 1, 2));
        relay.send(Messages.register(3, 0, 5, -1, GIB, 1, 2));
        relay.send(Messages.register(4, 0, 5, 1, Long.MAX_VALUE, 1, 2));
        relay.send(Messages.register(5, 0, 5, 1, GIB, 5, 2));

        List<Inbox.AgentRefusal> refusals = relay.all(Inbox.AgentRefusal.class);
        assertEquals(5, refusals.size());
        assertTrue(refusals.stream().allMatch(each -> each.code() == RefusalCode.INVALID_VALUE));
        assertTrue(refusals.get(0).message().contains("agentId=-1"));
        assertEquals(0, master.store.count(AgentRecordDecoder.TEMPLATE_ID));
    }

    @Test
    void shouldDisconnectItsAgentsWhenARelayIsGone() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);

        master.close(relay.session);

        assertEquals(AgentState.DISCONNECTED, stateOf(agent.id));
        TestRelay other = new TestRelay(master, 2);
        agent.relay = other;
        agent.register(TestAgent.task(framework.id, 1, TaskState.RUNNING));
        assertEquals(AgentState.ACTIVE, stateOf(agent.id));
        assertEquals(1, framework.updates(1).size());
    }

    @Test
    void shouldCloseTheOldSessionWhenARelayComesBackOverANewOne() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        long oldSession = relay.session;

        relay.connect();

        assertTrue(master.isClosed(oldSession));
        assertEquals(1, master.count(MasterCounter.RELAYS));
        assertEquals(AgentState.DISCONNECTED, stateOf(agent.id));
        agent.register();
        assertEquals(AgentState.ACTIVE, stateOf(agent.id));
    }

    @Test
    void shouldRefuseWhatOnlyRelaysSendWhenTheSessionIsNone() {
        framework.send(Messages.register(1, 0, 5, 1, GIB, 1, 2));
        framework.send(Messages.relayConnect(9));
        relay.send(Messages.subscribe(1, 0, 0, true, false, ""));

        assertEquals(2, framework.all(Inbox.Refusal.class).size());
        assertEquals(3, master.count(MasterCounter.REFUSED_WRONG_DIRECTION));
    }

    @Test
    void shouldGiveNothingMoreUntilTasksEndWhenAnAgentComesBackSmaller() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 5, template);
        agent.disconnect();
        agent.cpus = 1000;
        agent.register(
                TestAgent.task(framework.id, 1, TaskState.RUNNING),
                TestAgent.task(framework.id, 2, TaskState.RUNNING),
                TestAgent.task(framework.id, 3, TaskState.RUNNING),
                TestAgent.task(framework.id, 4, TaskState.RUNNING));

        agent.status(framework.id, 1, TaskState.FINISHED);
        agent.status(framework.id, 2, TaskState.FINISHED);
        agent.status(framework.id, 3, TaskState.FINISHED);
        assertTrue(agent.launches().isEmpty());
        agent.status(framework.id, 4, TaskState.FINISHED);

        assertEquals(5, agent.launches().getLast().taskId());
    }

    @Test
    void shouldAcknowledgeAndChangeNothingWhenAStatusIsRepeatedOrLate() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);
        framework.submit(1, 1, template);
        agent.status(framework.id, 1, TaskState.RUNNING);

        agent.status(framework.id, 1, TaskState.RUNNING);
        agent.status(framework.id, 1, TaskState.STARTING);

        assertEquals(1, framework.updates(1).size());
        assertEquals(3, agent.acks().size());
        assertEquals(2, master.count(MasterCounter.STATUSES_REPEATED));
        agent.status(framework.id, 1, TaskState.FINISHED);
        agent.status(framework.id, 1, TaskState.FAILED);
        assertEquals(TaskState.FINISHED, framework.updates(1).getLast().state());
        assertEquals(5, agent.acks().size());
    }

    @Test
    void shouldAcknowledgeAndKillWhenATaskIsNotKnown() {
        TestAgent agent = TestAgent.registered(relay, 4000, 8 * GIB);

        agent.status(88, 1, TaskState.RUNNING);

        assertEquals(
                new Inbox.Ack(agent.connectionId, 88, 1, TaskState.RUNNING),
                agent.acks().getLast());
        assertEquals(1, agent.kills().size());
        agent.status(88, 1, TaskState.KILLED);
        assertEquals(1, agent.kills().size());
        assertEquals(2, agent.acks().size());
    }

    @Test
    void shouldNotBelieveOneAgentAboutTheTaskOfAnother() {
        TestAgent first = TestAgent.registered(relay, 1000, GIB);
        framework.submit(1, 1, template);
        TestAgent second = TestAgent.registered(relay, 1000, GIB);

        second.status(framework.id, 1, TaskState.FINISHED);

        assertTrue(framework.updates(1).isEmpty());
        assertEquals(1, second.acks().size());
        first.status(framework.id, 1, TaskState.RUNNING);
        assertEquals(1, framework.updates(1).size());
    }

    @Test
    void shouldRefuseStatesThatNoAgentReports() {
        TestAgent agent = TestAgent.registered(relay, 1000, GIB);
        framework.submit(1, 1, template);

        agent.status(framework.id, 1, TaskState.UNREACHABLE);
        agent.status(framework.id, 1, TaskState.PENDING);

        assertEquals(2, relay.all(Inbox.Refusal.class).size());
        assertTrue(agent.acks().isEmpty());
    }

    @Test
    void shouldRefuseWhenThereAreAsManyAgentsAsMayBe() {
        TestMaster small = new TestMaster(context -> context.maxAgents(1));
        TestRelay its = new TestRelay(small, 1);
        TestAgent.registered(its, 1000, GIB);

        new TestAgent(its, 1000, GIB).begin();

        Inbox.AgentRefusal refusal = its.all(Inbox.AgentRefusal.class).getLast();
        assertEquals(RefusalCode.LIMIT_REACHED, refusal.code());
        assertTrue(refusal.message().contains("maxAgents=1"));
    }

    private AgentState stateOf(long agentId) {
        var record = master.store.live(AgentRecordDecoder.TEMPLATE_ID, agentId, 0);
        assertNotNull(record);
        return new AgentRecordDecoder()
                .wrapAndApplyHeader(record, 0, new MessageHeaderDecoder())
                .state();
    }

    @Test
    void shouldCountWhatAnAgentHasOnceWhenItRegistersAgainAtTheLimit() {
        TestMaster full = new TestMaster();
        full.isChecking = false;
        TestRelay itsRelay = new TestRelay(full, 1);
        TestAgent agent = null;
        for (int i = 0; i < 512; i++) {
            agent = TestAgent.registered(itsRelay, 1_000, (1L << 53) - 1);
        }
        TestAgent.registered(itsRelay, 1_000, (1L << 53) - 1);
        assertEquals(1, full.count(MasterCounter.AGENTS_REFUSED));

        agent.register();

        assertEquals(1, full.count(MasterCounter.AGENTS_REFUSED));
        assertEquals(512, full.count(MasterCounter.AGENTS_ACTIVE));
        full.machine().verify();
    }
}

package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskState;
import org.junit.jupiter.api.Test;

final class LimitTest {
    private static final long GIB = TestFramework.GIB;

    @Test
    void shouldPlaceOnlyAsManyTasksAsMayBeWhenMoreWouldFit() {
        TestMaster master = new TestMaster(context -> context.maxTasks(3));
        TestFramework framework = TestFramework.submitting(master);
        TestAgent agent = TestAgent.registered(new TestRelay(master, 1), 100_000, 100 * GIB);
        int template = framework.template(1000, GIB, 0);

        framework.submit(1, 2, template);
        framework.submit(3, 4, template);

        assertEquals(3, agent.launches().size());
        agent.status(framework.id, 1, TaskState.FINISHED);
        assertEquals(3, agent.launches().size());
        framework.acknowledgeAll();
        assertEquals(4, agent.launches().size());
        assertEquals(4, agent.launches().getLast().taskId());
    }

    @Test
    void shouldTellKilledTasksOnceThereIsRoomWhenTheTableIsFull() {
        TestMaster master = new TestMaster(context -> context.maxTasks(1));
        TestFramework first = TestFramework.submitting(master);
        TestAgent agent = TestAgent.registered(new TestRelay(master, 1), 100_000, 100 * GIB);
        first.submit(1, 1, first.template(1000, GIB, 0));
        TestFramework second = TestFramework.submitting(master);
        second.submit(1, 3, second.template(1000, GIB, 0));

        second.kill(1, 3);
        assertTrue(second.all(Inbox.Updated.class).isEmpty());
        agent.status(first.id, 1, TaskState.FINISHED);
        first.acknowledgeAll();
        for (int i = 0; i < 3; i++) {
            master.pass(100);
            second.acknowledgeAll();
        }

        assertEquals(3, second.all(Inbox.Updated.class).size());
        assertEquals(4, master.store.historySize());
    }

    @Test
    void shouldRefuseSubmitsBeyondTheLimits() {
        TestMaster master = new TestMaster(context -> context.maxDemands(1).maxPendingTasks(10));
        TestFramework framework = TestFramework.submitting(master);
        int template = framework.template(1000, GIB, 0);

        framework.submit(1, 11, template);
        framework.submit(1, 10, template);
        framework.submit(11, 1, template);

        assertEquals(2, framework.all(Inbox.Refusal.class).size());
        assertEquals(
                RefusalCode.LIMIT_REACHED, framework.last(Inbox.Refusal.class).code());
        assertTrue(framework.all(Inbox.Refusal.class).get(0).message().contains("maxPendingTasks=10"));
        assertTrue(framework.all(Inbox.Refusal.class).get(1).message().contains("maxDemands=1"));
    }

    @Test
    void shouldRefuseTemplatesBeyondTheLimits() {
        TestMaster master = new TestMaster(context -> context.maxTemplates(1));
        TestFramework framework = TestFramework.submitting(master);
        framework.template(1000, GIB, 0);

        framework.template(1000, GIB, 0);

        Inbox.Refusal refusal = framework.last(Inbox.Refusal.class);
        assertEquals(RefusalCode.LIMIT_REACHED, refusal.code());
        assertTrue(refusal.message().contains("maxTemplates=1"), refusal.message());
    }

    @Test
    void shouldRefuseRelaysBeyondTheLimit() {
        TestMaster master = new TestMaster(context -> context.maxRelays(1));
        new TestRelay(master, 1);

        TestRelay second = new TestRelay(master, 2);

        assertEquals(
                RefusalCode.LIMIT_REACHED,
                second.all(Inbox.Refusal.class).getLast().code());
    }

    @Test
    void shouldNameTheSettingWhenItIsOutOfItsBounds() {
        StateContext context = new StateContext().effects(new NoEffects()).maxAgents(0);

        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, context::conclude);

        assertTrue(error.getMessage().contains("maxAgents=0"), error.getMessage());
    }
}

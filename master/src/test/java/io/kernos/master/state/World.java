package io.kernos.master.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A master with frameworks and agents that do anything, from a seed. */
final class World {
    private static final int FRAMEWORKS = 4;
    private static final int AGENTS = 5;
    private static final int MAX_HEALING_ROUNDS = 100;

    private final Random random;
    private final int steps;
    private final TestMaster master;
    private final List<ModelFramework> frameworks = new ArrayList<>();
    private final List<ModelAgent> agents = new ArrayList<>();
    private final TestRelay[] relays;

    World(long seed, int steps) {
        this.random = new Random(seed);
        this.steps = steps;
        this.master = masterWithSmallLimits();
        this.relays = new TestRelay[] {new TestRelay(master, 1), new TestRelay(master, 2)};
        for (int i = 0; i < FRAMEWORKS; i++) {
            frameworks.add(new ModelFramework(master, random, i));
        }
        for (int i = 0; i < AGENTS; i++) {
            agents.add(new ModelAgent(relays[i % 2], random, i));
        }
    }

    private TestMaster masterWithSmallLimits() {
        int maxPendingTasks = 20 + random.nextInt(60);
        int maxDemands = 3 + random.nextInt(10);
        int maxTemplates = 2 * FRAMEWORKS - 1 + random.nextInt(3);
        int maxOffers = 1 + random.nextInt(2 * AGENTS);
        return new TestMaster(context -> context.maxTasks(120)
                .maxPendingTasks(maxPendingTasks)
                .maxDemands(maxDemands)
                .maxTemplates(maxTemplates)
                .maxOffers(maxOffers)
                .unreachableAfterMs(1_000)
                .agentTimeoutMs(4_000));
    }

    void run() {
        for (int step = 0; step < steps; step++) {
            act();
            deliver();
        }
    }

    /** Nothing more goes wrong: all come back, finish their tasks and acknowledge. */
    void heal() {
        for (ModelFramework framework : frameworks) {
            framework.comeBack();
        }
        for (ModelAgent agent : agents) {
            agent.comeBack();
        }
        int rounds = 0;
        while (!isQuiet()) {
            assertTrue(rounds++ < MAX_HEALING_ROUNDS, this::stuck);
            deliver();
            for (ModelAgent agent : agents) {
                agent.finishAll();
            }
            for (ModelFramework framework : frameworks) {
                framework.acknowledgeAll();
                framework.declineAll(100);
            }
            master.pass(200);
        }
    }

    void assertAllAccountedFor() {
        for (ModelFramework framework : frameworks) {
            for (long taskId : framework.submitted()) {
                TaskState told = framework.toldState(taskId);
                assertNotNull(told, () -> framework + ": task " + taskId + " was never told of");
                assertTrue(TaskStates.isFinal(told), () -> framework + ": task " + taskId + " is " + told);
                assertEquals(told, master.store.ended(framework.id(), taskId), () -> "history of task " + taskId);
            }
        }
        for (ModelAgent agent : agents) {
            agent.assertNothingRuns();
        }
        assertTrue(master.count(MasterCounter.REFUSED_LIMIT_REACHED) > 0, "no limit was met");
        assertEquals(0, master.count(MasterCounter.TASKS_LIVE));
        assertEquals(0, master.count(MasterCounter.TASKS_PENDING));
        assertEquals(0, master.count(MasterCounter.TASKS_UNACKNOWLEDGED));
    }

    private String stuck() {
        return "nothing moves any more: live=" + master.count(MasterCounter.TASKS_LIVE)
                + " pending=" + master.count(MasterCounter.TASKS_PENDING)
                + " unacknowledged=" + master.count(MasterCounter.TASKS_UNACKNOWLEDGED)
                + " agents=" + agents
                + " frameworks=" + frameworks;
    }

    private boolean isQuiet() {
        return master.count(MasterCounter.TASKS_LIVE) == 0
                && master.count(MasterCounter.TASKS_PENDING) == 0
                && master.count(MasterCounter.TASKS_UNACKNOWLEDGED) == 0
                && frameworks.stream().allMatch(ModelFramework::isQuiet)
                && agents.stream().allMatch(ModelAgent::isQuiet);
    }

    private void act() {
        switch (random.nextInt(20)) {
            case 0 -> master.pass(random.nextInt(1_500));
            case 1 -> master.newLeader();
            case 2 -> loseRelay(random.nextInt(relays.length));
            case 3, 4, 5, 6, 7, 8, 9, 10 -> some(agents).act();
            default -> some(frameworks).act();
        }
    }

    private void loseRelay(int index) {
        if (random.nextInt(10) != 0) {
            return;
        }
        if (random.nextBoolean()) {
            master.close(relays[index].session);
        }
        relays[index].connect();
        for (ModelAgent agent : agents) {
            agent.onRelayLost(relays[index]);
        }
    }

    private void deliver() {
        for (TestRelay relay : relays) {
            for (Inbox.Message message : relay.drain()) {
                for (ModelAgent agent : agents) {
                    agent.on(relay, message);
                }
            }
        }
        for (ModelFramework framework : frameworks) {
            framework.takeMessages();
        }
    }

    private <T> T some(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}

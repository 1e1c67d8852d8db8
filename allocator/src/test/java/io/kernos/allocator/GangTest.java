package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that go together or not at all, and demands that do not wait for ever. */
class GangTest {
    private static final long NOW_MS = 1_000;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));

    @BeforeEach
    void addFramework() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(0, 0);
        allocator.frameworks().suppress(0);
    }

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    void shouldPlaceAGangOnAsManyAgentsAsItTakes() {
        addAgents(2, 1, 3);
        add(0, cpu().gang(4), 4);
        assertEquals("d0@a0x2 d0@a1x1 d0@a2x1", decide(NOW_MS));
    }

    @Test
    void shouldPlaceNothingWhenAllAgentsTogetherAreTooSmallForTheGang() {
        addAgents(2, 1);
        add(0, cpu().gang(4), 4);
        assertEquals("", decide(NOW_MS));
        Explanation explanation = new Explanation();
        new Explainer(allocator).explain(0, explanation);
        assertEquals(2, explanation.agents(WaitReason.AGENT_FITS_PART_OF_GANG));
    }

    @Test
    void shouldPlaceAWaitingGangWhenTheLastTaskThatItLackedRoomForFits() {
        addAgents(2, 1);
        allocator.grants().addUsed(0, 0, Resources.of(2_000, 0, 0));
        add(0, cpu().gang(3), 3);
        assertEquals("", decide(NOW_MS));
        allocator.grants().recoverUsed(0, 0, Resources.of(1_000, 0, 0));
        assertEquals("", decide(NOW_MS));
        allocator.grants().recoverUsed(0, 0, Resources.of(1_000, 0, 0));
        assertEquals("d0@a0x2 d0@a1x1", decide(NOW_MS));
    }

    @Test
    void shouldPlaceWholeGangsOnlyWhenThereAreMoreTasks() {
        addAgents(5);
        add(0, cpu().gang(2), 5);
        assertEquals("d0@a0x4", decide(NOW_MS));
        assertEquals(1, allocator.demands().waitingTasks(0));
        allocator.demands().grow(0, 1);
        allocator.agents().add(1, Resources.of(1_000, 0, 0));
        assertEquals("d0@a0x1 d0@a1x1", decide(NOW_MS));
    }

    @Test
    void shouldLetASmallerDemandPassAGangThatDoesNotFit() {
        addAgents(2);
        add(0, cpu().gang(3).priority(1), 3);
        add(1, cpu(), 1);
        assertEquals("d1@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldCountAgainWhenAnotherGangTakesTheIndexOfAShape() {
        addAgents(2);
        add(0, cpu().gang(3), 3);
        assertEquals("", decide(NOW_MS));
        allocator.demands().remove(0);
        add(0, new DemandSpec().perTask(Resources.of(500, 0, 0)).gang(4), 4);
        assertEquals("d0@a0x4", decide(NOW_MS));
    }

    @Test
    void shouldGiveUpWhatWaitsAtTheDeadline() {
        addAgents(1);
        add(0, cpu().deadlineMs(NOW_MS + 10), 3);
        add(1, cpu().gang(2).deadlineMs(NOW_MS + 10), 2);
        assertEquals("d0@a0x1", decide(NOW_MS));
        assertEquals(NOW_MS + 10, allocator.nextDeadlineMs());
        assertEquals("", decide(NOW_MS + 9));
        assertEquals("d0-x2 d1-x2", decide(NOW_MS + 10));
        assertEquals(Allocator.NO_DEADLINE, allocator.nextDeadlineMs());
        assertEquals(0, allocator.demands().waitingTasks(0));
    }

    @Test
    void shouldGiveUpAtOnceWhenTasksAreAddedAfterTheDeadline() {
        addAgents(1);
        add(0, cpu().deadlineMs(NOW_MS), 0);
        allocator.demands().grow(0, 2);
        assertEquals("d0-x2", decide(NOW_MS));
    }

    private static DemandSpec cpu() {
        return new DemandSpec().perTask(Resources.of(1_000, 0, 0));
    }

    private void add(int demand, DemandSpec spec, int tasks) {
        allocator.demands().add(demand, 0, spec, tasks);
    }

    private void addAgents(long... cpus) {
        for (int agent = 0; agent < cpus.length; agent++) {
            allocator.agents().add(agent, Resources.of(cpus[agent] * 1_000, 0, 0));
        }
    }

    private String decide(long nowMs) {
        allocator.allocate(nowMs);
        return decisions.take();
    }
}

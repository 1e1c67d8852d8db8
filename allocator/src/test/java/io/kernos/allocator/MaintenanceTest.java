package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scenarios of maintenance; those that Mesos tests are displayed under the name of its test. */
class MaintenanceTest {
    private static final long DAY_MS = 86_400_000;
    private static final long START_MS = 61_000;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));
    private final MaintenanceEvents maintenance = allocator.maintenance();
    private long nowMs = 1_000;

    @BeforeEach
    void addFramework() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(0, 0);
    }

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    @DisplayName("MaintenanceInverseOffers")
    void shouldAskWhoHasSomethingThereAndNobodyElse() {
        allocator.agents().add(0, machine());
        allocator.agents().add(1, machine());
        decide();
        allocator.filters().add(0, 1, machine(), nowMs + DAY_MS);
        allocator.grants().recoverOffered(1, 0, machine());
        maintenance.schedule(0, START_MS, 10);
        maintenance.schedule(1, START_MS, MaintenanceEvents.FOREVER_MS);
        assertEquals(List.of("f0@a0 61000+10"), asked());
        assertEquals(List.of(), asked());
    }

    @Test
    @DisplayName("AddAgentWithUnknownFrameworkAndMaintenance")
    void shouldGoOnWhenWhatAnUnknownFrameworkUsesIsToldLater() {
        allocator.agents().add(0, machine());
        allocator.agents().setActive(0, false);
        maintenance.schedule(0, nowMs + 365 * DAY_MS, 10);
        allocator.agents().add(1, machine());
        assertEquals(List.of(), asked());
        maintenance.schedule(1, START_MS, 10);
        assertEquals(List.of("f0@a1 61000+10"), asked());
        allocator.frameworks().add(7, 0);
        allocator.grants().addUsed(0, 7, machine());
        assertEquals(List.of("f7@a0 31536001000+10"), asked());
    }

    @Test
    void shouldAskAgainWhenTheFilterOfAnAnswerHasEnded() {
        askAboutAgent0();
        maintenance.answer(0, 0, InverseAnswer.DECLINED, nowMs + 5);
        assertEquals(InverseAnswer.DECLINED, maintenance.answerOf(0, 0));
        assertEquals(List.of(), asked());
        assertEquals(nowMs + 5, allocator.nextDeadlineMs());
        nowMs += 5;
        assertEquals(1, allocator.advanceTime(nowMs));
        assertEquals(List.of("f0@a0 61000+10"), asked());
        maintenance.answer(0, 0, InverseAnswer.ACCEPTED, 0);
        assertEquals(InverseAnswer.ACCEPTED, maintenance.answerOf(0, 0));
        assertEquals(List.of("f0@a0 61000+10"), asked());
    }

    @Test
    void shouldKeepTheAnswerWhenAnInverseOfferIsRescinded() {
        askAboutAgent0();
        maintenance.answer(0, 0, InverseAnswer.ACCEPTED, 0);
        asked();
        maintenance.answer(0, 0, InverseAnswer.UNKNOWN, nowMs + 5);
        maintenance.answer(0, 0, InverseAnswer.DECLINED, 0);
        assertEquals(InverseAnswer.ACCEPTED, maintenance.answerOf(0, 0));
    }

    @Test
    void shouldAskAnewWhenTheWindowChanges() {
        askAboutAgent0();
        maintenance.answer(0, 0, InverseAnswer.ACCEPTED, nowMs + DAY_MS);
        maintenance.schedule(0, START_MS + 1, 10);
        assertEquals(InverseAnswer.UNKNOWN, maintenance.answerOf(0, 0));
        assertEquals(List.of("f0@a0 61001+10"), asked());
        maintenance.unschedule(0);
        assertFalse(maintenance.isScheduled(0));
        assertEquals(List.of(), asked());
        assertThrows(IllegalStateException.class, () -> maintenance.answerOf(0, 0));
    }

    @Test
    void shouldAskNobodyWhoIsNotActiveUntilItIs() {
        askAboutAgent0();
        allocator.frameworks().deactivate(0);
        maintenance.answer(0, 0, InverseAnswer.DECLINED, 0);
        assertEquals(List.of(), asked());
        allocator.frameworks().activate(0);
        assertEquals(List.of("f0@a0 61000+10"), asked());
    }

    @Test
    void shouldAskAgainWhenRevived() {
        askAboutAgent0();
        maintenance.answer(0, 0, InverseAnswer.DECLINED, nowMs + DAY_MS);
        assertEquals(List.of(), asked());
        allocator.frameworks().revive(0);
        assertEquals(List.of("f0@a0 61000+10"), asked());
    }

    @Test
    void shouldAskNoMoreWhenAllIsRecovered() {
        askAboutAgent0();
        allocator.grants().recoverOffered(0, 0, machine());
        allocator.agents().setHeld(0, AgentHold.DRAINING, true);
        maintenance.answer(0, 0, InverseAnswer.ACCEPTED, 0);
        assertEquals(List.of(), asked());
        assertTrue(allocator.agents().isDrained(0));
    }

    private void askAboutAgent0() {
        allocator.agents().add(0, machine());
        maintenance.schedule(0, START_MS, 10);
        assertEquals(List.of("f0@a0 61000+10"), asked());
    }

    private List<String> asked() {
        decide();
        List<String> asked = List.copyOf(decisions.inverse);
        decisions.inverse.clear();
        return asked;
    }

    private void decide() {
        allocator.allocate(nowMs);
        decisions.take();
    }

    private static Resources machine() {
        return Resources.of(1_000, 512L << 20, 0);
    }
}

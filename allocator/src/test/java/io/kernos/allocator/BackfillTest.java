package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Room is reserved for the first of those who wait, and others go before it where that does not delay it. */
class BackfillTest {
    private static final long NOW_MS = 1_000;
    private static final long OVERRUN_MS = 50;
    private static final int FIRST = 0;
    private static final int SECOND = 1;

    private final Decisions decisions = new Decisions();
    private Allocator allocator = newAllocator();

    @BeforeEach
    void addFrameworks() {
        addFrameworks(allocator);
    }

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    void shouldReserveRoomForAGangFromWhenItWillFit() {
        addAgents(1, 1, 1);
        add(0, FIRST, cpu().durationMs(100), 1);
        add(1, FIRST, cpu().durationMs(200), 1);
        add(2, FIRST, cpu().durationMs(300), 1);
        assertEquals("d0@a0x1 d1@a1x1 d2@a2x1", decide(NOW_MS));
        add(5, SECOND, cpu().gang(2).reserved(true), 2);
        assertEquals("", decide(NOW_MS));
        assertEquals(5, allocator.backfill().head());
        assertEquals(NOW_MS + 200, allocator.backfill().headStartMs());
        assertEquals("a0x1 a1x1", room());
    }

    @Test
    void shouldLetOthersGoBeforeTheHeadOnlyWhenTheyEndInTime() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(1, FIRST, cpu(), 1);
        add(2, FIRST, cpu().durationMs(101), 1);
        assertEquals("", decide(NOW_MS));
        add(3, FIRST, cpu().durationMs(100), 1);
        assertEquals("d3@a0x1", decide(NOW_MS));
        assertEquals(NOW_MS + 100, allocator.backfill().headStartMs());
    }

    @Test
    void shouldLetOthersNoLongerGoBeforeTheHeadWhenTimeHasPassed() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(1, FIRST, cpu().durationMs(60), 1);
        assertEquals("", decide(NOW_MS + 41));
    }

    @Test
    void shouldLetOthersHaveWhatTheHeadDoesNotNeed() {
        allocator.agents().add(0, Resources.of(3_000, 100, 0));
        add(0, FIRST, cpu().durationMs(100), 2);
        assertEquals("d0@a0x2", decide(NOW_MS));
        add(5, SECOND, new DemandSpec().perTask(Resources.of(2_000, 0, 0)).reserved(true), 1);
        add(1, FIRST, cpu(), 2);
        add(2, FIRST, new DemandSpec().perTask(Resources.of(0, 100, 0)), 1);
        assertEquals("d1@a0x1 d2@a0x1", decide(NOW_MS));
        assertEquals(NOW_MS + 100, allocator.backfill().headStartMs());
    }

    @Test
    void shouldLeaveAgentsAloneThatTheHeadWillNotUse() {
        addAgents(1, 2);
        add(0, FIRST, new DemandSpec().perTask(Resources.of(2_000, 0, 0)).durationMs(100), 1);
        assertEquals("d0@a1x1", decide(NOW_MS));
        add(5, SECOND, new DemandSpec().perTask(Resources.of(2_000, 0, 0)).reserved(true), 1);
        add(1, FIRST, cpu(), 1);
        assertEquals("d1@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldStartTheHeadEarlierWhenTasksEndEarlier() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(1, FIRST, cpu(), 2);
        end(0, 1, NOW_MS + 100);
        assertEquals("d5@a0x1 d5@a1x1", decide(NOW_MS + 10));
    }

    @Test
    void shouldKeepTheRoomForTheHeadWhenAnotherHasLess() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        allocator.grants().addUsed(2, SECOND, Resources.of(1_000, 0, 0));
        add(1, FIRST, cpu(), 2);
        assertEquals("", decide(NOW_MS + 50));
        end(0, 1, NOW_MS + 100);
        assertEquals("d5@a0x1 d5@a1x1", decide(NOW_MS + 100));
    }

    @Test
    void shouldPlaceTheHeadWhenItFitsAndOthersWantTheSame() {
        addAgents(1, 1);
        add(0, FIRST, cpu(), 1);
        add(5, SECOND, cpu().gang(2).reserved(true), 2);
        assertEquals("d5@a0x1 d5@a1x1", decide(NOW_MS));
    }

    @Test
    void shouldPushTheHeadWhenATaskOverruns() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(1, FIRST, cpu().durationMs(40), 1);
        assertEquals("", decide(NOW_MS + 99));
        assertEquals(NOW_MS + 100, allocator.nextDeadlineMs());
        assertEquals(1, allocator.advanceTime(NOW_MS + 100));
        assertEquals("d1@a0x1", decide(NOW_MS + 100));
        assertEquals(NOW_MS + 100 + OVERRUN_MS, allocator.backfill().headStartMs());
    }

    @Test
    void shouldReserveForTheNextWhenTheHeadIsTakenBack() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(6, FIRST, cpu().gang(2).sequence(1).reserved(true), 2);
        add(1, FIRST, cpu().sequence(2), 1);
        assertEquals("", decide(NOW_MS));
        allocator.demands().remove(5);
        assertEquals("", decide(NOW_MS));
        assertEquals(6, allocator.backfill().head());
        allocator.demands().remove(6);
        assertEquals("d1@a0x1", decide(NOW_MS));
        assertEquals(BackfillEvents.NO_DEMAND, allocator.backfill().head());
    }

    @Test
    void shouldReserveForTheHighestPriorityThenTheLowestSequence() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(6, FIRST, cpu().gang(2).priority(1).sequence(9).reserved(true), 2);
        add(7, FIRST, cpu().gang(2).priority(1).sequence(8).reserved(true), 2);
        decide(NOW_MS);
        assertEquals(7, allocator.backfill().head());
    }

    @Test
    void shouldKeepRoomFromEqualTasksThatAreNotTheHead() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(6, FIRST, cpu().gang(2).sequence(9).reserved(true), 2);
        assertEquals("", decide(NOW_MS));
        end(0, 1, NOW_MS + 100);
        assertEquals("d5@a0x1 d5@a1x1", decide(NOW_MS + 50));
    }

    @Test
    void shouldReserveNothingWhenItIsNotKnownThatEnoughTasksEnd() {
        addAgents(1, 1);
        add(0, FIRST, cpu(), 1);
        assertEquals("d0@a0x1", decide(NOW_MS));
        add(5, SECOND, cpu().gang(2).reserved(true), 2);
        add(1, FIRST, cpu(), 1);
        assertEquals("d1@a1x1", decide(NOW_MS));
        assertEquals(BackfillEvents.NO_DEMAND, allocator.backfill().head());
        assertEquals(Allocator.NO_DEADLINE, allocator.backfill().headStartMs());
    }

    @Test
    void shouldReserveNothingForWhoMayNotHaveMore() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        decide(NOW_MS);
        allocator.quotas().set(SECOND, new Quota().limit(ResourceKinds.CPUS, 1_000), false);
        add(1, FIRST, cpu(), 1);
        assertEquals("d1@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldOfferOnlyWhatIsLeftBesideTheHead() {
        allocator.agents().add(0, Resources.of(4_000, 0, 0).addRange(ResourceKinds.PORTS, 1, 3));
        add(0, FIRST, cpu().durationMs(100), 2);
        decide(NOW_MS);
        DemandSpec large = new DemandSpec().perTask(Resources.of(3_000, 0, 0)).ports(2);
        add(5, SECOND, large.reserved(true), 1);
        allocator.frameworks().revive(FIRST);
        assertEquals("f0@a0", decide(NOW_MS));
        assertEquals(Resources.of(1_000, 0, 0).addRange(ResourceKinds.PORTS, 3, 3), decisions.last);
        assertEquals(NOW_MS + 100, allocator.backfill().headStartMs());
    }

    @Test
    void shouldSayForWhomRoomIsReservedAndFromWhenOn() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(1, FIRST, cpu(), 1);
        decide(NOW_MS);
        Explanation explanation = explain(1);
        assertEquals(1, explanation.agents(WaitReason.AGENT_RESERVED));
        assertEquals(5, explanation.reservedFor());
        assertEquals(NOW_MS + 100, explanation.reservedFromMs());
        assertEquals(5, explain(5).reservedFor());
        assertEquals(1, explain(5).agents(WaitReason.AGENT_FITS_PART_OF_GANG));
        OfferExplanation offers = new OfferExplanation();
        new OfferExplainer(allocator).explain(FIRST, offers);
        assertEquals(1, offers.agents(OfferReason.AGENT_RESERVED));
    }

    @Test
    void shouldDecideTheSameWhenRebuilt() {
        gangWaitsForAgentOneUntil(NOW_MS + 100);
        add(1, FIRST, cpu().durationMs(100), 0);
        decide(NOW_MS);
        Allocator first = allocator;
        allocator = newAllocator();
        addFrameworks(allocator);
        addAgents(1, 1, 1);
        allocator.grants().addUsed(1, FIRST, Resources.of(1_000, 0, 0));
        add(0, FIRST, cpu().durationMs(100), 0);
        add(5, SECOND, cpu().gang(2).reserved(true), 2);
        first.backfill().forEachRun(allocator.backfill()::ran);
        allocator.agents().setActive(2, false);
        add(1, FIRST, cpu().durationMs(100), 1);
        assertEquals("d1@a0x1", decide(NOW_MS));
        assertEquals(first.backfill().headStartMs(), allocator.backfill().headStartMs());
    }

    @Test
    void shouldRefuseToReserveForTasksThatNameNumbers() {
        DemandSpec named = new DemandSpec().perTask(new Resources().addRange(ResourceKinds.PORTS, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> allocator.demands().add(0, FIRST, named.reserved(true), 1));
    }

    @Test
    void shouldRefuseToForgetTasksThatAreExpectedToEnd() {
        addAgents(1);
        add(0, FIRST, cpu().durationMs(100), 1);
        decide(NOW_MS);
        assertThrows(IllegalStateException.class, () -> allocator.demands().remove(0));
        assertThrows(IllegalArgumentException.class, () -> allocator.backfill().ended(0, 0, 1, NOW_MS));
        end(0, 0, NOW_MS + 100);
        allocator.demands().remove(0);
    }

    /** Agents 0 and 1 are in question; 0 is free, and 1 will be. */
    private void gangWaitsForAgentOneUntil(long endMs) {
        addAgents(1, 1, 1);
        allocator.agents().setActive(0, false);
        allocator.agents().setActive(2, false);
        add(0, FIRST, cpu().durationMs(endMs - NOW_MS), 1);
        assertEquals("d0@a1x1", decide(NOW_MS));
        allocator.agents().setActive(0, true);
        add(5, SECOND, cpu().gang(2).reserved(true), 2);
    }

    private static Allocator newAllocator(Decisions decisions) {
        return new Allocator(new AllocatorContext().handler(decisions).overrunMs(OVERRUN_MS));
    }

    private Allocator newAllocator() {
        return newAllocator(decisions);
    }

    private static void addFrameworks(Allocator allocator) {
        for (int framework = FIRST; framework <= SECOND; framework++) {
            allocator.roles().add(framework, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(framework, framework);
            allocator.frameworks().suppress(framework);
        }
    }

    private static DemandSpec cpu() {
        return new DemandSpec().perTask(Resources.of(1_000, 0, 0));
    }

    private void add(int demand, int framework, DemandSpec spec, int tasks) {
        allocator.demands().add(demand, framework, spec, tasks);
    }

    private void end(int demand, int agent, long endMs) {
        allocator.grants().recoverUsed(agent, FIRST, Resources.of(1_000, 0, 0));
        allocator.backfill().ended(demand, agent, 1, endMs);
    }

    private void addAgents(long... cpus) {
        for (int agent = 0; agent < cpus.length; agent++) {
            allocator.agents().add(agent, Resources.of(cpus[agent] * 1_000, 0, 0));
        }
    }

    private String room() {
        StringBuilder text = new StringBuilder();
        allocator
                .backfill()
                .forEachRoom((agent, tasks) -> text.append(text.isEmpty() ? "a" : " a")
                        .append(agent)
                        .append('x')
                        .append(tasks));
        return text.toString();
    }

    private Explanation explain(int demand) {
        Explanation explanation = new Explanation();
        new Explainer(allocator).explain(demand, explanation);
        return explanation;
    }

    private String decide(long nowMs) {
        allocator.allocate(nowMs);
        return decisions.take();
    }
}

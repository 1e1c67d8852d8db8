package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks of lower priority make place for those of higher priority. */
class PreemptionTest {
    private static final long NOW_MS = 1_000;
    private static final long WINDOW_MS = 100;
    private static final long HOLD_MS = 30;
    private static final int LOW = 0;
    private static final int HIGH = 1;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext()
            .handler(decisions)
            .preemptionBudget(2, WINDOW_MS)
            .preemptionHoldMs(HOLD_MS));

    @BeforeEach
    void addFrameworks() {
        for (int framework = LOW; framework <= HIGH; framework++) {
            allocator.roles().add(framework, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(framework, framework);
            allocator.frameworks().suppress(framework);
        }
    }

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    void shouldTakeThePlaceOfATaskOfLowerPriorityWhenNothingElseFits() {
        addAgents(2);
        addLow(0, 1, 1_000, 2);
        assertEquals("d0@a0x2", decide(NOW_MS));
        addHigh(5, 2, 1_000, 1);
        assertEquals("d0@a0x1>d5", decide(NOW_MS));
        assertEquals(1, allocator.demands().waitingTasks(5));
        assertEquals(1, allocator.preemption().claimedTasks(5));
        end(0, 0, 1_000);
        assertEquals("d5@a0x1", decide(NOW_MS + 1));
        assertEquals(0, allocator.demands().waitingTasks(5));
    }

    @Test
    void shouldLetNobodyElseHaveWhatComesFreeWhenAPlaceIsMade() {
        addAgents(2);
        addLow(0, 1, 1_000, 2);
        decide(NOW_MS);
        addLow(1, 0, 500, 1);
        addHigh(5, 2, 2_000, 1);
        assertEquals("d0@a0x2>d5", decide(NOW_MS));
        end(0, 0, 1_000);
        assertEquals("", decide(NOW_MS));
        end(0, 0, 1_000);
        assertEquals("d5@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldGiveThePlaceUpWhenItsTimeIsOver() {
        addAgents(1);
        addLow(0, 1, 500, 2);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 1);
        decide(NOW_MS);
        end(0, 0, 500);
        addLow(1, 0, 500, 1);
        assertEquals("", decide(NOW_MS + HOLD_MS - 1));
        assertEquals(NOW_MS + HOLD_MS, allocator.nextDeadlineMs());
        assertEquals("d1@a0x1", decide(NOW_MS + HOLD_MS));
    }

    @Test
    void shouldLeaveTasksAloneWhenTheyAreNotLowerOrNotPreemptible() {
        addAgents(2);
        addLow(0, 2, 1_000, 1);
        allocator.demands().add(1, LOW, spec(0, 1_000), 1);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 1);
        assertEquals("", decide(NOW_MS));
    }

    @Test
    void shouldTakeTheLowestPriorityFirstAndSpareWhomItCanSpare() {
        addAgents(4);
        addLow(0, 1, 1_000, 1);
        addLow(1, 2, 3_000, 1);
        decide(NOW_MS);
        addHigh(5, 3, 3_000, 1);
        assertEquals("d1@a0x1>d5", decide(NOW_MS));
    }

    @Test
    void shouldChooseTheAgentWhereTheLowestPriorityThenFewestMustLeave() {
        addAgents(1, 1, 1);
        addLow(0, 2, 1_000, 1);
        addLow(1, 1, 500, 2);
        addLow(2, 1, 1_000, 1);
        assertEquals("d0@a0x1 d1@a1x2 d2@a2x1", decide(NOW_MS));
        addHigh(5, 3, 1_000, 1);
        assertEquals("d2@a2x1>d5", decide(NOW_MS));
    }

    @Test
    void shouldTellNobodyWhenEnoughIsLeavingAlready() {
        addAgents(2);
        addLow(0, 1, 2_000, 1);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 2);
        assertEquals("d0@a0x1>d5", decide(NOW_MS));
        assertEquals(2, allocator.preemption().claimedTasks(5));
        end(0, 0, 2_000);
        assertEquals("d5@a0x1 d5@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldPlaceAtOnceWhatLacksNothingThatIsStillToCome() {
        allocator.agents().add(0, Resources.of(1_000, 100, 0));
        addLow(0, 1, 1_000, 1);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 1);
        decide(NOW_MS);
        DemandSpec memoryOnly = new DemandSpec().priority(2).perTask(Resources.of(0, 100, 0));
        allocator.demands().add(6, HIGH, memoryOnly.preempting(true), 1);
        assertEquals("d6@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldKeepToTheBudgetOfARoleUntilTheWindowIsOver() {
        addAgents(3);
        addLow(0, 1, 1_000, 3);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 3);
        assertEquals("d0@a0x1>d5 d0@a0x1>d5", decide(NOW_MS));
        assertEquals("", decide(NOW_MS + HOLD_MS - 1));
        end(0, 0, 1_000);
        end(0, 0, 1_000);
        assertEquals("d5@a0x1 d5@a0x1", decide(NOW_MS + HOLD_MS - 1));
        assertEquals(NOW_MS + WINDOW_MS, allocator.nextDeadlineMs());
        assertEquals("d0@a0x1>d5", decide(NOW_MS + WINDOW_MS));
    }

    @Test
    void shouldLeaveARoleWhatIsGuaranteedToIt() {
        addAgents(2);
        addLow(0, 1, 1_000, 2);
        decide(NOW_MS);
        allocator.quotas().set(LOW, new Quota().guarantee(ResourceKinds.CPUS, 1_000), false);
        addHigh(5, 2, 1_000, 2);
        assertEquals("d0@a0x1>d5", decide(NOW_MS));
    }

    @Test
    void shouldNotPreemptWhenItsOwnLimitForbids() {
        addAgents(1);
        addLow(0, 1, 1_000, 1);
        decide(NOW_MS);
        allocator.quotas().set(HIGH, new Quota().limit(ResourceKinds.CPUS, 500), false);
        addHigh(5, 2, 1_000, 1);
        assertEquals("", decide(NOW_MS));
    }

    @Test
    void shouldGiveThePlaceUpWhenTheDemandIsTakenBack() {
        addAgents(1);
        addLow(0, 1, 1_000, 1);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 1);
        decide(NOW_MS);
        allocator.demands().remove(5);
        end(0, 0, 1_000);
        addLow(1, 0, 1_000, 1);
        assertEquals("d1@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldSayWhatIsBeingMadeWhenAskedWhyADemandWaits() {
        addAgents(1);
        addLow(0, 1, 1_000, 1);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 1);
        decide(NOW_MS);
        Explanation explanation = explain(5);
        assertEquals(1, explanation.claimedTasks());
        assertEquals(1, explanation.agents(WaitReason.AGENT_AWAITS_PREEMPTED));
    }

    @Test
    void shouldSayWhatIsAgainstAPlaceOnEachAgent() {
        addAgents(1, 1, 1, 1);
        addLow(0, 1, 1_000, 2);
        addLow(1, 3, 1_000, 1);
        assertEquals("d1@a0x1 d0@a1x1 d0@a2x1", decide(NOW_MS));
        allocator.agents().setHeld(3, AgentHold.DRAINING, true);
        addHigh(5, 2, 1_000, 1);
        Explanation explanation = explain(5);
        assertEquals(2, explanation.agents(PreemptionReason.POSSIBLE));
        assertEquals(1, explanation.agents(PreemptionReason.NOTHING_TO_GAIN));
        assertEquals(1, explanation.agents(PreemptionReason.NOT_TAKEN));
        allocator.quotas().set(LOW, new Quota().guarantee(ResourceKinds.CPUS, 3_000), false);
        assertEquals(2, explain(5).agents(PreemptionReason.GUARANTEED));
    }

    @Test
    void shouldSayThatTheBudgetIsSpent() {
        addAgents(3);
        addLow(0, 1, 1_000, 3);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 3);
        decide(NOW_MS);
        Explanation explanation = explain(5);
        assertEquals(1, explanation.agents(PreemptionReason.BUDGET_SPENT));
        assertEquals(2, explanation.claimedTasks());
    }

    @Test
    void shouldRefuseToForgetTasksThatRunWhenTheyMayHaveToLeave() {
        addAgents(1);
        addLow(0, 1, 1_000, 1);
        decide(NOW_MS);
        assertThrows(IllegalStateException.class, () -> allocator.demands().remove(0));
        end(0, 0, 1_000);
        allocator.demands().remove(0);
        assertEquals("", decide(NOW_MS));
    }

    @Test
    void shouldMakePlaceForAWholeGangOrForNone() {
        addAgents(1, 1, 1);
        addLow(0, 1, 1_000, 3);
        assertEquals("d0@a0x1 d0@a1x1 d0@a2x1", decide(NOW_MS));
        allocator.demands().add(5, HIGH, spec(2, 1_000).gang(2).preempting(true), 2);
        allocator.demands().add(6, HIGH, spec(2, 1_000).gang(3).sequence(1).preempting(true), 3);
        assertEquals("d0@a0x1>d5 d0@a1x1>d5", decide(NOW_MS));
        end(0, 0, 1_000);
        assertEquals("", decide(NOW_MS));
        end(0, 1, 1_000);
        assertEquals("d5@a0x1 d5@a1x1", decide(NOW_MS));
    }

    @Test
    void shouldMakeNoPlaceForAGangWhenTheBudgetDoesNotSufficeForAll() {
        addAgents(1, 1, 1);
        addLow(0, 1, 1_000, 3);
        decide(NOW_MS);
        allocator.demands().add(5, HIGH, spec(2, 1_000).gang(3).preempting(true), 3);
        assertEquals("", decide(NOW_MS));
        assertEquals(0, allocator.preemption().claimedTasks(5));
        addHigh(6, 2, 1_000, 2);
        assertEquals("d0@a0x1>d6 d0@a1x1>d6", decide(NOW_MS));
    }

    @Test
    void shouldMakeNoPlaceForAGangWhenAGuaranteeKeepsOneOfItsVictims() {
        addAgents(1, 1);
        addLow(0, 1, 1_000, 2);
        decide(NOW_MS);
        allocator.quotas().set(LOW, new Quota().guarantee(ResourceKinds.CPUS, 1_000), false);
        allocator.demands().add(5, HIGH, spec(2, 1_000).gang(2).preempting(true), 2);
        assertEquals("", decide(NOW_MS));
    }

    @Test
    void shouldKeepWhatIsFreeForAGangWhenTheRestIsBeingFreed() {
        addAgents(2, 1);
        addLow(0, 1, 1_000, 1);
        allocator.demands().add(1, LOW, spec(3, 1_000), 1);
        assertEquals("d1@a0x1 d0@a0x1", decide(NOW_MS));
        allocator.demands().add(5, HIGH, spec(2, 1_000).gang(2).preempting(true), 2);
        assertEquals("d0@a0x1>d5", decide(NOW_MS));
        addLow(2, 0, 1_000, 1);
        assertEquals("", decide(NOW_MS));
        end(0, 0, 1_000);
        assertEquals("d5@a1x1 d5@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldGiveUpAllPlacesOfAGangWhenOneOfItsAgentsGoes() {
        addAgents(2, 1);
        addLow(0, 1, 1_000, 1);
        allocator.demands().add(1, LOW, spec(3, 1_000), 1);
        decide(NOW_MS);
        allocator.demands().add(5, HIGH, spec(2, 1_000).gang(2).preempting(true), 2);
        decide(NOW_MS);
        allocator.agents().remove(1);
        assertEquals(0, allocator.preemption().claimedTasks(5));
    }

    @Test
    void shouldLetTasksWithSpecialResourcesMakePlace() {
        int disk = allocator.traits().intern(Trait.PLAIN.on(new DiskSource(DiskSource.Kind.MOUNT, 1)));
        Resources special = Resources.of(0, 0, 100);
        allocator.agents().add(0, Resources.of(1_000, 0, 0).add(disk, special));
        Resources both = Resources.of(1_000, 0, 0).add(disk, special);
        allocator
                .demands()
                .add(0, LOW, new DemandSpec().priority(1).perTask(both).preemptible(true), 1);
        assertEquals("d0@a0x1", decide(NOW_MS));
        addHigh(5, 2, 1_000, 1);
        assertEquals("d0@a0x1>d5", decide(NOW_MS));
        allocator.grants().recoverUsed(0, LOW, both);
        allocator.preemption().ended(0, 0, 1);
        assertEquals("d5@a0x1", decide(NOW_MS));
    }

    @Test
    void shouldTellFrameworksThatTheAgentWaitsForOthersToLeave() {
        addAgents(1);
        addLow(0, 1, 1_000, 1);
        decide(NOW_MS);
        addHigh(5, 2, 1_000, 1);
        decide(NOW_MS);
        OfferExplanation explanation = new OfferExplanation();
        new OfferExplainer(allocator).explain(LOW, explanation);
        assertEquals(1, explanation.agents(OfferReason.AGENT_AWAITS_PREEMPTED));
        assertEquals(0, explanation.agents(OfferReason.AGENT_OVERCOMMITTED));
    }

    @Test
    void shouldRefuseGangsThatArePreempted() {
        DemandSpec gang = spec(1, 1_000).gang(2).preemptible(true);
        assertThrows(IllegalArgumentException.class, () -> allocator.demands().add(0, HIGH, gang, 2));
    }

    private Explanation explain(int demand) {
        Explanation explanation = new Explanation();
        new Explainer(allocator).explain(demand, explanation);
        return explanation;
    }

    private static DemandSpec spec(int priority, long cpusMilli) {
        return new DemandSpec().priority(priority).perTask(Resources.of(cpusMilli, 0, 0));
    }

    private void addLow(int demand, int priority, long cpusMilli, int tasks) {
        allocator.demands().add(demand, LOW, spec(priority, cpusMilli).preemptible(true), tasks);
    }

    private void addHigh(int demand, int priority, long cpusMilli, int tasks) {
        allocator.demands().add(demand, HIGH, spec(priority, cpusMilli).preempting(true), tasks);
    }

    private void end(int demand, int agent, long cpusMilli) {
        allocator.grants().recoverUsed(agent, LOW, Resources.of(cpusMilli, 0, 0));
        allocator.preemption().ended(demand, agent, 1);
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

package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocatorTest {
    private static final long GIB = 1L << 30;
    private static final long NOW_MS = 1_000;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    void shouldOfferAllThatIsFreeWhenAFrameworkIsWilling() {
        allocator.agents().add(0, machine());
        addFramework(0, 0);
        assertEquals(1, allocator.allocate(NOW_MS));
        assertEquals(machine(), decisions.grants.getFirst().resources());
        assertEquals("f0@a0", decisions.take());
        assertEquals(0, allocator.allocate(NOW_MS));
    }

    @Test
    void shouldOfferEachAgentToWhoHasLeastWhenSeveralAreWilling() {
        addFramework(0, 0);
        addFramework(1, 1);
        addAgents(4);
        assertEquals("f0@a0 f1@a1 f0@a2 f1@a3", decide());
    }

    @Test
    void shouldGiveTwiceAsMuchWhenTheWeightIsTwice() {
        addFramework(0, 0);
        addFramework(1, 1);
        allocator.roles().updateWeight(1, 2 * Allocator.WEIGHT_MILLI_DEFAULT);
        addAgents(6);
        assertEquals("f0@a0 f1@a1 f1@a2 f0@a3 f1@a4 f1@a5", decide());
        assertEquals(allocator.roles().share(0), allocator.roles().share(1));
    }

    @Test
    void shouldServeTheRoleBeforeTheFrameworkWhenARoleHasMoreFrameworks() {
        addFramework(0, 0);
        allocator.frameworks().add(1, 0);
        addFramework(2, 1);
        addAgents(4);
        assertEquals("f0@a0 f2@a1 f1@a2 f2@a3", decide());
    }

    @Test
    void shouldCompareDominantKindsWhenTasksDiffer() {
        allocator.agents().add(0, Resources.of(9_000, 18 * GIB, 0));
        addFramework(0, 0);
        addFramework(1, 1);
        allocator.frameworks().suppress(0);
        allocator.frameworks().suppress(1);
        allocator.demands().add(0, 0, 0, Resources.of(1_000, 4 * GIB, 0), 0, 100);
        allocator.demands().add(1, 1, 0, Resources.of(3_000, GIB, 0), 0, 100);
        allocator.allocate(NOW_MS);
        assertEquals(97, allocator.demands().waitingTasks(0));
        assertEquals(98, allocator.demands().waitingTasks(1));
        assertEquals(12.0 / 18, allocator.roles().share(0));
        assertEquals(6.0 / 9, allocator.roles().share(1));
    }

    @Test
    void shouldNotOfferAgainWhenDeclinedWithAFilter() {
        addFramework(0, 0);
        addAgents(1);
        decide();
        allocator.filters().add(0, 0, machine(), NOW_MS + 5_000);
        allocator.grants().recoverOffered(0, 0, machine());
        assertEquals("", decide());
        assertEquals(NOW_MS + 5_000, allocator.nextDeadlineMs());
        assertEquals(0, allocator.advanceTime(NOW_MS + 4_999));
        assertEquals(1, allocator.advanceTime(NOW_MS + 5_000));
        assertEquals(Allocator.NO_DEADLINE, allocator.nextDeadlineMs());
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldOfferToAnotherWhenTheOneWithLeastHasAFilter() {
        addFramework(0, 0);
        addFramework(1, 1);
        addAgents(1);
        allocator.filters().add(0, 0, machine(), NOW_MS + 5_000);
        assertEquals("f1@a0", decide());
    }

    @Test
    void shouldKeepTheLaterEndWhenFilteredTwice() {
        addFramework(0, 0);
        addAgents(1);
        allocator.filters().add(0, 0, machine(), NOW_MS + 500);
        allocator.filters().add(0, 0, machine(), NOW_MS + 700);
        allocator.filters().add(0, 0, machine(), NOW_MS + 600);
        assertEquals(NOW_MS + 700, allocator.nextDeadlineMs());
    }

    @Test
    void shouldForgetFiltersWhenRevived() {
        addFramework(0, 0);
        addAgents(1);
        allocator.filters().add(0, 0, machine(), NOW_MS + 5_000);
        assertEquals("", decide());
        allocator.frameworks().revive(0);
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldRefuseAFilterWhenThereAreTooMany() {
        Allocator small =
                new Allocator(new AllocatorContext().handler(decisions).maxFilters(1));
        small.roles().add(0, 1_000);
        small.frameworks().add(0, 0);
        small.agents().add(0, machine());
        small.agents().add(1, machine());
        assertTrue(small.filters().add(0, 0, machine(), NOW_MS));
        assertFalse(small.filters().add(0, 1, machine(), NOW_MS));
        assertTrue(small.filters().add(0, 0, machine(), NOW_MS + 1));
        small.verify();
    }

    @Test
    void shouldMakeNoOffersWhenSuppressedAndAgainWhenRevived() {
        addFramework(0, 0);
        allocator.frameworks().suppress(0);
        addAgents(1);
        assertEquals("", decide());
        allocator.frameworks().revive(0);
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldGiveNothingWhenAFrameworkIsNotActive() {
        addFramework(0, 0);
        allocator.demands().add(0, 0, 0, Resources.of(1_000, 0, 0), 0, 1);
        allocator.frameworks().deactivate(0);
        addAgents(1);
        assertEquals("", decide());
        allocator.frameworks().activate(0);
        assertEquals("d0@a0x1 f0@a0", decide());
    }

    @Test
    void shouldGiveNothingWhenAnAgentIsNotActive() {
        addFramework(0, 0);
        allocator.demands().add(0, 0, 0, Resources.of(1_000, 0, 0), 0, 1);
        addAgents(1);
        allocator.agents().setActive(0, false);
        assertEquals("", decide());
        allocator.agents().setActive(0, true);
        assertEquals("d0@a0x1 f0@a0", decide());
    }

    @Test
    void shouldNotOfferWhenLessThanTheMinimumIsFree() {
        addFramework(0, 0);
        allocator.agents().add(0, Resources.of(9, (32L << 20) - 1, 1L << 40));
        assertEquals("", decide());
        allocator.agents().updateTotal(0, Resources.of(9, 32L << 20, 0));
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldPlaceAllTasksOfADemandOnTheFirstAgentsThatFit() {
        addFramework(0, 0);
        allocator.frameworks().suppress(0);
        addAgents(3);
        allocator.demands().add(0, 0, 0, Resources.of(2_000, GIB, 0), 0, 5);
        assertEquals("d0@a0x2 d0@a1x2 d0@a2x1", decide());
        assertEquals(0, allocator.demands().waitingTasks(0));
    }

    @Test
    void shouldServeDemandsInSequenceAndPassOverThoseThatFitNowhere() {
        addFramework(0, 0);
        allocator.frameworks().suppress(0);
        addAgents(1);
        allocator.demands().add(0, 0, 9, Resources.of(1_000, 0, 0), 0, 1);
        allocator.demands().add(1, 0, 7, Resources.of(9_000, 0, 0), 0, 1);
        allocator.demands().add(2, 0, 8, Resources.of(2_000, 0, 0), 0, 1);
        assertEquals("d2@a0x1 d0@a0x1", decide());
    }

    @Test
    void shouldPlaceWhatWaitsWhenResourcesAreRecovered() {
        addFramework(0, 0);
        allocator.frameworks().suppress(0);
        addAgents(2);
        allocator.demands().add(0, 0, 0, machine(), 0, 3);
        assertEquals("d0@a0x1 d0@a1x1", decide());
        allocator.grants().recoverUsed(1, 0, machine());
        assertEquals("d0@a1x1", decide());
        allocator.demands().grow(0, 1);
        allocator.grants().recoverUsed(0, 0, machine());
        allocator.demands().reduce(0, 1);
        assertEquals("", decide());
    }

    @Test
    void shouldTakeTurnsWhenTwoFrameworksHaveDemands() {
        addFramework(0, 0);
        addFramework(1, 1);
        allocator.frameworks().suppress(0);
        allocator.frameworks().suppress(1);
        addAgents(1);
        allocator.demands().add(0, 0, 0, Resources.of(1_000, 0, 0), 0, 10);
        allocator.demands().add(1, 1, 0, Resources.of(1_000, 0, 0), 0, 10);
        assertEquals("d0@a0x1 d1@a0x1 d0@a0x1 d1@a0x1", decide());
    }

    @Test
    void shouldChooseTheLowestFreePortsWhenATaskAsksForAny() {
        addFramework(0, 0);
        allocator.frameworks().suppress(0);
        allocator.agents().add(0, machine().addRange(ResourceKinds.PORTS, 100, 104));
        Resources task = Resources.of(100, 0, 0).addRange(ResourceKinds.PORTS, 101, 101);
        allocator.demands().add(0, 0, 0, task, 2, 2);
        allocator.demands().add(1, 0, 1, Resources.of(100, 0, 0), 2, 2);
        allocator.allocate(NOW_MS);
        assertEquals(
                "[100-102]",
                decisions.grants.get(0).resources().range(ResourceKinds.PORTS).toString());
        assertEquals(
                "[103-104]",
                decisions.grants.get(1).resources().range(ResourceKinds.PORTS).toString());
        assertEquals("d0@a0x1 d1@a0x1", decisions.take());
    }

    @Test
    void shouldTurnOfferedIntoUsedWhenAccepted() {
        addFramework(0, 0);
        addAgents(1);
        decide();
        Resources task = Resources.of(1_000, GIB, 0);
        Resources rest = machine();
        rest.subtract(task);
        allocator.grants().use(0, 0, task);
        allocator.grants().recoverOffered(0, 0, rest);
        assertThrows(IllegalStateException.class, () -> allocator.grants().recoverOffered(0, 0, task));
        allocator.allocate(NOW_MS);
        assertEquals(rest, decisions.grants.getFirst().resources());
    }

    @Test
    void shouldGiveNothingWhenOvercommittedUntilEnoughIsRecovered() {
        addFramework(0, 0);
        addAgents(1);
        allocator.grants().addUsed(0, 0, Resources.of(3_000, 0, 0));
        allocator.agents().updateTotal(0, Resources.of(2_000, 8 * GIB, 0));
        assertEquals("", decide());
        allocator.grants().recoverUsed(0, 0, Resources.of(1_000, 0, 0));
        assertEquals("f0@a0", decide());
        assertEquals(1.0, allocator.frameworks().share(0));
    }

    @Test
    void shouldKeepNumbersThatLeftTheTotalFromBeingFree() {
        addFramework(0, 0);
        allocator.frameworks().suppress(0);
        allocator.agents().add(0, machine().addRange(ResourceKinds.PORTS, 1, 9));
        Resources ports = new Resources().addRange(ResourceKinds.PORTS, 3, 5);
        allocator.grants().addUsed(0, 0, ports);
        allocator.agents().updateTotal(0, machine().addRange(ResourceKinds.PORTS, 1, 4));
        allocator.verify();
        assertFalse(allocator.agents().isFree(0, Resources.of(1, 0, 0)));
        allocator.grants().recoverUsed(0, 0, ports);
        Resources free = new Resources();
        allocator.agents().freeOf(0, free);
        assertEquals("[1-4]", free.range(ResourceKinds.PORTS).toString());
        assertTrue(allocator.agents().isFree(0, machine()));
    }

    @Test
    void shouldRefuseWithoutAnyEffectWhenTheCallerErrs() {
        addFramework(0, 0);
        addAgents(1);
        assertThrows(IllegalStateException.class, () -> allocator.agents().add(0, machine()));
        assertThrows(IllegalArgumentException.class, () -> allocator.agents().add(1 << 20, machine()));
        assertThrows(IllegalArgumentException.class, () -> allocator.agents().add(-1, machine()));
        assertThrows(IllegalStateException.class, () -> allocator.agents().remove(5));
        assertThrows(IllegalStateException.class, () -> allocator.frameworks().add(1, 7));
        assertThrows(IllegalStateException.class, () -> allocator.frameworks().add(0, 0));
        assertThrows(IllegalStateException.class, () -> allocator.roles().remove(0));
        assertThrows(IllegalArgumentException.class, () -> allocator.roles().updateWeight(0, 0));
        assertThrows(IllegalStateException.class, () -> allocator.grants().recoverUsed(0, 0, machine()));
        assertThrows(IllegalArgumentException.class, () -> allocator.demands().add(0, 0, 0, new Resources(), 0, 1));
        assertThrows(IllegalStateException.class, () -> allocator.demands().remove(0));
        assertEquals("f0@a0", decide());
        assertThrows(IllegalStateException.class, () -> allocator.agents().remove(0));
        assertThrows(IllegalStateException.class, () -> allocator.frameworks().remove(0));
    }

    @Test
    void shouldUseIndicesAgainWhenWhatHadThemIsGone() {
        addFramework(0, 0);
        allocator.agents().add(0, machine().addRange(ResourceKinds.PORTS, 1, 9));
        allocator.demands().add(0, 0, 0, Resources.of(99_000, 0, 0), 0, 1);
        allocator.filters().add(0, 0, machine().addRange(ResourceKinds.PORTS, 1, 9), NOW_MS + 5_000);
        assertEquals("", decide());
        allocator.frameworks().remove(0);
        allocator.roles().remove(0);
        allocator.agents().remove(0);
        addFramework(0, 0);
        addAgents(1);
        allocator.demands().add(0, 0, 0, Resources.of(1_000, 0, 0), 0, 1);
        assertEquals("d0@a0x1 f0@a0", decide());
    }

    private void addFramework(int frameworkIndex, int roleIndex) {
        allocator.roles().add(roleIndex, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(frameworkIndex, roleIndex);
    }

    private void addAgents(int count) {
        for (int agent = 0; agent < count; agent++) {
            allocator.agents().add(agent, machine());
        }
    }

    private String decide() {
        allocator.allocate(NOW_MS);
        return decisions.take();
    }

    private static Resources machine() {
        return Resources.of(4_000, 8 * GIB, 0);
    }
}

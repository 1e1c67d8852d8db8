package io.kernos.allocator;

import static io.kernos.allocator.Scenario.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the allocator of Mesos does with shares, scenario by scenario; each is named by its display name. */
class ShareScenariosTest {
    private final Scenario it = new Scenario();

    @Test
    @DisplayName("UnreservedDRF")
    void shouldOfferEachNewAgentWholeToWhoHasLeast() {
        it.role(0);
        it.role(1);
        it.agent(0, 2, 1);
        it.framework(0, 0);
        assertEquals("f0@a0", it.decide());
        it.framework(1, 1);
        it.agent(1, 1, 0.5);
        assertEquals("f1@a1", it.decide());
        it.agent(2, 3, 2);
        assertEquals("f1@a2", it.decide());
        it.framework(2, 0);
        it.agent(3, 4, 4);
        assertEquals("f2@a3", it.decide());
        it.agent(4, 1, 0.5);
        assertEquals("f1@a4", it.decide());
    }

    @Test
    @DisplayName("DRFWithFairnessExclusion")
    void shouldNotCountKindsThatAreExcluded() {
        Scenario excluding = new Scenario(new AllocatorContext().excludeFromFairness(ResourceKinds.GPUS));
        excluding.role(0);
        excluding.role(1);
        excluding.framework(0, 0);
        excluding.allocator.agents().add(0, machine(1, 1).scalar(ResourceKinds.GPUS, 1_000));
        assertEquals("f0@a0", excluding.decide());
        excluding.framework(1, 1);
        excluding.agent(1, 2, 2);
        assertEquals("f1@a1", excluding.decide());
        excluding.agent(2, 1, 1);
        assertEquals("f0@a2", excluding.decide());
    }

    @Test
    @DisplayName("DominantShareMetrics, DominantShareMetricsWithFairnessExclusion")
    void shouldTellDominantShares() {
        Scenario excluding = new Scenario(new AllocatorContext().excludeFromFairness(ResourceKinds.GPUS));
        excluding.role(0);
        excluding.framework(0, 0);
        excluding.allocator.agents().add(0, machine(1, 1).scalar(ResourceKinds.GPUS, 1_000));
        excluding.decide();
        assertEquals(1.0, excluding.allocator.roles().share(0));
        excluding.agent(1, 3, 1);
        excluding.allocator.frameworks().suppress(0);
        assertEquals(0.5, excluding.allocator.roles().share(0));
        excluding.allocator.grants().recoverOffered(0, 0, machine(1, 1));
        assertEquals(0.0, excluding.allocator.roles().share(0));
    }

    @Test
    @DisplayName("NestedRoleDRF")
    void shouldDivideInATreeOfRoles() {
        it.role(0);
        it.role(1);
        it.role(2, 1);
        it.role(3, 1);
        it.framework(0, 0);
        it.agent(0, 2, 2);
        assertEquals("f0@a0", it.decide());
        it.framework(2, 2);
        it.agent(1, 1, 1);
        assertEquals("f2@a1", it.decide());
        it.framework(3, 3);
        it.agent(2, 0.5, 0.5);
        assertEquals("f3@a2", it.decide());
        it.agent(3, 2, 2);
        assertEquals("f3@a3", it.decide());
        it.agent(4, 1, 1);
        assertEquals("f0@a4", it.decide());
    }

    @Test
    @DisplayName("CoarseGrained")
    void shouldGiveTwoFrameworksOneAgentEach() {
        it.role(0);
        it.framework(0, 0);
        it.framework(1, 0);
        it.agent(0, 2, 1);
        it.agent(1, 2, 1);
        assertEquals("f0@a0 f1@a1", it.decide());
    }

    @Test
    @DisplayName("UpdateWeight")
    void shouldDivideByWeightsAndByNewWeights() {
        it.role(0);
        it.role(1);
        it.framework(0, 0);
        it.framework(1, 1);
        it.allocator.roles().updateWeight(1, 2 * Allocator.WEIGHT_MILLI_DEFAULT);
        addAgents();
        assertEquals("f0@a0 f1@a1 f1@a2 f0@a3 f1@a4 f1@a5", it.decide());
        recover(0, 1, 1, 0, 1, 1);
        it.allocator.roles().updateWeight(0, 2 * Allocator.WEIGHT_MILLI_DEFAULT);
        it.allocator.roles().updateWeight(1, 4 * Allocator.WEIGHT_MILLI_DEFAULT);
        it.role(2);
        it.allocator.roles().updateWeight(2, 6 * Allocator.WEIGHT_MILLI_DEFAULT);
        it.framework(2, 2);
        assertEquals("f0@a0 f1@a1 f2@a2 f2@a3 f1@a4 f2@a5", it.decide());
    }

    @Test
    @DisplayName("NoDoubleAccounting")
    void shouldCountOnceWhateverWasAddedFirst() {
        it.role(0);
        it.role(1);
        it.agent(0, 1, 0);
        it.agent(1, 1, 0);
        it.framework(0, 0);
        it.allocator.grants().addUsed(0, 0, machine(1, 0));
        it.framework(1, 1);
        it.allocator.grants().addUsed(1, 1, machine(1, 0));
        assertEquals("", it.decide());
        assertEquals(0.5, it.allocator.roles().share(0));
        assertEquals(0.5, it.allocator.roles().share(1));
    }

    @Test
    @DisplayName("SuppressAndReviveOffersWithMultiRole")
    void shouldSuppressAFrameworkInOneOfItsRoles() {
        it.role(0);
        it.role(1);
        it.framework(0, 0);
        it.framework(1, 1);
        it.agent(0, 1, 1);
        assertEquals("f0@a0", it.decide());
        it.decline(0, 0, machine(1, 1));
        it.allocator.frameworks().suppress(0);
        assertEquals("f1@a0", it.decide());
        it.decline(1, 0, machine(1, 1));
        it.allocator.frameworks().suppress(1);
        assertEquals("", it.decide());
        it.allocator.frameworks().revive(1);
        assertEquals("f1@a0", it.decide());
    }

    @Test
    @DisplayName("DeactivateAndReactivateFramework")
    void shouldOfferAgainToAFrameworkThatComesBack() {
        it.role(0);
        it.framework(0, 0);
        it.allocator.frameworks().suppress(0);
        it.agent(0, 1, 1);
        assertEquals("", it.decide());
        it.allocator.frameworks().deactivate(0);
        it.allocator.frameworks().activate(0);
        it.allocator.frameworks().revive(0);
        assertEquals("f0@a0", it.decide());
    }

    @Test
    @DisplayName("Allocatable")
    void shouldOfferFromTheMinimumOn() {
        it.role(0);
        it.framework(0, 0);
        it.allocator.agents().add(0, Resources.of(9, (32L << 20) - 1, 0));
        assertEquals("", it.decide());
        it.allocator.agents().add(1, Resources.of(10, 0, 0));
        it.allocator.agents().add(2, Resources.of(0, 32L << 20, 0));
        assertEquals("f0@a1 f0@a2", it.decide());
    }

    private void addAgents() {
        for (int agent = 0; agent < 6; agent++) {
            it.agent(agent, 1, 1);
        }
    }

    private void recover(int... frameworkOfAgent) {
        for (int agent = 0; agent < frameworkOfAgent.length; agent++) {
            it.allocator.grants().recoverOffered(agent, frameworkOfAgent[agent], machine(1, 1));
        }
    }

    @Test
    @DisplayName("FrameworkMinAllocatable")
    void shouldOfferLittleToWhoWantsLittle() {
        Resources little = Resources.of(5, Scenario.GIB / 64, 128);
        it.role(0);
        it.framework(0, 0);
        it.agent(0, little);
        assertEquals("", it.decide());
        it.allocator.frameworks().minima(0, new OfferMinima(List.of(Resources.of(3, 0, 0))));
        assertEquals("f0@a0", it.decide());
        assertEquals(little, it.decisions.last);
    }

    @Test
    @DisplayName("FrameworkEmptyMinAllocatable")
    void shouldOfferAnythingToWhoTakesAnything() {
        Resources little = Resources.of(5, Scenario.GIB / 64, 128);
        it.role(0);
        it.framework(0, 0);
        it.allocator.frameworks().minima(0, OfferMinima.ANYTHING);
        it.agent(0, little);
        assertEquals("f0@a0", it.decide());
        assertEquals(little, it.decisions.last);
    }

    @Test
    void shouldNotOfferLessThanItsOwnMinimaInEachRole() {
        it.role(0);
        it.role(1);
        it.framework(0, 0);
        it.framework(1, 1);
        it.allocator.frameworks().minima(0, new OfferMinima(List.of(Scenario.machine(2, 2), Resources.of(0, 0, 10))));
        it.agent(0, 2, 1);
        assertEquals("f1@a0", it.decide());
        it.agent(1, 2, 2);
        it.agent(2, Resources.of(0, 0, 10));
        assertEquals("f0@a1 f0@a2", it.decide());
    }

    @Test
    void shouldRefuseMinimaThatSayNothing() {
        String refusal = assertThrows(IllegalArgumentException.class, () -> new OfferMinima(List.of(new Resources())))
                .getMessage();
        assertTrue(refusal.contains("amounts[0]"), refusal);
    }
}

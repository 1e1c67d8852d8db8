package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.allocator.AttributeConstraint.Predicate;
import io.kernos.allocator.AttributeConstraint.Subject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scenarios of offers, filters and agents; those that Mesos tests are displayed under the name of its test. */
class OfferScenariosTest {
    private static final long MIB = 1L << 20;
    private static final long DAY_MS = 86_400_000;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));
    private long nowMs = 1_000;
    private Resources lastOffered;

    @BeforeEach
    void addRole() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
    }

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    @DisplayName("OfferFilter")
    void shouldOfferADeclinedAgentAgainWhenItsFilterEnds() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        assertEquals("f0@a0", decide());
        decline(0, 0, 2_000);
        nowMs += 1_999;
        assertEquals("", decide());
        nowMs++;
        assertEquals("f0@a0", decide());
    }

    @Test
    @DisplayName("SmallOfferFilterTimeout")
    void shouldLetOthersHaveTheAgentFirstHoweverShortAFilterIs() {
        allocator.frameworks().add(0, 0);
        allocator.frameworks().add(1, 0);
        allocator.agents().add(0, machine());
        allocator.grants().addUsed(0, 0, machine());
        assertEquals("", decide());
        allocator.agents().add(1, machine());
        assertEquals("f1@a1", decide());
        decline(1, 1, 1);
        assertEquals("f0@a1", decide());
        nowMs++;
        decline(0, 1, 0);
        assertEquals("f1@a1", decide());
    }

    @Test
    @DisplayName("ReviveOffers")
    void shouldForgetLongFiltersWhenRevived() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        decide();
        decline(0, 0, DAY_MS);
        assertEquals("", decide());
        allocator.frameworks().revive(0);
        assertEquals("f0@a0", decide());
    }

    @Test
    @DisplayName("SuppressAndReviveOffers")
    void shouldOfferNothingWhenSuppressedAndAllWhenRevived() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        assertEquals("f0@a0", decide());
        allocator.frameworks().suppress(0);
        decline(0, 0, 0);
        allocator.agents().add(1, machine());
        assertEquals("", decide());
        allocator.frameworks().revive(0);
        assertEquals("f0@a0 f0@a1", decide());
    }

    @Test
    @DisplayName("RecoverResources")
    void shouldOfferAgainWhatIsRecovered() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        Resources half = Resources.of(500, 256 * MIB, 0);
        allocator.grants().addUsed(0, 0, half);
        assertEquals(half, offered());
        allocator.grants().recoverOffered(0, 0, half);
        assertEquals(half, offered());
        allocator.grants().recoverUsed(0, 0, half);
        assertEquals(half, offered());
    }

    @Test
    @DisplayName("RemoveFilters")
    void shouldEndFiltersWhenAnAgentComesBackWithOtherAttributes() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        decide();
        decline(0, 0, DAY_MS);
        allocator.agents().describe(0, new AgentInfo("host", "region", "zone", List.of()));
        assertEquals("", decide());
        allocator.agents().describe(0, rack("r1"));
        assertEquals("f0@a0", decide());
    }

    @Test
    @DisplayName("Whitelist")
    void shouldOfferADeactivatedAgentWhenItIsReactivated() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        allocator.agents().setHeld(0, AgentHold.DEACTIVATED, true);
        assertEquals("", decide());
        allocator.agents().setHeld(0, AgentHold.DEACTIVATED, false);
        assertEquals("f0@a0", decide());
    }

    @Test
    @DisplayName("UpdateSlaveTotalResources")
    void shouldOfferWhatAnAgentGainsAndNothingWhenItHasLessThanIsAllocated() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, Resources.of(100_000, 100 * MIB, 0));
        assertEquals(Resources.of(100_000, 100 * MIB, 0), offered());
        allocator.agents().updateTotal(0, Resources.of(200_000, 200 * MIB, 0));
        assertEquals(Resources.of(100_000, 100 * MIB, 0), offered());
        allocator.agents().updateTotal(0, Resources.of(150_000, 150 * MIB, 0));
        assertEquals("", decide());
        allocator.grants().recoverOffered(0, 0, Resources.of(100_000, 100 * MIB, 0));
        assertEquals(Resources.of(50_000, 50 * MIB, 0), offered());
    }

    @Test
    @DisplayName("RemoveSlaveRecoverResources")
    void shouldForgetAnAgentWithAllThatWasRecoveredThere() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        allocator.grants().addUsed(0, 0, Resources.of(500, 0, 0));
        decide();
        allocator.grants().recoverUsed(0, 0, Resources.of(500, 0, 0));
        allocator.grants().recoverOffered(0, 0, Resources.of(500, 512 * MIB, 0));
        allocator.agents().remove(0);
        assertEquals("", decide());
        assertEquals(0, allocator.frameworks().share(0));
        allocator.agents().add(0, machine());
        assertEquals("f0@a0", decide());
    }

    @Test
    @DisplayName("ResourceMetrics")
    void shouldTellWhatThereIsAndWhatIsAllocated() {
        allocator.agents().add(0, machine());
        assertEquals(1_000, allocator.agents().total(ResourceKinds.CPUS));
        assertEquals(512 * MIB, allocator.agents().total(ResourceKinds.MEMORY));
        assertEquals(0, allocator.agents().allocated(ResourceKinds.CPUS));
        allocator.agents().add(1, Resources.of(2_000, 0, 0));
        allocator.frameworks().add(0, 0);
        decide();
        assertEquals(3_000, allocator.agents().total(ResourceKinds.CPUS));
        assertEquals(3_000, allocator.agents().allocated(ResourceKinds.CPUS));
        allocator.grants().recoverOffered(1, 0, Resources.of(2_000, 0, 0));
        allocator.agents().remove(1);
        assertEquals(1_000, allocator.agents().total(ResourceKinds.CPUS));
        assertEquals(1_000, allocator.agents().allocated(ResourceKinds.CPUS));
    }

    @Test
    @DisplayName("ActiveOfferFiltersMetrics")
    void shouldTellHowManyFiltersAFrameworkHas() {
        allocator.frameworks().add(0, 0);
        for (int agent = 0; agent < 3; agent++) {
            allocator.agents().add(agent, machine());
            decide();
            decline(0, agent, 10L * (agent + 1));
            assertEquals(agent + 1, allocator.filters().countOf(0));
        }
        nowMs += 20;
        allocator.advanceTime(nowMs);
        assertEquals(1, allocator.filters().countOf(0));
        allocator.frameworks().revive(0);
        assertEquals(0, allocator.filters().countOf(0));
    }

    @Test
    void shouldOfferMoreThanWasRefusedInSpiteOfAFilter() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        allocator.grants().addUsed(0, 0, Resources.of(500, 0, 0));
        decide();
        decline(0, 0, DAY_MS);
        assertEquals("", decide());
        allocator.grants().recoverUsed(0, 0, Resources.of(1, 0, 0));
        assertEquals(Resources.of(501, 512 * MIB, 0), offered());
    }

    @Test
    void shouldFilterPartsOfWhatWasRefused() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        allocator.filters().add(0, 0, machine(), nowMs + 1);
        allocator.grants().addUsed(0, 0, Resources.of(500, 0, 0));
        assertEquals("", decide());
    }

    @Test
    void shouldLetEachFilterHoldForItself() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, Resources.of(500, 0, 0));
        allocator.filters().add(0, 0, Resources.of(500, 0, 0), nowMs + 20);
        allocator.filters().add(0, 0, Resources.of(900, 0, 0), nowMs + 10);
        allocator.filters().add(0, 0, Resources.of(400, 0, 0), nowMs + 15);
        assertEquals("", decide());
        allocator.agents().updateTotal(0, Resources.of(800, 0, 0));
        assertEquals("", decide());
        assertEquals(nowMs + 10, allocator.nextDeadlineMs());
        nowMs += 10;
        assertEquals(1, allocator.advanceTime(nowMs));
        assertEquals(nowMs + 10, allocator.nextDeadlineMs());
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldEndFiltersWhenAFrameworkIsDeactivated() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        allocator.filters().add(0, 0, machine(), nowMs + DAY_MS);
        allocator.frameworks().deactivate(0);
        assertEquals(Allocator.NO_DEADLINE, allocator.nextDeadlineMs());
        allocator.frameworks().activate(0);
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldOfferOnlyAgentsThatTheConstraintsAdmit() {
        allocator.frameworks().add(0, 0);
        allocator.frameworks().constrain(0, rackIs("r1"));
        allocator.agents().add(0, machine());
        allocator.agents().add(1, machine());
        allocator.agents().describe(1, rack("r1"));
        assertEquals("f0@a1", decide());
        allocator.agents().describe(0, rack("r1"));
        assertEquals("f0@a0", decide());
        decline(0, 0, 0);
        allocator.frameworks().constrain(0, rackIs("r2"));
        assertEquals("", decide());
        allocator.frameworks().constrain(0, null);
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldPlaceOnAgentsThatTheConstraintsOfOffersDoNotAdmit() {
        allocator.frameworks().add(0, 0);
        allocator.frameworks().constrain(0, rackIs("r1"));
        allocator.agents().add(0, machine());
        allocator.demands().add(0, 0, 0, Resources.of(500, 0, 0), 0, 1);
        assertEquals("d0@a0x1", decide());
    }

    @Test
    void shouldOfferAgentsOfOtherRegionsOnlyToWhoIsAwareOfRegions() {
        Allocator home = new Allocator(new AllocatorContext().handler(decisions).homeRegion("eu"));
        home.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        home.frameworks().add(0, 0);
        for (int agent = 0; agent < 3; agent++) {
            home.agents().add(agent, machine());
        }
        home.agents().describe(0, new AgentInfo("host", "us", "", List.of()));
        home.agents().describe(1, new AgentInfo("host", "eu", "", List.of()));
        home.allocate(nowMs);
        assertEquals("f0@a1 f0@a2", decisions.take());
        home.frameworks().setCapability(0, Capability.REGION_AWARE, true);
        home.allocate(nowMs);
        assertEquals("f0@a0", decisions.take());
        home.verify();
    }

    @Test
    void shouldExplainWhyAFrameworkIsNotOfferedMore() {
        allocator.frameworks().add(0, 0);
        allocator.frameworks().constrain(0, rackIs("r1"));
        for (int agent = 0; agent < 5; agent++) {
            allocator.agents().add(agent, machine());
            allocator.agents().describe(agent, rack(agent == 0 ? "r0" : "r1"));
        }
        allocator.agents().setHeld(1, AgentHold.DRAINING, true);
        allocator.filters().add(0, 2, machine(), nowMs + 7);
        allocator.agents().updateTotal(3, Resources.of(1, 0, 0));
        OfferExplanation explanation = new OfferExplanation();
        new OfferExplainer(allocator).explain(0, explanation);
        assertEquals(1, explanation.agents(OfferReason.CONSTRAINT_UNMET));
        assertEquals(1, explanation.agents(OfferReason.AGENT_DRAINING));
        assertEquals(1, explanation.agents(OfferReason.FILTERED));
        assertEquals(nowMs + 7, explanation.filterEndMs());
        assertEquals(1, explanation.agents(OfferReason.BELOW_MINIMUM));
        assertEquals(1, explanation.agents(OfferReason.OFFERABLE));
        assertTrue(explanation.isActive());
        assertFalse(explanation.isSuppressed());
    }

    @Test
    void shouldGiveOnAnAgentWhenNoReasonIsLeftNotTo() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        for (AgentHold hold : AgentHold.values()) {
            allocator.agents().setHeld(0, hold, true);
        }
        allocator.agents().setActive(0, true);
        allocator.agents().setHeld(0, AgentHold.DEACTIVATED, false);
        assertEquals("", decide());
        assertTrue(allocator.agents().isHeld(0, AgentHold.DRAINING));
        allocator.agents().setHeld(0, AgentHold.DRAINING, false);
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldBeDrainedWhenNothingIsAllocatedOnADrainingAgent() {
        allocator.frameworks().add(0, 0);
        allocator.agents().add(0, machine());
        decide();
        assertFalse(allocator.agents().isDrained(0));
        allocator.agents().setHeld(0, AgentHold.DRAINING, true);
        assertFalse(allocator.agents().isDrained(0));
        allocator.grants().recoverOffered(0, 0, machine());
        assertEquals("", decide());
        assertTrue(allocator.agents().isDrained(0));
        assertThrows(IllegalStateException.class, () -> allocator.agents().isDrained(7));
    }

    /** Declines the last offer that was made. */
    private void decline(int framework, int agent, long refuseMs) {
        Resources refused = lastOffered;
        if (refuseMs > 0) {
            allocator.filters().add(framework, agent, refused, nowMs + refuseMs);
        }
        allocator.grants().recoverOffered(agent, framework, refused);
    }

    private String decide() {
        allocator.allocate(nowMs);
        if (!decisions.grants.isEmpty()) {
            lastOffered = decisions.grants.getLast().resources();
        }
        return decisions.take();
    }

    private Resources offered() {
        allocator.allocate(nowMs);
        assertEquals(1, decisions.grants.size());
        Resources offered = decisions.grants.getFirst().resources();
        decisions.take();
        return offered;
    }

    private static OfferConstraints rackIs(String rack) {
        return OfferConstraints.all(new AttributeConstraint(new Subject.Named("rack"), new Predicate.TextEquals(rack)));
    }

    private static AgentInfo rack(String rack) {
        return new AgentInfo("host", "", "", List.of(Attribute.text("rack", rack)));
    }

    private static Resources machine() {
        return Resources.of(1_000, 512 * MIB, 0);
    }
}

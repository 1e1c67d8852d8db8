package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scenarios of Mesos' HierarchicalAllocatorTest about reserved, revocable and provided resources, restated. */
class GoodsScenariosTest {
    private static final long MIB = 1L << 20;
    private static final int ROLE_1 = 0;
    private static final int ROLE_2 = 1;
    private static final int ROLE_3 = 2;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    @DisplayName("Reservations")
    void shouldOfferWhatIsReservedOnlyToItsRole() {
        addRoles(3);
        Resources second = amounts(1, 1_024).add(fixed(ROLE_2), amounts(2, 1_024));
        allocator.agents().add(0, reserved(fixed(ROLE_1), amounts(2, 1_024)));
        allocator.agents().add(1, second);
        allocator.agents().add(2, reserved(fixed(ROLE_3), amounts(1, 1_024)));
        allocator.frameworks().add(0, ROLE_1);
        assertEquals("f0@a0 f0@a1", decide());
        assertEquals(amounts(1, 1_024), lastGrant());
        allocator.frameworks().add(1, ROLE_2);
        assertEquals("f1@a1", decide());
        assertEquals(reserved(fixed(ROLE_2), amounts(2, 1_024)), lastGrant());
    }

    @Test
    @DisplayName("ReservedDRF")
    void shouldCountWhatIsReservedInShares() {
        addRoles(2);
        allocator.agents().add(0, amounts(1, 512).add(fixed(ROLE_1), amounts(100, 1_024)));
        allocator.frameworks().add(0, ROLE_1);
        assertEquals("f0@a0", decide());
        allocator.frameworks().add(1, ROLE_2);
        allocator.agents().add(1, amounts(2, 512));
        assertEquals("f1@a1", decide());
        allocator.agents().add(2, amounts(2, 512));
        assertEquals("f1@a2", decide());
        allocator.frameworks().add(2, ROLE_1);
        allocator.agents().add(3, reserved(fixed(ROLE_1), amounts(2, 1_024)));
        assertEquals("f2@a3", decide());
    }

    @Test
    @DisplayName("OfferAncestorReservationsToDescendantChild")
    void shouldOfferWhatIsReservedForARoleToThoseBelowIt() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.roles().add(1, 0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.roles().add(2, 1, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(0, 2);
        allocator.agents().add(0, reserved(fixed(0), amounts(1, 512)));
        assertEquals("f0@a0", decide());
        Resources mixed = amounts(2, 1_024).add(fixed(1), amounts(4, 2_048));
        allocator.agents().add(1, mixed);
        assertEquals("f0@a1", decide());
        assertEquals(mixed, lastGrant());
    }

    @Test
    @DisplayName("RecoverResources")
    void shouldOfferWhatIsRecoveredAgain() {
        addRoles(1);
        Resources reserved = reserved(fixed(ROLE_1), amounts(1, 200));
        Resources plain = amounts(1, 200);
        allocator.agents().add(0, amounts(1, 200).add(fixed(ROLE_1), amounts(1, 200)));
        allocator.frameworks().add(0, ROLE_1);
        assertEquals("f0@a0", decide());
        allocator.grants().recoverOffered(0, 0, reserved);
        assertEquals("f0@a0", decide());
        assertEquals(reserved, lastGrant());
        allocator.grants().recoverOffered(0, 0, plain);
        assertEquals("f0@a0", decide());
        assertEquals(plain, lastGrant());
    }

    @Test
    @DisplayName("OversubscribedNotAllocated")
    void shouldNotOfferWhatIsRevocableToWhoCannotBearIt() {
        addRoles(1);
        Resources plain = amounts(100, 100);
        allocator.agents().add(0, plain);
        allocator.frameworks().add(0, ROLE_1);
        assertEquals("f0@a0", decide());
        allocator.agents().updateTotal(0, withRevocable(10));
        assertEquals("", decide());
        allocator.frameworks().setCapability(0, Capability.REVOCABLE_RESOURCES, true);
        assertEquals("f0@a0", decide());
    }

    @Test
    @DisplayName("UpdateSlaveOversubscribedResources")
    void shouldOfferWhatIsRevocableAsItGrowsAndNotAsItShrinks() {
        addRevocableFramework();
        allocator.agents().updateTotal(0, withRevocable(10));
        assertEquals("f0@a0", decide());
        assertEquals(revocable(10), lastGrant());
        allocator.agents().updateTotal(0, withRevocable(12));
        assertEquals("f0@a0", decide());
        assertEquals(revocable(2), lastGrant());
        allocator.agents().updateTotal(0, withRevocable(5));
        assertEquals("", decide());
    }

    @Test
    @DisplayName("RecoverOversubscribedResources")
    void shouldOfferWhatIsRevocableAgainWhenItIsRecovered() {
        addRevocableFramework();
        allocator.agents().updateTotal(0, withRevocable(10));
        assertEquals("f0@a0", decide());
        Resources recovered = amounts(2, 0).add(revocable(), amounts(6, 0));
        allocator.grants().recoverOffered(0, 0, recovered);
        assertEquals("f0@a0", decide());
        assertEquals(recovered, lastGrant());
    }

    @Test
    @DisplayName("NonScalarReservationTrackingMESOS_9555")
    void shouldForgetReservedNumbersWhenAgentsGo() {
        addRoles(1);
        Resources total = amounts(1, 1).add(fixed(ROLE_1), new Resources().addRange(ResourceKinds.PORTS, 1, 2));
        allocator.agents().add(0, total);
        allocator.agents().add(1, total);
        allocator.agents().remove(0);
        allocator.agents().remove(1);
        allocator.traits().remove(fixed(ROLE_1));
        allocator.roles().remove(ROLE_1);
        assertEquals("", decide());
    }

    @Test
    @DisplayName("AddResourceProvider")
    void shouldCountWhatAProviderBringsInUse() {
        addRoles(2);
        allocator.frameworks().add(0, ROLE_1);
        allocator.frameworks().add(1, ROLE_2);
        allocator.frameworks().deactivate(0);
        allocator.agents().add(0, Resources.of(1_000, 100 * MIB, 10));
        allocator.agents().updateTotal(0, Resources.of(3_000, 300 * MIB, 30));
        allocator.grants().addUsed(0, 0, Resources.of(2_000, 200 * MIB, 20));
        assertEquals("f1@a0", decide());
        allocator.frameworks().activate(0);
        allocator.agents().add(1, Resources.of(1_000, 100 * MIB, 10));
        assertEquals("f1@a1", decide());
    }

    @Test
    @DisplayName("AddResourceProviderOverallocated")
    void shouldOfferOnlyWhatIsNotInUse() {
        addRoles(1);
        allocator.frameworks().add(0, ROLE_1);
        allocator.agents().add(0, Resources.of(2_000, 200 * MIB, 20));
        allocator.grants().addUsed(0, 0, Resources.of(1_000, 100 * MIB, 10));
        assertEquals("f0@a0", decide());
        assertEquals(Resources.of(1_000, 100 * MIB, 10), lastGrant());
    }

    @Test
    @DisplayName("FrameworkLoopMESOS_9554")
    void shouldGoOnToOthersWhenOneCanHaveNothing() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.roles().add(1, 0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(0, 1);
        allocator.frameworks().setCapability(0, Capability.RESERVATION_REFINEMENT, true);
        allocator.agents().add(0, amounts(1, 1));
        assertEquals("f0@a0", decide());
        allocator.frameworks().add(1, 1);
        assertEquals("", decide());
        Trait refined = Trait.PLAIN.reserved(Reservation.dynamic(0)).reserved(Reservation.dynamic(1));
        allocator.agents().add(1, reserved(allocator.traits().intern(refined), amounts(1, 1)));
        assertEquals("f0@a1", decide());
    }

    @Test
    void shouldOfferAgentsWithGpusToWhoCanUseThemWhenTheyAreKept() {
        Allocator kept = new Allocator(new AllocatorContext().handler(decisions).keepsGpuAgents(true));
        kept.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        kept.frameworks().add(0, 0);
        kept.agents().add(0, amounts(1, 1).scalar(ResourceKinds.GPUS, 1_000));
        kept.agents().add(1, amounts(1, 1));
        kept.allocate(1);
        assertEquals("f0@a1", decisions.take());
        kept.frameworks().setCapability(0, Capability.GPU_RESOURCES, true);
        kept.allocate(1);
        assertEquals("f0@a0", decisions.take());
        kept.verify();
    }

    @Test
    void shouldKeepARoleWhileATraitNamesIt() {
        addRoles(1);
        int trait = fixed(ROLE_1);
        IllegalStateException refusal = assertThrows(
                IllegalStateException.class, () -> allocator.roles().remove(ROLE_1));
        assertTrue(refusal.getMessage().contains("trait"), refusal.getMessage());
        allocator.traits().remove(trait);
        allocator.roles().remove(ROLE_1);
    }

    private void addRevocableFramework() {
        addRoles(1);
        allocator.agents().add(0, amounts(100, 100));
        allocator.frameworks().add(0, ROLE_1);
        allocator.frameworks().setCapability(0, Capability.REVOCABLE_RESOURCES, true);
        assertEquals("f0@a0", decide());
    }

    private Resources withRevocable(int cpus) {
        return amounts(100, 100).add(revocable(), amounts(cpus, 0));
    }

    private Resources revocable(int cpus) {
        return reserved(revocable(), amounts(cpus, 0));
    }

    private int revocable() {
        return allocator.traits().intern(Trait.PLAIN.revocable());
    }

    private int fixed(int role) {
        return allocator.traits().intern(Trait.PLAIN.reserved(Reservation.fixed(role)));
    }

    private void addRoles(int count) {
        for (int role = 0; role < count; role++) {
            allocator.roles().add(role, Allocator.WEIGHT_MILLI_DEFAULT);
        }
    }

    private static Resources reserved(int trait, Resources amounts) {
        return new Resources().add(trait, amounts);
    }

    private static Resources amounts(int cpus, int memoryMib) {
        return Resources.of(1_000L * cpus, memoryMib * MIB, 0);
    }

    private Resources lastGrant() {
        return decisions.last;
    }

    private String decide() {
        allocator.allocate(1);
        return decisions.take();
    }
}

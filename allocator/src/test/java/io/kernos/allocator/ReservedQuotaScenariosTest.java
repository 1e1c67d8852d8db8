package io.kernos.allocator;

import static io.kernos.allocator.Scenario.machine;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the allocator of Mesos does with quotas where there are reservations and disks, scenario by scenario. Those of
 * its {@code HierarchicalAllocatorTestWithReservations} hold for fixed and for dynamic reservations.
 */
class ReservedQuotaScenariosTest {
    private final Scenario it = new Scenario();

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("HierarchicalAllocatorTestWithReservations.ReservationUnallocated")
    void shouldCountAReservationThatIsFree(boolean isDynamic) {
        it.role(0);
        Resources reserved = reserved(0, isDynamic, machine(1, 1));
        it.agent(0, reserved);
        it.exactly(0, 1, 1);
        it.framework(0, 0);
        assertEquals("f0@a0", it.decide());
        it.decline(0, 0, reserved);
        it.agent(1, 1, 1);
        assertEquals("", it.decide());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("HierarchicalAllocatorTestWithReservations.ReservationAllocated")
    void shouldCountAReservationThatIsHad(boolean isDynamic) {
        it.role(0);
        it.agent(0, reserved(0, isDynamic, machine(1, 1)));
        it.exactly(0, 2, 2);
        it.framework(0, 0);
        assertEquals("f0@a0", it.decide());
        it.agent(1, 1, 1);
        assertEquals("f0@a1", it.decide());
        it.agent(2, 1, 1);
        assertEquals("", it.decide());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("HierarchicalAllocatorTestWithReservations.NonQuotaRoleReservationWithQuotaRole")
    void shouldGiveARoleItsReservationBesideGuaranteesOfOthers(boolean isDynamic) {
        it.role(0);
        it.role(1);
        Resources reserved = reserved(1, isDynamic, machine(2, 2));
        it.agent(0, sum(machine(2, 2), reserved));
        it.exactly(0, 2, 2);
        it.framework(0, 0);
        assertEquals("f0@a0", it.decide());
        assertEquals(machine(2, 2), it.decisions.last);
        it.decline(0, 0, machine(2, 2));
        it.framework(1, 1);
        assertEquals("f1@a0", it.decide());
        assertEquals(reserved, it.decisions.last);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("HierarchicalAllocatorTestWithReservations.SharedAllocatedResourceQuotaAccounting")
    void shouldChargeASharedVolumeOnce(boolean isDynamic) {
        it.role(0);
        it.exactly(0, 3, 2, 100);
        it.agent(0, reserved(0, isDynamic, withDisk(2, 1, 50)));
        it.framework(0, 0);
        it.allocator.frameworks().setCapability(0, Capability.SHARED_RESOURCES, true);
        assertEquals("f0@a0", it.decide());
        int volume = it.trait(reservation(0, isDynamic).volume(1, true));
        it.allocator.operations().create(0, 0, volume, 50);
        Resources half = reserved(0, isDynamic, machine(1, 0.5));
        it.allocator.grants().recoverOffered(0, 0, half);
        assertEquals("f0@a0", it.decide());
        assertEquals(half.add(volume, Resources.of(0, 0, 50)), it.decisions.last);
        it.agent(1, withDisk(1, 1, 50));
        assertEquals("f0@a1", it.decide());
        assertEquals(withDisk(1, 1, 50), it.decisions.last);
        it.agent(2, withDisk(0.5, 0.5, 50));
        assertEquals("", it.decide());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("HierarchicalAllocatorTestWithReservations.QuotaHeadroomWhenReservationsExceedQuota")
    void shouldNotLowerHeadroomByWhatIsReservedBeyondAQuota(boolean isDynamic) {
        it.role(0);
        it.role(1);
        it.role(2);
        it.exactly(0, 1, 1);
        it.exactly(1, 1, 1);
        it.agent(0, reserved(0, isDynamic, machine(2, 2)));
        it.agent(1, 1, 1);
        it.framework(0, 2);
        assertEquals("", it.decide());
        it.agent(2, 1, 1);
        assertEquals("f0@a1", it.decide());
    }

    @Test
    @DisplayName("QuotaAccountingReserveAllocatedResources")
    void shouldOweAsMuchAfterWhatIsHadIsReserved() {
        it.role(0);
        it.exactly(0, 10, 1);
        it.framework(0, 0);
        it.agent(0, 5, 0.5);
        assertEquals("f0@a0", it.decide());
        it.allocator.operations().reserve(0, 0, reserved(0, true, machine(5, 0.5)));
        it.agent(1, 10, 1);
        assertEquals("f0@a1 5/0.5", it.decideAmounts());
    }

    @Test
    @DisplayName("QuotaAccountingUnreserveAllocatedResources")
    void shouldAllowNoMoreAfterWhatIsHadIsUnreserved() {
        it.role(0);
        Resources reserved = reserved(0, true, machine(1, 1));
        it.exactly(0, 1, 1);
        it.framework(0, 0);
        it.agent(0, reserved);
        assertEquals("f0@a0", it.decide());
        it.agent(1, 1, 1);
        assertEquals("", it.decide());
        it.allocator.operations().unreserve(0, 0, reserved);
        assertEquals("", it.decide());
    }

    @Test
    @DisplayName("ReservationWithinQuota")
    void shouldCountWhatIsReservedInQuotaAndShare() {
        it.role(0);
        it.role(1);
        Resources reserved = reserved(0, false, machine(0, 0.25));
        it.exactly(0, 2, 0.25);
        it.framework(0, 0);
        it.framework(1, 1);
        it.agent(0, sum(machine(8, 0), reserved));
        it.allocator.grants().addUsed(0, 0, sum(machine(2, 0), reserved));
        assertEquals("f1@a0 6/0", it.decideAmounts());
        it.agent(1, 4, 0);
        assertEquals("f1@a1 4/0", it.decideAmounts());
    }

    @Test
    @DisplayName("QuotaSetAsideReservedResources")
    void shouldNotMakeHeadroomOfWhatIsReservedForOthers() {
        it.role(0);
        it.role(1);
        Resources reserved = reserved(1, true, machine(4, 0.5));
        it.agent(0, 4, 0.5);
        it.agent(1, 4, 0.5);
        it.allocator.operations().reserve(1, OperationEvents.OPERATOR, reserved);
        it.framework(0, 0);
        it.exactly(0, 4, 0.5);
        assertEquals("f0@a0", it.decide());
        it.decline(0, 0, machine(4, 0.5));
        assertEquals("", it.decide());
        it.framework(1, 1);
        assertEquals("f1@a1", it.decide());
        it.decline(1, 1, reserved);
        assertEquals("", it.decide());
    }

    @Test
    @DisplayName("QuotaWithAncestorReservations")
    void shouldCountWhatAChildHasOfItsParentsReservationAsHad() {
        it.role(0);
        it.role(1);
        it.role(2, 1);
        it.role(3);
        it.exactly(0, 1, 1);
        it.agent(0, reserved(1, false, machine(1, 1)));
        it.framework(0, 2);
        assertEquals("f0@a0", it.decide());
        it.framework(1, 3);
        assertEquals("", it.decide());
        it.agent(1, 1, 1);
        it.agent(2, 1, 1);
        assertEquals("f1@a1", it.decide());
    }

    @Test
    @DisplayName("QuotaWithNestedRoleReservation")
    void shouldCountAReservationOfAChildInItsParentsQuota() {
        it.role(0);
        it.role(1, 0);
        it.exactly(0, 2, 0.5);
        it.agent(0, reserved(1, false, machine(1, 0.25)));
        it.agent(1, 10, 4);
        it.framework(0, 0);
        assertEquals("f0@a1 1/0.25", it.decideAmounts());
    }

    @Test
    @DisplayName("QuotaAllocationGranularityUnchoppableResource")
    void shouldLeaveOutADiskThatCannotBeDividedWhereItIsTooMuch() {
        Resources total = machine(0.5, 0.5).add(mount(), Resources.of(0, 0, 100));
        it.role(0);
        it.exactly(0, 2, 2, 150);
        it.framework(0, 0);
        it.agent(0, total);
        assertEquals("f0@a0", it.decide());
        assertEquals(total, it.decisions.last);
        it.agent(1, total);
        assertEquals("f0@a1", it.decide());
        assertEquals(machine(0.5, 0.5), it.decisions.last);
        it.agent(2, withDisk(2, 2, 150));
        assertEquals("f0@a2", it.decide());
        assertEquals(withDisk(1, 1, 50), it.decisions.last);
    }

    @Test
    @DisplayName("QuotaAllocationMultipleDisk")
    void shouldCountAllDisksOfAnAgentInOneQuota() {
        Resources total = withDisk(1, 0.5, 50).add(mount(), Resources.of(0, 0, 50));
        it.role(0);
        it.exactly(0, 1, 0.5, 100);
        it.framework(0, 0);
        it.agent(0, total);
        assertEquals("f0@a0", it.decide());
        assertEquals(total, it.decisions.last);
    }

    private int mount() {
        return it.trait(Trait.PLAIN.on(new DiskSource(DiskSource.Kind.MOUNT, 1)));
    }

    private Resources reserved(int role, boolean isDynamic, Resources amounts) {
        return new Resources().add(it.trait(reservation(role, isDynamic)), amounts);
    }

    private static Trait reservation(int role, boolean isDynamic) {
        return Trait.PLAIN.reserved(isDynamic ? Reservation.dynamic(role) : Reservation.fixed(role));
    }

    private static Resources sum(Resources plain, Resources reserved) {
        plain.add(reserved);
        return plain;
    }

    private static Resources withDisk(double cpus, double memoryGib, long diskBytes) {
        return machine(cpus, memoryGib).scalar(ResourceKinds.DISK, diskBytes);
    }
}

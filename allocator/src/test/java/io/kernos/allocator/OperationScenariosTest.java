package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Scenarios of Mesos' HierarchicalAllocatorTest about operations and volumes, restated, and what is ours besides. */
class OperationScenariosTest {
    private static final int OPERATOR = OperationEvents.OPERATOR;
    private static final int ROLE = 0;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));
    private final OperationEvents operations = allocator.operations();

    @BeforeEach
    void addFramework() {
        allocator.roles().add(ROLE, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(0, ROLE);
        allocator.frameworks().setCapability(0, Capability.SHARED_RESOURCES, true);
    }

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    @DisplayName("UpdateAllocation")
    void shouldOfferTheVolumeThatWasMadeOfAnOffer() {
        allocator.agents().add(0, machine(100));
        assertEquals("f0@a0", decide());
        int volume = allocator.traits().intern(Trait.PLAIN.volume(1, false));
        operations.create(0, 0, volume, 5);
        Resources updated = machine(95).add(volume, disk(5));
        allocator.grants().recoverOffered(0, 0, updated);
        assertEquals("f0@a0", decide());
        assertEquals(updated, decisions.last);
    }

    @Test
    @DisplayName("UpdateAllocationSharedPersistentVolume")
    void shouldMakeAndDestroyASharedVolume() {
        Resources total = machine(0).add(reserved(), disk(100));
        allocator.agents().add(0, total);
        assertEquals("f0@a0", decide());
        int volume = volume(true);
        operations.create(0, 0, volume, 5);
        Resources updated = machine(0).add(reserved(), disk(95)).add(volume, disk(5));
        allocator.grants().recoverOffered(0, 0, updated);
        assertEquals("f0@a0", decide());
        assertEquals(updated, decisions.last);
        operations.destroy(0, 0, volume);
        allocator.grants().recoverOffered(0, 0, total);
        assertEquals("f0@a0", decide());
        assertEquals(total, decisions.last);
    }

    @Test
    @DisplayName("SharedResourcesCapability")
    void shouldOfferASharedVolumeToWhoCanBearIt() {
        allocator.agents().add(0, machine(0).add(reserved(), disk(100)));
        assertEquals("f0@a0", decide());
        int volume = volume(true);
        operations.create(0, 0, volume, 5);
        allocator.frameworks().setCapability(0, Capability.SHARED_RESOURCES, false);
        Resources without = machine(0).add(reserved(), disk(95));
        allocator
                .grants()
                .recoverOffered(0, 0, machine(0).add(reserved(), disk(95)).add(volume, disk(5)));
        assertEquals("f0@a0", decide());
        assertEquals(without, decisions.last);
        allocator.frameworks().suppress(0);
        allocator.grants().recoverOffered(0, 0, without);
        allocator.frameworks().add(1, ROLE);
        allocator.frameworks().setCapability(1, Capability.SHARED_RESOURCES, true);
        assertEquals("f1@a0", decide());
        assertEquals(machine(0).add(reserved(), disk(95)).add(volume, disk(5)), decisions.last);
    }

    @Test
    @DisplayName("HierarchicalAllocatorTestWithParam.AllocateSharedResources")
    void shouldOfferASharedVolumeWhileItIsInUse() {
        allocator.frameworks().add(1, ROLE);
        allocator.frameworks().setCapability(1, Capability.SHARED_RESOURCES, true);
        allocator.agents().add(0, machine(0).add(reserved(), disk(2_048)));
        assertEquals("f0@a0", decide());
        int volume = volume(true);
        operations.create(0, 0, volume, 5);
        Resources task = Resources.of(1_000, 5, 0).add(volume, disk(5));
        allocator.grants().use(0, 0, task);
        Resources rest = machine(0).add(reserved(), disk(2_043)).add(volume, disk(5));
        rest.subtract(task);
        allocator.grants().recoverOffered(0, 0, rest);
        assertEquals("f1@a0", decide());
        rest.add(volume, disk(5));
        assertEquals(rest, decisions.last);
    }

    @Test
    void shouldCountASharedVolumeOnceWhenItIsReferredToAgain() {
        allocator.agents().add(0, machine(0).add(reserved(), disk(100)));
        assertEquals("f0@a0", decide());
        int volume = volume(true);
        operations.create(0, 0, volume, 50);
        double share = allocator.frameworks().share(0);
        operations.refer(0, 0, volume);
        assertEquals(share, allocator.frameworks().share(0));
        allocator.grants().use(0, 0, new Resources().add(volume, disk(100)));
        assertRefused("no other references", () -> operations.destroy(0, OPERATOR, volume));
        allocator.grants().recoverUsed(0, 0, new Resources().add(volume, disk(100)));
        operations.destroy(0, OPERATOR, volume);
    }

    @Test
    @DisplayName("UpdateAvailableSuccess")
    void shouldOfferWhatTheOperatorReserved() {
        allocator.frameworks().deactivate(0);
        allocator.agents().add(0, Resources.of(100_000, 100, 100));
        operations.reserve(0, OPERATOR, new Resources().add(reserved(), Resources.of(25_000, 50, 0)));
        allocator.frameworks().activate(0);
        assertEquals("f0@a0", decide());
        assertEquals(Resources.of(75_000, 50, 100).add(reserved(), Resources.of(25_000, 50, 0)), decisions.last);
    }

    @Test
    @DisplayName("UpdateAvailableFail")
    void shouldRefuseTheOperatorWhatIsOffered() {
        allocator.agents().add(0, Resources.of(100_000, 100, 100));
        assertEquals("f0@a0", decide());
        Resources reserved = new Resources().add(reserved(), Resources.of(25_000, 50, 0));
        assertRefused("free", () -> operations.reserve(0, OPERATOR, reserved));
    }

    @Test
    void shouldRefineAndUndoReservationsOneByOne() {
        allocator.roles().add(1, ROLE, Allocator.WEIGHT_MILLI_DEFAULT);
        int refined =
                allocator.traits().intern(allocator.traits().get(reserved()).reserved(Reservation.dynamic(1)));
        Resources cpus = Resources.of(1_000, 0, 0);
        allocator.agents().add(0, Resources.of(4_000, 0, 0));
        operations.reserve(0, OPERATOR, new Resources().add(reserved(), cpus));
        operations.reserve(0, OPERATOR, new Resources().add(refined, cpus));
        assertEquals(Resources.of(3_000, 0, 0).add(refined, cpus), free());
        assertEquals(1_000, allocator.parts.roleGoods.charged(ROLE, ResourceKinds.CPUS));
        operations.unreserve(0, OPERATOR, new Resources().add(refined, cpus));
        assertEquals(Resources.of(3_000, 0, 0).add(reserved(), cpus), free());
        operations.unreserve(0, OPERATOR, new Resources().add(reserved(), cpus));
        assertEquals(Resources.of(4_000, 0, 0), free());
    }

    @Test
    void shouldReserveForAnotherRoleInOneStep() {
        allocator.roles().add(1, Allocator.WEIGHT_MILLI_DEFAULT);
        int other = allocator.traits().intern(Trait.PLAIN.reserved(Reservation.dynamic(1)));
        Resources cpus = Resources.of(1_000, 0, 0);
        allocator.agents().add(0, Resources.of(4_000, 0, 0));
        operations.reserve(0, OPERATOR, new Resources().add(reserved(), cpus));
        operations.reserveInstead(0, OPERATOR, reserved(), other, cpus);
        assertEquals(Resources.of(3_000, 0, 0).add(other, cpus), free());
        int fixed = allocator.traits().intern(Trait.PLAIN.reserved(Reservation.fixed(ROLE)));
        assertRefused("only dynamic", () -> operations.reserveInstead(0, OPERATOR, other, fixed, cpus));
    }

    @Test
    void shouldGrowAndShrinkAVolume() {
        allocator.agents().add(0, new Resources().add(reserved(), disk(10)));
        int volume = volume(false);
        operations.create(0, OPERATOR, volume, 4);
        operations.grow(0, OPERATOR, volume, 3);
        assertEquals(new Resources().add(reserved(), disk(3)).add(volume, disk(7)), free());
        operations.shrink(0, OPERATOR, volume, 6);
        assertEquals(new Resources().add(reserved(), disk(9)).add(volume, disk(1)), free());
        assertRefused("takenBytes", () -> operations.shrink(0, OPERATOR, volume, 1));
        assertRefused("free", () -> operations.grow(0, OPERATOR, volume, 10));
        assertRefused("volume with the id", () -> operations.create(0, OPERATOR, volume, 1));
        assertRefused(
                "destroy it first", () -> operations.unreserve(0, OPERATOR, new Resources().add(volume, disk(1))));
    }

    @Test
    void shouldGiveADiskThatCannotBeDividedAsAWhole() {
        Trait mount = allocator.traits().get(reserved()).on(new DiskSource(DiskSource.Kind.MOUNT, 7));
        int disk = allocator.traits().intern(mount);
        int volume = allocator.traits().intern(mount.volume(1, false));
        allocator.agents().add(0, new Resources().add(disk, disk(10)));
        assertRefused("free", () -> operations.create(0, OPERATOR, volume, 4));
        operations.create(0, OPERATOR, volume, 10);
        assertEquals(new Resources().add(volume, disk(10)), free());
        assertRefused("divided", () -> operations.shrink(0, OPERATOR, volume, 4));
    }

    @Test
    void shouldNotMakeADiskThatCannotBeDividedOfWhichSomethingIsThereAlready() {
        Trait mount = Trait.PLAIN.on(new DiskSource(DiskSource.Kind.MOUNT, 7));
        int disk = allocator.traits().intern(mount);
        int kept = allocator.traits().intern(mount.reserved(Reservation.dynamic(ROLE)));
        int volume = allocator.traits().intern(mount.volume(1, false));
        allocator.agents().add(0, new Resources().add(disk, disk(10)));
        allocator.grants().addUsed(0, 0, new Resources().add(kept, disk(10)));
        Resources wanted = new Resources().add(kept, disk(10));
        assertRefused("only as a whole", () -> operations.reserve(0, OPERATOR, wanted));
        allocator.grants().addOffered(0, 0, new Resources().add(disk, disk(10)));
        assertRefused("only as a whole", () -> operations.reserve(0, 0, wanted));
        operations.create(0, 0, volume, 10);
        operations.destroy(0, 0, volume);
        allocator.grants().recoverUsed(0, 0, wanted);
        operations.reserve(0, 0, wanted);
        allocator.grants().use(0, 0, wanted);
    }

    @Test
    void shouldReserveOnlyForItsOwnRoleWhenItIsAFramework() {
        allocator.roles().add(1, Allocator.WEIGHT_MILLI_DEFAULT);
        int other = allocator.traits().intern(Trait.PLAIN.reserved(Reservation.dynamic(1)));
        allocator.agents().add(0, machine(0));
        assertEquals("f0@a0", decide());
        Resources reserved = new Resources().add(other, Resources.of(1_000, 0, 0));
        assertRefused("own role", () -> operations.reserve(0, 0, reserved));
    }

    private static void assertRefused(String why, Runnable operation) {
        RuntimeException refusal = assertThrows(RuntimeException.class, operation::run);
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private int reserved() {
        return allocator.traits().intern(Trait.PLAIN.reserved(Reservation.dynamic(ROLE)));
    }

    private int volume(boolean isShared) {
        return allocator.traits().intern(allocator.traits().get(reserved()).volume(1, isShared));
    }

    private Resources free() {
        Resources free = new Resources();
        allocator.agents().freeOf(0, free);
        return free;
    }

    private static Resources machine(long diskBytes) {
        return Resources.of(4_000, 1L << 30, diskBytes);
    }

    private static Resources disk(long bytes) {
        return Resources.of(0, 0, bytes);
    }

    private String decide() {
        allocator.allocate(1);
        return decisions.take();
    }
}

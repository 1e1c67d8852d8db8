package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the sorters of Mesos do where resources are revocable, shared or turned into others, scenario by scenario. A
 * client is a framework in a role of its own; shares tell the order.
 */
class SharedSorterScenariosTest {
    private static final int A = 0;
    private static final int B = 1;
    private static final int C = 2;
    private static final int OWNER = 3;

    private final Allocator allocator = new Allocator(new AllocatorContext().handler(new Decisions()));

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("CommonSorterTest.UpdateAllocation, CommonSorterTest.UpdateAllocationNestedClient")
    void shouldKeepAmountsWhenWhatIsHadIsTurnedIntoAVolume(boolean isNested) {
        Resources all = Resources.of(10, 10, 10);
        allocator.agents().add(0, all);
        allocator.roles().add(B, Allocator.WEIGHT_MILLI_DEFAULT);
        if (isNested) {
            allocator.roles().add(A, B, Allocator.WEIGHT_MILLI_DEFAULT);
        } else {
            allocator.roles().add(A, Allocator.WEIGHT_MILLI_DEFAULT);
        }
        allocator.frameworks().add(A, A);
        allocator.grants().addOffered(0, A, all);
        Resources converted = createVolume(0, Resources.of(10, 10, 5));
        assertHeld(all, isNested ? B : A);
        allocator.grants().recoverOffered(0, A, converted);
        assertEquals(0, allocator.frameworks().share(A));
    }

    @Test
    @DisplayName("CommonSorterTest.MultipleSlavesUpdateAllocation")
    void shouldKeepAmountsOfSeveralAgentsWhenTheyAreTurnedIntoVolumes() {
        Resources each = Resources.of(2_000, 512, 10).addRange(ResourceKinds.PORTS, 31_000, 32_000);
        client(A);
        for (int agent = 0; agent < 2; agent++) {
            allocator.agents().add(agent, each);
            allocator.grants().addOffered(agent, A, each);
            createVolume(agent, new Resources());
        }
        assertHeld(Resources.of(4_000, 1_024, 20), A);
    }

    @Test
    @DisplayName("DRFSorterTest.RevocableResources")
    void shouldCountWhatIsRevocableInShares() {
        int revocable = allocator.traits().intern(Trait.PLAIN.revocable());
        allocator.agents().add(0, Resources.of(10, 100, 0).add(revocable, Resources.of(10, 0, 0)));
        client(A);
        client(B);
        allocator.grants().addUsed(0, A, Resources.of(2, 1, 0));
        allocator.grants().addUsed(0, B, Resources.of(1, 1, 0).add(revocable, Resources.of(9, 0, 0)));
        assertShares(0.1, 0.5);
    }

    @Test
    @DisplayName("DRFSorterTest.SharedResources")
    void shouldCountWhatIsSharedWholeForEachThatHasIt() {
        Resources reference = sharedVolume(100, 900);
        use(A, 5, 1, reference);
        use(B, 6, 0, reference);
        use(C, 1, 1, reference);
        assertShares(0.1, 0.06, 0.1);
        allocator.grants().recoverUsed(0, B, Resources.of(4, 4, 0));
        assertShares(0.1, 0.02, 0.1);
    }

    @Test
    @DisplayName("DRFSorterTest.SameDominantSharedResourcesAcrossClients")
    void shouldMakeSharesEqualWhereWhatIsSharedIsMost() {
        Resources reference = sharedVolume(900, 100);
        use(A, 50, 1, reference);
        use(B, 5, 1, reference);
        use(C, 10, 1, reference);
        assertShares(0.9, 0.9, 0.9);
    }

    @Test
    @DisplayName("DRFSorterTest.SameSharedResourcesSameClient, DRFSorterTest.SharedResourcesUnallocated")
    void shouldCountWhatIsSharedOnceForOneThatHasItOftenUntilTheLastIsGone() {
        Resources reference = sharedVolume(100, 900);
        use(A, 2, 3, reference);
        use(B, 6, 0, reference);
        assertShares(0.1, 0.06);
        for (int left = 2; left >= 0; left--) {
            allocator.grants().recoverUsed(0, A, reference);
            assertShares(left > 0 ? 0.1 : 0.02, 0.06);
        }
    }

    @Test
    @DisplayName("RoleTreeTest.RolesTracking")
    void shouldTrackReservationsFrameworksAndQuotasInATree() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.roles().add(1, 0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.roles().add(2, 1, Allocator.WEIGHT_MILLI_DEFAULT);
        int reserved = allocator.traits().intern(Trait.PLAIN.reserved(Reservation.fixed(2)));
        allocator.agents().add(0, new Resources().add(reserved, Resources.of(1, 0, 0)));
        for (int role = 0; role < 3; role++) {
            assertEquals(1, allocator.parts.roleGoods.reserved(role, ResourceKinds.CPUS));
        }
        assertKept(2, "trait");
        allocator.agents().remove(0);
        allocator.traits().remove(reserved);
        allocator.frameworks().add(0, 2);
        assertKept(2, "frameworks");
        assertKept(1, "children");
        allocator.frameworks().remove(0);
        for (int role = 2; role >= 0; role--) {
            assertEquals(0, allocator.parts.roleGoods.reserved(role, ResourceKinds.CPUS));
            allocator.roles().remove(role);
        }
    }

    private void assertKept(int role, String why) {
        String refusal = assertThrows(
                        IllegalStateException.class, () -> allocator.roles().remove(role))
                .getMessage();
        assertTrue(refusal.contains(why), refusal);
    }

    private void client(int client) {
        allocator.roles().add(client, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(client, client);
    }

    /** Makes a volume of 5 bytes of what client A was offered, with something besides, and tells it all. */
    private Resources createVolume(int agent, Resources besides) {
        int volume = allocator.traits().intern(Trait.PLAIN.volume(1, false));
        allocator.operations().create(agent, A, volume, 5);
        return besides.add(volume, Resources.of(0, 0, 5));
    }

    /** An agent of 100 processors, 100 bytes of memory, and a shared volume beside disk; a reference to the volume. */
    private Resources sharedVolume(long volumeBytes, long diskBytes) {
        allocator.roles().add(OWNER, Allocator.WEIGHT_MILLI_DEFAULT);
        Trait reserved = Trait.PLAIN.reserved(Reservation.fixed(OWNER));
        int disk = allocator.traits().intern(reserved);
        int volume = allocator.traits().intern(reserved.volume(1, true));
        Resources reference = new Resources().add(volume, Resources.of(0, 0, volumeBytes));
        Resources total = Resources.of(100, 100, 0).add(disk, Resources.of(0, 0, diskBytes));
        total.add(reference);
        allocator.agents().add(0, total);
        return reference;
    }

    private void use(int client, long amount, int references, Resources reference) {
        client(client);
        allocator.grants().addUsed(0, client, Resources.of(amount, amount, 0));
        for (int i = 0; i < references; i++) {
            allocator.grants().addUsed(0, client, reference);
        }
    }

    private void assertShares(double... expected) {
        for (int client = 0; client < expected.length; client++) {
            assertEquals(expected[client], allocator.roles().share(client));
            assertEquals(expected[client], allocator.frameworks().share(client));
        }
    }

    private void assertHeld(Resources expected, int role) {
        for (int kind = 0; kind <= ResourceKinds.DISK; kind++) {
            assertEquals(expected.scalar(kind), allocator.parts.roles.held(role, kind));
            assertEquals(
                    expected.scalar(kind), allocator.parts.frameworks.held().at(A, kind));
            assertEquals(expected.scalar(kind), allocator.agents().allocated(kind));
        }
    }
}

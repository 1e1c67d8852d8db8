package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What the sorters of Mesos do, scenario by scenario; each is named by its display name. A client is a role with one
 * framework, and the order is that in which they would be served.
 */
class SorterScenariosTest {
    private static final long ONE = Allocator.WEIGHT_MILLI_DEFAULT;

    private final Allocator allocator = new Allocator(new AllocatorContext().handler(new Decisions()));
    private final Map<String, Integer> roles = new TreeMap<>();
    private int nextRole;

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    @DisplayName("DRFSorterTest.DRF")
    void shouldOrderByDominantShare() {
        cluster(100, 100);
        assertEquals("", order());
        client("a", 5, 5);
        client("b", 6, 6);
        assertEquals("a b", order());
        client("c", 1, 1);
        client("d", 3, 1);
        assertEquals("c d a b", order());
        remove("a", 5, 5);
        free("b", 4, 4);
        assertEquals("c b d", order());
        client("e", 1, 5);
        total(50, 100);
        assertEquals("c b e d", order());
        total(50, 200);
        client("f", 5, 1);
        use("c", 0, 15);
        assertEquals("e b d c f", order());
        allocator.frameworks().suppress(roles.get("d"));
        assertEquals("e b c f", order());
        allocator.frameworks().revive(roles.get("d"));
        assertEquals("e b d c f", order());
    }

    @Test
    @DisplayName("DRFSorterTest.WDRF")
    void shouldDivideSharesByWeights() {
        cluster(100, 100);
        client("a", 5, 5);
        client("b", 6, 6);
        weigh("b", 2 * ONE);
        assertEquals("b a", order());
        client("c", 4, 4);
        assertEquals("b c a", order());
        client("d", 10, 20);
        weigh("d", 10 * ONE);
        assertEquals("d b c a", order());
        remove("b", 6, 6);
        use("d", 10, 25);
        assertEquals("c d a", order());
        client("e", 1, 1);
        weigh("e", ONE / 10);
        assertEquals("c d a e", order());
        remove("a", 5, 5);
        assertEquals("c d e", order());
    }

    @Test
    @DisplayName("DRFSorterTest.UpdateWeight")
    void shouldReorderWhenAWeightChanges() {
        cluster(100, 100);
        client("a", 5, 5);
        client("b", 6, 6);
        assertEquals("a b", order());
        weigh("b", 2 * ONE);
        assertEquals("b a", order());
    }

    @Test
    @DisplayName("DRFSorterTest.ShallowHierarchy, DRFSorterTest.DeepHierarchy")
    void shouldOrderBranchesOfOneAsWithoutATree() {
        cluster(100, 100);
        client("a/a", 5, 5);
        client("b/x/y/b", 6, 6);
        assertEquals("a/a b/x/y/b", order());
        client("c/z/c", 1, 1);
        client("d", 3, 1);
        assertEquals("c/z/c d a/a b/x/y/b", order());
        remove("a/a", 5, 5);
        free("b/x/y/b", 4, 4);
        assertEquals("c/z/c b/x/y/b d", order());
    }

    @Test
    @DisplayName("DRFSorterTest.HierarchicalAllocation")
    void shouldCompareSharesAmongSiblings() {
        cluster(100, 100);
        client("a", 0, 0);
        client("b/c", 0, 0);
        client("b/d", 0, 0);
        assertEquals("a b/c b/d", order());
        use("a", 6, 6);
        assertEquals("b/c b/d a", order());
        use("b/c", 4, 4);
        use("b/d", 3, 3);
        assertEquals("a b/d b/c", order());
        use("a", 2, 2);
        assertEquals("b/d b/c a", order());
        client("b/e/f", 0, 0);
        assertEquals("b/e/f b/d b/c a", order());
        use("b/e/f", 3.5, 3.5);
        assertEquals("a b/d b/e/f b/c", order());
        remove("b/e/f", 3.5, 3.5);
        assertEquals("b/d b/c a", order());
        free("b/c", 3, 3);
        assertEquals("b/c b/d a", order());
        client("b/e/f", 3.5, 3.5);
        assertEquals("b/c b/d b/e/f a", order());
    }

    @Test
    @DisplayName("DRFSorterTest.HierarchicalIterationOrder")
    void shouldWalkTheTreeFromTheTop() {
        cluster(100, 100);
        client("a/b", 0, 0);
        client("c", 8, 8);
        client("d", 0, 0);
        client("d/e", 0, 0);
        assertEquals("a/b d d/e c", order());
        use("d", 3, 3);
        use("d/e", 2, 2);
        assertEquals("a/b d/e d c", order());
        use("a/b", 6, 6);
        assertEquals("d/e d a/b c", order());
    }

    @Test
    @DisplayName("DRFSorterTest.AddChildToLeaf, CommonSorterTest.RemoveLeafCollapseParent")
    void shouldKeepWhatALeafHoldsWhenItGetsAndLosesAChild() {
        cluster(100, 100);
        client("a", 10, 10);
        client("b", 6, 6);
        assertEquals("b a", order());
        client("a/c", 5, 5);
        assertEquals("b a/c a", order());
        use("b", 10, 10);
        assertEquals("a/c a b", order());
        remove("a/c", 5, 5);
        assertEquals("a b", order());
    }

    @Test
    @DisplayName("DRFSorterTest.AddChildToInternal")
    void shouldLetAnInnerRoleHaveFrameworksOfItsOwn() {
        cluster(100, 100);
        client("x/a", 10, 10);
        client("x/b", 6, 6);
        client("x", 7, 7);
        assertEquals("x/b x x/a", order());
    }

    @Test
    @DisplayName("DRFSorterTest.AddChildToInactiveLeaf, CommonSorterTest.RemoveLeafCollapseParentInactive")
    void shouldCountWhatASuppressedRoleHolds() {
        cluster(100, 100);
        client("a", 10, 10);
        client("b", 12, 12);
        allocator.frameworks().suppress(roles.get("a"));
        assertEquals("b", order());
        client("a/c", 5, 5);
        assertEquals("b a/c", order());
        remove("a/c", 5, 5);
        assertEquals("b", order());
    }

    @Test
    @DisplayName("DRFSorterTest.ChangeWeightOnSubtree")
    void shouldWeighAWholeSubtree() {
        cluster(100, 100);
        client("a/x", 0, 0);
        client("b/y", 2, 2);
        client("b/z", 4, 4);
        use("a/x", 5, 5);
        assertEquals("a/x b/y b/z", order());
        weigh("b", 3 * ONE);
        assertEquals("b/y b/z a/x", order());
        client("b", 8, 8);
        weigh("b/z", 4 * ONE);
        assertEquals("b/z b/y b a/x", order());
    }

    @Test
    @DisplayName("DRFSorterTest.SplitResourceShares, CommonSorterTest.MultipleSlaves, DRFSorterTest.RemoveResources")
    void shouldAddUpWhatIsHeldInPieces() {
        cluster(100, 100);
        allocator.agents().add(1, Resources.of(100_000, 1_000, 0));
        client("a", 5, 5);
        client("b", 6, 6);
        allocator.grants().addUsed(1, roles.get("a"), Resources.of(2_000, 0, 0));
        assertEquals("b a", order());
        allocator.grants().recoverUsed(1, roles.get("a"), Resources.of(2_000, 0, 0));
        assertEquals("a b", order());
    }

    @Test
    @DisplayName("DRFSorterTest.UpdateTotal, DRFSorterTest.MultipleSlavesUpdateTotal")
    void shouldReorderWhenTheTotalChanges() {
        cluster(100, 100);
        client("a", 5, 1);
        client("b", 1, 6);
        assertEquals("a b", order());
        total(10, 200);
        assertEquals("b a", order());
        allocator.agents().add(1, Resources.of(90_000, 100, 0));
        assertEquals("b a", order());
        allocator.agents().updateTotal(1, Resources.of(390_000, 0, 0));
        assertEquals("a b", order());
    }

    @Test
    @DisplayName("CommonSorterTest.AllocationForInactiveClient")
    void shouldAccountForWhoIsNotActive() {
        cluster(100, 100);
        client("a", 0, 0);
        client("b", 0, 0);
        allocator.frameworks().deactivate(roles.get("a"));
        use("a", 2, 2);
        use("b", 1, 1);
        assertEquals("b", order());
        assertEquals(0.02, allocator.roles().share(roles.get("a")));
    }

    private void cluster(int cpus, int memory) {
        allocator.agents().add(0, Resources.of(cpus * 1_000L, memory * 10L, 0));
    }

    private void total(int cpus, int memory) {
        allocator.agents().updateTotal(0, Resources.of(cpus * 1_000L, memory * 10L, 0));
    }

    private void client(String path, double cpus, double memory) {
        int role = ensureRole(path);
        allocator.frameworks().add(role, role);
        use(path, cpus, memory);
    }

    private int ensureRole(String path) {
        if (!roles.containsKey(path)) {
            int slash = path.lastIndexOf('/');
            int parent = slash < 0 ? -1 : ensureRole(path.substring(0, slash));
            int role = nextRole++;
            roles.put(path, role);
            if (slash < 0) {
                allocator.roles().add(role, ONE);
            } else {
                allocator.roles().add(role, parent, ONE);
            }
        }
        return roles.get(path);
    }

    private void use(String path, double cpus, double memory) {
        allocator.grants().addUsed(0, roles.get(path), amounts(cpus, memory));
    }

    private void free(String path, double cpus, double memory) {
        allocator.grants().recoverUsed(0, roles.get(path), amounts(cpus, memory));
    }

    private void remove(String path, double cpus, double memory) {
        free(path, cpus, memory);
        allocator.frameworks().remove(roles.get(path));
        allocator.roles().remove(roles.remove(path));
    }

    private void weigh(String path, long weightMilli) {
        allocator.roles().updateWeight(roles.get(path), weightMilli);
    }

    private static Resources amounts(double cpus, double memory) {
        return Resources.of(Math.round(cpus * 1_000), Math.round(memory * 10), 0);
    }

    private String order() {
        allocator.verify();
        List<String> clients = new ArrayList<>();
        addClients(RoleTable.ROOT, clients);
        return String.join(" ", clients);
    }

    private void addClients(int parent, List<String> clients) {
        ShareOrder level = allocator.parts.contenders.level(parent);
        for (int i = 0; i < level.size(); i++) {
            int role = level.id(i);
            if (role != Contenders.OWN && allocator.parts.roles.hasChildren(role)) {
                addClients(role, clients);
            } else {
                int client = role == Contenders.OWN ? parent : role;
                roles.forEach((path, index) -> clients.addAll(index == client ? List.of(path) : List.of()));
            }
        }
    }
}

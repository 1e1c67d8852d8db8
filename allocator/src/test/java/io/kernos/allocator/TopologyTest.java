package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cores and devices that tasks have alone, of one node where they want that. */
class TopologyTest {
    private static final int CORES = 1;
    private static final int DEVICES = 2;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));

    @BeforeEach
    void addAgent() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(0, 0);
        allocator.frameworks().suppress(0);
        allocator
                .agents()
                .add(0, Resources.of(8_000, 0, 0).addRange(CORES, 0, 7).addRange(DEVICES, 0, 3));
        allocator.agents().arrange(0, fourNodesOnTwoSockets());
    }

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    void shouldGiveTheLowestCoresWhereverTheyAreWhenTheyNeedNotBeAligned() {
        assertEquals("[0-2]", place(cores(3)).range(CORES).toString());
        assertEquals("[3-4]", place(cores(2)).range(CORES).toString());
    }

    @Test
    void shouldGiveCoresOfOneNodeWhenThatIsRequired() {
        place(cores(1));
        assertEquals(
                "[2-3]", place(cores(2).align(Alignment.REQUIRED)).range(CORES).toString());
    }

    @Test
    void shouldWaitWhenEnoughCoresAreFreeButNotOnOneNode() {
        allocator.grants().addUsed(0, 0, new Resources().addRange(CORES, 0, 0).addRange(CORES, 2, 2));
        allocator.grants().addUsed(0, 0, new Resources().addRange(CORES, 4, 4).addRange(CORES, 6, 6));
        allocator.demands().add(0, 0, cores(2).align(Alignment.REQUIRED), 1);
        allocator.allocate(1);
        assertEquals("", decisions.take());
        Explanation explanation = new Explanation();
        new Explainer(allocator).explain(0, explanation);
        assertEquals(1, explanation.agents(WaitReason.AGENT_NOT_ALIGNED));
        allocator.grants().recoverUsed(0, 0, new Resources().addRange(CORES, 6, 6));
        allocator.allocate(1);
        assertEquals("d0@a0x1", decisions.take());
        assertEquals("[6-7]", decisions.last.range(CORES).toString());
    }

    @Test
    void shouldGiveCoresAndDevicesOfTheSameNodeWhenAligned() {
        allocator.grants().addUsed(0, 0, new Resources().addRange(DEVICES, 0, 0));
        Resources got = place(cores(2).any(DEVICES, 1).align(Alignment.REQUIRED));
        assertEquals("[2-3]", got.range(CORES).toString());
        assertEquals("[1-1]", got.range(DEVICES).toString());
    }

    @Test
    void shouldFallBackToOneSocketThenToAnyWhenAlignmentIsPreferred() {
        assertEquals(
                "[0-2]", place(cores(3).align(Alignment.PREFERRED)).range(CORES).toString());
        assertEquals(
                "[4-7]", place(cores(4).align(Alignment.PREFERRED)).range(CORES).toString());
        allocator.grants().recoverUsed(0, 0, new Resources().addRange(CORES, 6, 7));
        assertEquals(
                "[3-3,6-7]",
                place(cores(3).align(Alignment.PREFERRED)).range(CORES).toString());
    }

    @Test
    void shouldPlaceAGangOnlyWhenItsTasksFitNodes() {
        allocator.demands().add(0, 0, cores(2).align(Alignment.REQUIRED).gang(5), 5);
        allocator.allocate(1);
        assertEquals("", decisions.take());
        allocator.demands().add(1, 0, cores(2).align(Alignment.REQUIRED).gang(4), 4);
        allocator.allocate(1);
        assertEquals("d1@a0x1 d1@a0x1 d1@a0x1 d1@a0x1", decisions.take());
    }

    @Test
    void shouldRefuseNodesThatShareACore() {
        AgentTopology.Builder builder =
                new AgentTopology.Builder().node(0).numbers(CORES, 0, 3).node(0);
        assertThrows(IllegalArgumentException.class, () -> builder.numbers(CORES, 3, 5));
    }

    /** Two cores and a device a node, two nodes a socket. */
    private static AgentTopology fourNodesOnTwoSockets() {
        AgentTopology.Builder builder = new AgentTopology.Builder();
        for (int node = 0; node < 4; node++) {
            long firstCore = 2L * node;
            builder.node(node / 2).numbers(CORES, firstCore, firstCore + 1).numbers(DEVICES, node, node);
        }
        return builder.build();
    }

    private static DemandSpec cores(int cores) {
        return new DemandSpec().perTask(Resources.of(100, 0, 0)).any(CORES, cores);
    }

    private Resources place(DemandSpec spec) {
        allocator.demands().add(9, 0, spec, 1);
        allocator.allocate(1);
        assertEquals("d9@a0x1", decisions.take());
        allocator.demands().remove(9);
        return decisions.last;
    }
}

package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which task goes where: the choice among agents, and among the demands of a framework. */
class PlacementTest {
    private static final long NOW_MS = 1_000;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));

    @BeforeEach
    void addFramework() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(0, 0);
        allocator.frameworks().suppress(0);
    }

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    void shouldFillTheFullestAgentWhenPacking() {
        addAgents(8_000, 4_000, 6_000);
        add(0, cpus(2_000).choice(AgentChoice.PACK), 4);
        assertEquals("d0@a1x2 d0@a2x2", decide());
    }

    @Test
    void shouldPassOverFullAgentsThatATaskDoesNotFitWhenPacking() {
        addAgents(1_000, 3_000, 2_000);
        add(0, cpus(2_000).choice(AgentChoice.PACK), 1);
        assertEquals("d0@a2x1", decide());
    }

    @Test
    void shouldUseTheEmptiestAgentForEachTaskWhenSpreading() {
        addAgents(4_000, 4_000, 5_000);
        add(0, cpus(1_000).choice(AgentChoice.SPREAD), 5);
        assertEquals("d0@a2x1 d0@a0x1 d0@a1x1 d0@a2x1 d0@a0x1", decide());
    }

    @Test
    void shouldChooseAmongFreedAgentsWhenTheDemandHasWaited() {
        addAgents(2_000, 2_000, 2_000);
        for (int agent = 0; agent < 3; agent++) {
            allocator.grants().addUsed(agent, 0, Resources.of(2_000, 0, 0));
        }
        add(0, cpus(1_000).choice(AgentChoice.PACK), 1);
        assertEquals("", decide());
        allocator.grants().recoverUsed(0, 0, Resources.of(2_000, 0, 0));
        allocator.grants().recoverUsed(2, 0, Resources.of(1_000, 0, 0));
        assertEquals("d0@a2x1", decide());
    }

    @Test
    void shouldServeTheHighestPriorityFirst() {
        addAgents(3_000);
        add(0, cpus(1_000).sequence(0), 1);
        add(1, cpus(1_000).sequence(2).priority(7), 1);
        add(2, cpus(1_000).sequence(1).priority(7), 1);
        add(3, cpus(1_000).sequence(0).priority(9), 1);
        assertEquals("d3@a0x1 d2@a0x1 d1@a0x1", decide());
    }

    @Test
    void shouldLetSharesDecideBetweenFrameworksWhateverTheirPriorities() {
        allocator.frameworks().add(1, 0);
        allocator.frameworks().suppress(1);
        addAgents(2_000);
        add(0, cpus(1_000), 2);
        allocator.demands().add(1, 1, cpus(1_000).priority(9), 2);
        assertEquals("d0@a0x1 d1@a0x1", decide());
    }

    @Test
    void shouldGoOnlyToAgentsThatMeetTheConstraints() {
        addAgents(4_000, 4_000, 4_000);
        inRack(1, "r1");
        add(0, cpus(3_000).constraints(rack("r1")), 2);
        assertEquals("d0@a1x1", decide());
        Explanation explanation = new Explanation();
        new Explainer(allocator).explain(0, explanation);
        assertEquals(2, explanation.agents(WaitReason.AGENT_NOT_SUITABLE));
        assertEquals(1, explanation.agents(WaitReason.AGENT_IN_USE));
        inRack(2, "r1");
        assertEquals("d0@a2x1", decide());
    }

    @Test
    void shouldNotGoToAnAgentThatNoLongerMeetsTheConstraints() {
        addAgents(4_000);
        inRack(0, "r1");
        add(0, cpus(3_000).constraints(rack("r1")).gang(2), 2);
        assertEquals("", decide());
        inRack(0, "r2");
        allocator.agents().add(1, Resources.of(8_000, 0, 0));
        inRack(1, "r1");
        assertEquals("d0@a1x2", decide());
    }

    @Test
    void shouldKeepTasksOfAGroupApart() {
        addAgents(4_000, 4_000);
        add(0, cpus(1_000).group(3, 1), 3);
        add(1, cpus(1_000).group(3, 2).sequence(1), 3);
        assertEquals("d0@a0x1 d0@a1x1 d1@a0x1 d1@a1x1", decide());
        Explanation explanation = new Explanation();
        new Explainer(allocator).explain(0, explanation);
        assertEquals(2, explanation.agents(WaitReason.AGENT_AT_GROUP_LIMIT));
        allocator.demands().ended(3, 1, 2);
        assertEquals("d0@a1x1 d1@a1x1", decide());
    }

    @Test
    void shouldGoOnlyWhereTheGroupRunsThatItIsToBeNearTo() {
        addAgents(1_000, 4_000, 4_000);
        allocator.demands().ran(5, 2, 1);
        add(0, cpus(2_000).near(5), 3);
        assertEquals("d0@a2x2", decide());
        Explanation explanation = new Explanation();
        new Explainer(allocator).explain(0, explanation);
        assertEquals(2, explanation.agents(WaitReason.AGENT_WITHOUT_GROUP));
        add(1, cpus(1_000).group(5, 1), 2);
        assertEquals("d1@a0x1 d1@a1x1 d0@a1x1", decide());
        allocator.demands().ended(5, 2, 1);
        allocator.demands().ended(5, 0, 1);
        allocator.demands().ended(5, 1, 1);
    }

    @Test
    void shouldRefuseToRemoveAnAgentOnWhichTasksOfGroupsRun() {
        addAgents(4_000);
        allocator.demands().ran(0, 0, 2);
        assertThrows(IllegalStateException.class, () -> allocator.agents().remove(0));
        allocator.demands().ended(0, 0, 2);
        allocator.agents().remove(0);
        assertThrows(IllegalStateException.class, () -> allocator.demands().ended(0, 0, 1));
    }

    @Test
    void shouldNameWhatIsWrongWithASpec() {
        assertEquals(
                "priority=-1 must be from 0 to 1000000",
                assertThrows(IllegalArgumentException.class, () -> add(0, cpus(1).priority(-1), 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> add(0, new DemandSpec(), 1));
    }

    private void inRack(int agent, String rack) {
        allocator.agents().describe(agent, new AgentInfo("", "", "", List.of(Attribute.text("rack", rack))));
    }

    private static OfferConstraints rack(String rack) {
        return OfferConstraints.all(new AttributeConstraint(
                new AttributeConstraint.Subject.Named("rack"), new AttributeConstraint.Predicate.TextEquals(rack)));
    }

    private static DemandSpec cpus(long cpusMilli) {
        return new DemandSpec().perTask(Resources.of(cpusMilli, 0, 0));
    }

    private void add(int demand, DemandSpec spec, int tasks) {
        allocator.demands().add(demand, 0, spec, tasks);
    }

    private void addAgents(long... cpusMilli) {
        for (int agent = 0; agent < cpusMilli.length; agent++) {
            allocator.agents().add(agent, Resources.of(cpusMilli[agent], 0, 0));
        }
    }

    private String decide() {
        allocator.allocate(NOW_MS);
        return decisions.take();
    }
}

package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExplainerTest {
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(new Decisions()));
    private final Explainer explainer = new Explainer(allocator);
    private final Explanation explanation = new Explanation();

    @BeforeEach
    void addFramework() {
        allocator.roles().add(0, Allocator.WEIGHT_MILLI_DEFAULT);
        allocator.frameworks().add(0, 0);
        allocator.frameworks().suppress(0);
    }

    @Test
    void shouldCountEachAgentOnceWithTheKindsThatItLacks() {
        allocator.agents().add(0, Resources.of(1_000, 10, 0));
        allocator.agents().add(1, Resources.of(1_000, 5, 0));
        allocator.agents().add(2, Resources.of(4_000, 10, 0).addRange(ResourceKinds.PORTS, 1, 5));
        allocator.grants().addUsed(2, 0, Resources.of(3_000, 0, 0).addRange(ResourceKinds.PORTS, 1, 4));
        allocator.agents().add(3, Resources.of(4_000, 10, 0));
        allocator.agents().setActive(3, false);
        allocator.agents().add(4, Resources.of(4_000, 10, 0));
        allocator.grants().addUsed(4, 0, Resources.of(4_001, 0, 0));
        explain(Resources.of(2_000, 10, 0), 2);
        assertEquals(7, explanation.waitingTasks());
        assertEquals(2, explanation.agents(WaitReason.AGENT_TOO_SMALL));
        assertEquals(2, explanation.agentsLackingScalar(WaitReason.AGENT_TOO_SMALL, ResourceKinds.CPUS));
        assertEquals(1, explanation.agentsLackingScalar(WaitReason.AGENT_TOO_SMALL, ResourceKinds.MEMORY));
        assertEquals(2, explanation.agentsLackingRange(WaitReason.AGENT_TOO_SMALL, ResourceKinds.PORTS));
        assertEquals(1, explanation.agents(WaitReason.AGENT_IN_USE));
        assertEquals(1, explanation.agentsLackingScalar(WaitReason.AGENT_IN_USE, ResourceKinds.CPUS));
        assertEquals(1, explanation.agentsLackingRange(WaitReason.AGENT_IN_USE, ResourceKinds.PORTS));
        assertEquals(1, explanation.agents(WaitReason.AGENT_NOT_ACTIVE));
        assertEquals(1, explanation.agents(WaitReason.AGENT_OVERCOMMITTED));
        assertEquals(0, explanation.agents(WaitReason.AGENT_FITS));
        assertTrue(explanation.isFrameworkActive());
    }

    @Test
    void shouldSayThatItFitsWhenOnlyTheFrameworkIsNotActive() {
        allocator.agents().add(0, Resources.of(1_000, 10, 0));
        allocator.frameworks().deactivate(0);
        explain(Resources.of(1_000, 0, 0), 0);
        allocator.allocate(1);
        explainer.explain(0, explanation);
        assertEquals(1, explanation.agents(WaitReason.AGENT_FITS));
        assertFalse(explanation.isFrameworkActive());
    }

    @Test
    void shouldRefuseWhenTheDemandIsUnknown() {
        assertThrows(IllegalStateException.class, () -> explainer.explain(3, explanation));
    }

    private void explain(Resources task, int ports) {
        allocator.demands().add(0, 0, 0, task, ports, 7);
        explainer.explain(0, explanation);
    }
}

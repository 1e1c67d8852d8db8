package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WhatIfTest {
    private static final Resources TASK = Resources.of(1_000, 0, 0);

    private final WhatIf whatIf = new WhatIf(AllocatorContext::new, WhatIfTest::addState);

    @Test
    void shouldPlaceAsTheAllocatorWouldWhenNothingIsOtherwise() {
        WhatIfOutcome outcome = whatIf.asItIs(1);
        assertEquals(2, outcome.placedTasks(0));
        assertEquals(2, outcome.placedTasks(1));
        assertEquals(0, outcome.offers(0));
        assertEquals(0.5, outcome.allocator().roles().share(0));
    }

    @Test
    void shouldPlaceMoreOfARoleWhenItWouldWeighMore() {
        WhatIfOutcome outcome = whatIf.run(allocator -> allocator.roles().updateWeight(1, 3_000), 1);
        assertEquals(1, outcome.placedTasks(0));
        assertEquals(3, outcome.placedTasks(1));
        assertEquals(2, whatIf.asItIs(1).placedTasks(1));
    }

    @Test
    void shouldPlaceMoreWhenThereWereMoreAgentsAndLessWhenThereWereFewer() {
        assertEquals(
                4,
                whatIf.run(allocator -> allocator.agents().add(7, machine()), 1).placedTasks(0));
        WhatIfOutcome fewer = whatIf.run(allocator -> allocator.agents().setHeld(0, AgentHold.DEACTIVATED, true), 1);
        assertEquals(0, fewer.placedTasks(0));
        Explanation explanation = new Explanation();
        new Explainer(fewer.allocator()).explain(0, explanation);
        assertEquals(1, explanation.agents(WaitReason.AGENT_DEACTIVATED));
    }

    @Test
    void shouldCountOffers() {
        WhatIfOutcome outcome = whatIf.run(
                allocator -> {
                    allocator.demands().remove(0);
                    allocator.demands().remove(1);
                    allocator.frameworks().revive(1);
                },
                1);
        assertEquals(1, outcome.offers(1));
        assertEquals(0, outcome.offers(0));
        assertEquals(0, outcome.placedTasks(99));
    }

    private static void addState(Allocator allocator) {
        for (int i = 0; i < 2; i++) {
            allocator.roles().add(i, Allocator.WEIGHT_MILLI_DEFAULT);
            allocator.frameworks().add(i, i);
            allocator.frameworks().suppress(i);
            allocator.demands().add(i, i, i, TASK, 0, 10);
        }
        allocator.agents().add(0, machine());
    }

    private static Resources machine() {
        return Resources.of(4_000, 0, 0);
    }
}

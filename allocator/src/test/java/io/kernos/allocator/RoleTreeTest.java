package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoleTreeTest {
    private static final long NOW_MS = 1_000;
    private static final long ONE = Allocator.WEIGHT_MILLI_DEFAULT;

    private final Decisions decisions = new Decisions();
    private final Allocator allocator = new Allocator(new AllocatorContext().handler(decisions));

    @AfterEach
    void invariantsHold() {
        allocator.verify();
    }

    @Test
    void shouldDivideBetweenBranchesBeforeItDividesInThem() {
        allocator.roles().add(0, ONE);
        allocator.roles().add(1, 0, ONE);
        allocator.roles().add(2, 0, ONE);
        allocator.roles().add(3, ONE);
        addFrameworks(1, 2, 3);
        addAgents(6);
        assertEquals("f1@a0 f3@a1 f2@a2 f3@a3 f1@a4 f3@a5", decide());
        assertEquals(0.5, allocator.roles().share(0));
    }

    @Test
    void shouldCountFrameworksOfAParentAsOneMoreChild() {
        allocator.roles().add(0, ONE);
        allocator.roles().add(1, 0, 2 * ONE);
        allocator.frameworks().add(0, 0);
        allocator.frameworks().add(1, 0);
        allocator.frameworks().add(2, 1);
        addAgents(6);
        assertEquals("f0@a0 f2@a1 f2@a2 f1@a3 f2@a4 f2@a5", decide());
    }

    @Test
    void shouldKeepSharesWhenARoleWithFrameworksGetsAChildAndLosesIt() {
        allocator.roles().add(0, ONE);
        allocator.frameworks().add(0, 0);
        addAgents(2);
        assertEquals("f0@a0 f0@a1", decide());
        allocator.roles().add(1, 0, ONE);
        allocator.frameworks().add(1, 1);
        allocator.verify();
        allocator.grants().recoverOffered(0, 0, Resources.of(1_000, 0, 0));
        assertEquals("f1@a0", decide());
        allocator.grants().recoverOffered(0, 1, Resources.of(1_000, 0, 0));
        allocator.frameworks().remove(1);
        allocator.roles().remove(1);
        assertEquals("f0@a0", decide());
    }

    @Test
    void shouldRefuseWithoutAnyEffectWhenTheTreeWouldBreak() {
        allocator.roles().add(0, ONE);
        allocator.roles().add(1, 0, ONE);
        assertThrows(IllegalStateException.class, () -> allocator.roles().add(2, 7, ONE));
        assertThrows(IllegalStateException.class, () -> allocator.roles().remove(0));
        for (int role = 2; role < Allocator.MAX_ROLE_DEPTH; role++) {
            allocator.roles().add(role, role - 1, ONE);
        }
        int deepest = Allocator.MAX_ROLE_DEPTH - 1;
        assertThrows(IllegalStateException.class, () -> allocator.roles().add(deepest + 1, deepest, ONE));
        addFrameworks(deepest);
        addAgents(1);
        assertEquals("f" + deepest + "@a0", decide());
    }

    private void addFrameworks(int... roles) {
        for (int role : roles) {
            allocator.frameworks().add(role, role);
        }
    }

    private void addAgents(int count) {
        for (int agent = 0; agent < count; agent++) {
            allocator.agents().add(agent, Resources.of(1_000, 0, 0));
        }
    }

    private String decide() {
        allocator.allocate(NOW_MS);
        return decisions.take();
    }
}

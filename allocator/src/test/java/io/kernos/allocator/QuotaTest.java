package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private final Scenario it = new Scenario();

    @BeforeEach
    void addRoles() {
        it.role(0);
        it.role(1, 0);
        it.role(2, 0);
    }

    @Test
    void shouldPlaceNoMoreTasksThanTheLimitLeavesInOneBurst() {
        it.limit(0, 5, 100);
        it.framework(1, 1);
        it.framework(2, 2);
        it.allocator.frameworks().suppress(1);
        it.allocator.frameworks().suppress(2);
        it.agent(0, 16, 16);
        it.allocator.demands().add(1, 1, 0, Scenario.machine(2, 1), 0, 9);
        it.allocator.demands().add(2, 2, 0, Scenario.machine(1, 1), 0, 9);
        assertEquals("d1@a0x1 2/1, d2@a0x3 1/1", it.decideAmounts());
        it.limit(0, 8, 100);
        assertEquals("d1@a0x1 2/1, d2@a0x1 1/1", it.decideAmounts());
    }

    @Test
    void shouldPlaceWhatALimitKeptWaitingOnceLessIsHeld() {
        it.limit(0, 2, 100);
        it.framework(1, 1);
        it.allocator.frameworks().suppress(1);
        it.agent(0, 2, 2);
        it.agent(1, 9, 9);
        it.allocator.demands().add(0, 1, 0, Scenario.machine(2, 2), 0, 2);
        assertEquals("d0@a0x1", it.decide());
        it.allocator.agents().setActive(0, false);
        it.allocator.grants().recoverUsed(0, 1, Scenario.machine(2, 2));
        assertEquals("d0@a1x1", it.decide());
    }

    @Test
    void shouldSayWhatSpeaksAgainstAQuota() {
        it.agent(0, 4, 4);
        assertEquals(QuotaProblem.NONE, set(0, 4_000, Quota.NO_LIMIT, false));
        assertEquals(QuotaProblem.GUARANTEE_ABOVE_LIMIT, set(0, 2_000, 1_000, true));
        assertEquals(QuotaProblem.GUARANTEES_ABOVE_CLUSTER, set(0, 5_000, Quota.NO_LIMIT, false));
        assertEquals(QuotaProblem.NONE, set(1, 3_000, 3_000, false));
        assertEquals(QuotaProblem.GUARANTEES_ABOVE_PARENT, set(2, 2_000, Quota.NO_LIMIT, false));
        assertEquals(QuotaProblem.GUARANTEE_ABOVE_LIMIT_IN_TREE, set(0, 2_000, 2_000, false));
        it.framework(1, 1);
        it.allocator.grants().addUsed(0, 1, Scenario.machine(2, 2));
        assertEquals(QuotaProblem.LIMIT_BELOW_CONSUMPTION, set(1, 0, 1_000, false));
        assertEquals(1_000, it.allocator.quotas().owed(1, ResourceKinds.CPUS));
        QuotaVerdict forced = it.allocator.quotas().set(1, new Quota().limit(0, 1_000), true);
        assertEquals(new QuotaVerdict(QuotaProblem.LIMIT_BELOW_CONSUMPTION, 0, 1), forced);
        assertEquals(0, it.allocator.quotas().owed(1, ResourceKinds.CPUS));
        assertTrue(it.allocator.quotas().set(1, new Quota(), false).isGood());
    }

    @Test
    void shouldRefuseAmountsThatCannotBe() {
        assertThrows(IllegalArgumentException.class, () -> new Quota().guarantee(0, -1));
        assertThrows(IllegalArgumentException.class, () -> new Quota().limit(0, -1));
        assertThrows(IllegalStateException.class, () -> set(9, 0, 0, true));
        assertEquals(QuotaProblem.GUARANTEES_ABOVE_CLUSTER, set(0, Quota.MAX_AMOUNT, Quota.NO_LIMIT, true));
        assertThrows(IllegalArgumentException.class, () -> set(1, 1, Quota.NO_LIMIT, true));
    }

    private QuotaProblem set(int role, long guaranteeMilli, long limitMilli, boolean force) {
        Quota quota = new Quota().guarantee(ResourceKinds.CPUS, guaranteeMilli).limit(ResourceKinds.CPUS, limitMilli);
        return it.allocator.quotas().set(role, quota, force).problem();
    }
}

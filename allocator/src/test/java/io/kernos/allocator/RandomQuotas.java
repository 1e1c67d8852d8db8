package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Random events of quotas. */
final class RandomQuotas {
    private static final long MIB = 1L << 20;

    private final RandomWorld world;
    private final boolean areUsed;

    RandomQuotas(RandomWorld world) {
        this.world = world;
        this.areUsed = world.random.nextInt(3) != 0;
    }

    void register(RandomEvents events) {
        if (areUsed) {
            events.add(1, this::quota);
        }
    }

    private void quota() {
        Integer role = world.any(world.naive.roles);
        if (role == null) {
            return;
        }
        Quota quota = new Quota();
        if (world.random.nextInt(3) != 0) {
            draw(quota, ResourceKinds.CPUS, 500L * (1 + world.random.nextInt(2)));
            draw(quota, ResourceKinds.MEMORY, 32 * MIB);
            draw(quota, world.customKind, 1);
        }
        boolean force = world.random.nextInt(4) != 0;
        QuotaProblem expected = new NaiveQuotaCheck(world.naive).problem(role, quota);
        if (expected == QuotaProblem.NONE || (force && expected != QuotaProblem.GUARANTEE_ABOVE_LIMIT)) {
            world.naive.roles.get(role).quota = quota;
        }
        world.note("quota " + role + " " + text(quota) + " force " + force + " " + expected);
        assertEquals(expected, world.allocator.quotas().set(role, quota, force).problem());
    }

    private void draw(Quota quota, int kind, long unit) {
        long guarantee = world.random.nextBoolean() ? unit * world.random.nextInt(6) : 0;
        quota.guarantee(kind, guarantee);
        if (world.random.nextBoolean()) {
            quota.limit(kind, Math.max(0, guarantee + unit * (world.random.nextInt(8) - 1)));
        }
    }

    private static String text(Quota quota) {
        StringBuilder text = new StringBuilder();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            if (quota.guarantee(kind) != 0 || quota.limit(kind) != Quota.NO_LIMIT) {
                text.append(kind).append(':').append(quota.guarantee(kind)).append("..");
                text.append(quota.limit(kind) == Quota.NO_LIMIT ? "" : quota.limit(kind))
                        .append(' ');
            }
        }
        return text.toString();
    }
}

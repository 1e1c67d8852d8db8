package io.kernos.allocator;

/** Random events of roles. */
final class RandomRoles {
    private static final int MAX_ROLES = 8;

    private final RandomWorld world;

    RandomRoles(RandomWorld world) {
        this.world = world;
    }

    void register(RandomEvents events) {
        events.add(1, this::role);
        events.add(1, this::weight);
    }

    private void role() {
        int role = world.random.nextInt(MAX_ROLES);
        if (!world.naive.roles.containsKey(role)) {
            long weightMilli = world.weightMilli();
            Integer parent = world.random.nextInt(3) == 0 ? null : world.any(world.naive.roles);
            world.note("addRole " + role + " under " + parent + " " + weightMilli);
            NaiveRole added = new NaiveRole();
            added.weightMilli = weightMilli;
            added.parent = parent;
            world.naive.roles.put(role, added);
            if (parent == null) {
                world.allocator.roles().add(role, weightMilli);
            } else {
                world.allocator.roles().add(role, parent, weightMilli);
            }
        } else if (world.naive.isEmpty(role) && !isInATrait(role)) {
            world.note("removeRole " + role);
            world.naive.roles.remove(role);
            world.naive.spent.remove(role);
            world.naive.windowEndMs = world.naive.spent.isEmpty() ? Long.MAX_VALUE : world.naive.windowEndMs;
            world.allocator.roles().remove(role);
        }
    }

    private boolean isInATrait(int role) {
        return world.naive.traits.values().stream()
                .flatMap(trait -> trait.reservations().stream())
                .anyMatch(reservation -> reservation.roleIndex() == role);
    }

    private void weight() {
        Integer role = world.any(world.naive.roles);
        if (role != null) {
            long weightMilli = world.weightMilli();
            world.note("updateWeight " + role + " " + weightMilli);
            world.naive.roles.get(role).weightMilli = weightMilli;
            world.allocator.roles().updateWeight(role, weightMilli);
        }
    }
}

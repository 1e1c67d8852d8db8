package io.kernos.allocator;

/** Random events of roles. */
final class RandomRoles {
    private final RandomWorld world;

    RandomRoles(RandomWorld world) {
        this.world = world;
    }

    void register(RandomEvents events) {
        events.add(1, this::role);
        events.add(1, this::weight);
    }

    private void role() {
        int role = world.random.nextInt(5);
        if (!world.naive.roles.containsKey(role)) {
            long weightMilli = world.weightMilli();
            world.note("addRole " + role + " " + weightMilli);
            NaiveRole added = new NaiveRole();
            added.weightMilli = weightMilli;
            world.naive.roles.put(role, added);
            world.allocator.roles().add(role, weightMilli);
        } else if (world.naive.frameworks.values().stream().noneMatch(framework -> framework.role == role)) {
            world.note("removeRole " + role);
            world.naive.roles.remove(role);
            world.allocator.roles().remove(role);
        }
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

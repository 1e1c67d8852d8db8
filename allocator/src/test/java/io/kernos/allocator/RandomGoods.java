package io.kernos.allocator;

import java.util.List;

/** Random traits, and what has them. */
final class RandomGoods {
    private static final int MOST_TRAITS = 12;
    private static final int FIRST_NUMBER = 20;
    private static final int NUMBERS = 2;

    private final RandomWorld world;

    RandomGoods(RandomWorld world) {
        this.world = world;
    }

    void register(RandomEvents events) {
        events.add(1, this::addTrait);
        events.add(1, this::removeTrait);
    }

    /** A total, in which what is referred to stays as it is. */
    Resources total(NaiveAgent before) {
        Resources total = world.total();
        for (int i = world.random.nextInt(4); i > 0; i--) {
            Integer trait = world.any(world.naive.traits);
            if (trait != null && total.specialOf(trait) == null) {
                total.add(trait, amounts(trait));
            }
        }
        if (before == null) {
            return total;
        }
        NaiveAmounts kept = before.allocated();
        kept.specials.keySet().removeIf(trait -> !isShared(trait));
        Resources result = new Resources();
        result.add(withoutSpecials(total));
        for (int i = 0; i < total.specials(); i++) {
            if (!kept.specials.containsKey(total.specialTrait(i))) {
                result.add(total.specialTrait(i), total.special(i));
            }
        }
        kept.specials
                .keySet()
                .forEach(trait ->
                        result.add(trait, before.total.specialOrNothing(trait).toResources()));
        return result;
    }

    void addSpecialTask(Resources task) {
        Integer trait = world.random.nextInt(4) == 0 ? world.any(world.naive.traits) : null;
        if (trait != null) {
            task.add(trait, amounts(trait));
        }
    }

    /** Adds what a framework may be said to have already. */
    void addRestored(NaiveAgent where, Resources resources) {
        Integer trait = world.random.nextInt(3) == 0 ? world.any(world.naive.traits) : null;
        if (trait == null) {
            return;
        }
        NaiveAmounts total = where.total.specialOrNothing(trait);
        NaiveAmounts allocated = where.allocated().specialOrNothing(trait);
        if (isShared(trait)) {
            for (int i = world.random.nextInt(3); i > 0 && !total.isNothing(); i--) {
                resources.add(trait, total.toResources());
            }
        } else if (!world.naive.traits.get(trait).isWhole() || allocated.isNothing()) {
            NaiveAmounts amounts = NaiveAmounts.of(amounts(trait));
            for (int kind = 0; kind < amounts.numbers.length; kind++) {
                amounts.numbers[kind] &= ~allocated.numbers[kind];
            }
            resources.add(trait, amounts.toResources());
        }
    }

    void addPartOfSpecials(Resources whole, Resources part) {
        for (int i = 0; i < whole.specials(); i++) {
            int trait = whole.specialTrait(i);
            Resources amounts = whole.special(i);
            if (isShared(trait)) {
                addReferences(trait, amounts, part);
            } else if (world.naive.traits.get(trait).isWhole()) {
                part.add(trait, world.random.nextBoolean() ? amounts : new Resources());
            } else {
                part.add(trait, world.partOf(amounts));
            }
        }
    }

    private void addReferences(int trait, Resources references, Resources part) {
        long size = world.naive.agents.values().stream()
                .mapToLong(agent -> agent.total.specialOrNothing(trait).scalars[ResourceKinds.DISK])
                .filter(one -> one != 0)
                .findFirst()
                .orElseThrow();
        long count = references.scalar(ResourceKinds.DISK) / size;
        part.add(trait, Resources.of(0, 0, size * world.random.nextInt((int) count + 1)));
    }

    private void addTrait() {
        if (world.naive.traits.size() >= MOST_TRAITS) {
            return;
        }
        Trait trait = Trait.PLAIN;
        Integer role = world.random.nextInt(4) == 0 ? null : world.any(world.naive.roles);
        if (role != null) {
            trait = reserved(role);
        }
        trait = switch (world.random.nextInt(6)) {
            case 0 -> trait.reservations().stream().anyMatch(Reservation::isDynamic) ? trait : trait.revocable();
            case 1 ->
                trait.on(new DiskSource(world.random.nextBoolean() ? DiskSource.Kind.MOUNT : DiskSource.Kind.PATH, 1));
            case 2 -> trait.volume(1 + world.random.nextInt(3), world.random.nextBoolean());
            default -> trait;
        };
        if (trait.equals(Trait.PLAIN) || world.naive.traits.containsValue(trait)) {
            return;
        }
        int index = world.allocator.traits().intern(trait);
        world.note("trait " + index + " " + trait);
        learnTraits();
    }

    /** Reserved to a role, and now and then first to one above it. */
    private Trait reserved(int role) {
        List<Integer> path = world.naive.path(role);
        Trait trait = Trait.PLAIN;
        if (path.size() > 1 && world.random.nextBoolean()) {
            int above = path.get(world.random.nextInt(path.size() - 1));
            trait = trait.reserved(new Reservation(above, world.random.nextBoolean(), 0));
        }
        boolean isDynamic = trait.isReserved() || world.random.nextBoolean();
        return trait.reserved(new Reservation(role, isDynamic, world.random.nextInt(2)));
    }

    private void removeTrait() {
        List<Integer> unused = world.naive.traits.keySet().stream()
                .filter(trait -> !world.allocator.traits().isUsed(trait))
                .toList();
        if (!unused.isEmpty() && world.random.nextInt(3) == 0) {
            int index = unused.get(world.random.nextInt(unused.size()));
            world.note("removeTrait " + index);
            world.allocator.traits().remove(index);
            world.naive.traits.remove(index);
        }
    }

    /** Interning a trait makes known what it is made of. */
    private void learnTraits() {
        Traits traits = world.allocator.traits();
        for (int index = 0; index < traits.bound(); index++) {
            if (traits.isKnown(index)) {
                world.naive.traits.put(index, traits.get(index));
            }
        }
    }

    /** Some amount of a trait; different traits never have the same numbers, and a shared one always has one size. */
    private Resources amounts(int index) {
        Trait trait = world.naive.traits.get(index);
        if (trait.isShared()) {
            return Resources.of(0, 0, 2);
        }
        if (trait.volumeId() != 0 || trait.disk() != null) {
            return Resources.of(0, 0, 1 + world.random.nextInt(2));
        }
        Resources amounts = withoutRanges(world.task());
        int number = FIRST_NUMBER + NUMBERS * index;
        if (number < NaiveAmounts.MAX_NUMBER && world.random.nextInt(3) == 0) {
            amounts.addRange(ResourceKinds.PORTS, number, number + world.random.nextInt(NUMBERS));
        }
        return amounts;
    }

    private boolean isShared(int trait) {
        return world.naive.traits.get(trait).isShared();
    }

    private static Resources withoutRanges(Resources resources) {
        Resources rest = new Resources();
        for (int kind = 0; kind < ResourceKinds.MAX_SCALARS; kind++) {
            rest.scalar(kind, resources.scalar(kind));
        }
        return rest;
    }

    private static Resources withoutSpecials(Resources resources) {
        Resources plain = withoutRanges(resources);
        for (int kind = 0; kind < ResourceKinds.MAX_RANGES; kind++) {
            plain.range(kind).copyFrom(resources.range(kind));
        }
        return plain;
    }
}

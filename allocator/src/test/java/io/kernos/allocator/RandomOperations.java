package io.kernos.allocator;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Objects;

/** Random operations, of offers and by the operator; those that are refused must have changed nothing. */
final class RandomOperations {
    private final RandomWorld world;
    private Integer agent;
    private Integer framework;

    RandomOperations(RandomWorld world) {
        this.world = world;
    }

    void register(RandomEvents events) {
        events.add(2, () -> onSome(this::reserve));
        events.add(1, () -> onSome(this::unreserve));
        events.add(2, () -> onSome(this::create));
        events.add(1, () -> onSome(this::destroy));
        events.add(1, () -> onSome(this::resize));
        events.add(1, () -> onSome(this::reserveInstead));
        events.add(1, this::refer);
    }

    /** Draws an agent, and an offer there or what is free. */
    private void onSome(Runnable operation) {
        agent = world.any(world.naive.agents);
        if (agent != null) {
            framework = world.random.nextBoolean() ? null : world.any(world.naive.agents.get(agent).offeredByFramework);
            operation.run();
        }
    }

    private void reserve() {
        Integer to = world.any(world.naive.traits);
        if (to == null) {
            return;
        }
        Trait trait = world.naive.traits.get(to);
        if (!trait.isReserved()
                || trait.volumeId() != 0
                || !trait.reservations().getLast().isDynamic()) {
            return;
        }
        int from = world.allocator.traits().indexOf(trait.unreserved());
        Resources amounts = partOf(from);
        boolean isOwn = framework == null
                || world.naive.frameworks.get(framework).role
                        == trait.reservations().getLast().roleIndex();
        if (!amounts.isEmpty() && isOwn) {
            world.note("reserve " + where() + " from " + from + " to " + to + " " + amounts);
            convert(from, to, amounts, () -> world.allocator.operations().reserve(agent, who(), of(to, amounts)));
        }
    }

    private void unreserve() {
        Integer from = world.any(world.naive.traits);
        if (from == null) {
            return;
        }
        Trait trait = world.naive.traits.get(from);
        if (!trait.isReserved()
                || trait.volumeId() != 0
                || !trait.reservations().getLast().isDynamic()) {
            return;
        }
        int to = world.allocator.traits().indexOf(trait.unreserved());
        Resources amounts = partOf(from);
        if (!amounts.isEmpty()) {
            world.note("unreserve " + where() + " from " + from + " to " + to + " " + amounts);
            convert(from, to, amounts, () -> world.allocator.operations().unreserve(agent, who(), of(from, amounts)));
        }
    }

    private void reserveInstead() {
        Integer from = world.any(world.naive.traits);
        Integer to = world.any(world.naive.traits);
        if (from == null) {
            return;
        }
        Trait old = world.naive.traits.get(from);
        Trait wanted = world.naive.traits.get(to);
        boolean isReplaceable = !from.equals(to)
                && old.volumeId() == 0
                && wanted.volumeId() == 0
                && old.reservations().size() == 1
                && wanted.reservations().size() == 1
                && old.reservations().getFirst().isDynamic()
                && wanted.reservations().getFirst().isDynamic()
                && Objects.equals(old.disk(), wanted.disk());
        Resources amounts = partOf(from);
        if (isReplaceable && framework == null && !amounts.isEmpty()) {
            world.note("reserveInstead " + where() + " from " + from + " to " + to + " " + amounts);
            convert(
                    from,
                    to,
                    amounts,
                    () -> world.allocator.operations().reserveInstead(agent, who(), from, to, amounts));
        }
    }

    private void create() {
        Integer to = world.any(world.naive.traits);
        if (to == null || world.naive.traits.get(to).volumeId() == 0) {
            return;
        }
        Trait trait = world.naive.traits.get(to);
        int from = world.allocator.traits().indexOf(trait.withoutVolume());
        Resources here = here(from);
        boolean isWhole = from != Traits.PLAIN && world.naive.traits.get(from).isWhole();
        long size = isWhole || trait.isShared() ? 2 : 1;
        boolean isEnough = isWhole ? here.scalar(ResourceKinds.DISK) == size : here.scalar(ResourceKinds.DISK) >= size;
        boolean isAble = framework == null
                || !trait.isShared()
                || world.naive.frameworks.get(framework).capabilities.contains(Capability.SHARED_RESOURCES);
        if (isEnough && isAble && !hasVolumeLike(trait)) {
            Resources amounts = Resources.of(0, 0, size);
            world.note("create " + where() + " from " + from + " to " + to + " " + amounts);
            world.allocator.operations().create(agent, who(), to, size);
            convert(of(from, amounts), of(to, amounts));
        }
    }

    private void destroy() {
        Integer from = world.any(world.naive.traits);
        if (from == null || world.naive.traits.get(from).volumeId() == 0 || !hasAlone(from)) {
            return;
        }
        Resources amounts =
                world.naive.agents.get(agent).total.specialOrNothing(from).toResources();
        int to = world.allocator.traits().indexOf(world.naive.traits.get(from).withoutVolume());
        world.note("destroy " + where() + " " + from + " " + amounts);
        convert(from, to, amounts, () -> world.allocator.operations().destroy(agent, who(), from));
    }

    private void resize() {
        Integer trait = world.any(world.naive.traits);
        if (trait == null || world.naive.traits.get(trait).volumeId() == 0 || !hasAlone(trait)) {
            return;
        }
        Trait volume = world.naive.traits.get(trait);
        Resources amounts =
                world.naive.agents.get(agent).total.specialOrNothing(trait).toResources();
        int rest = world.allocator.traits().indexOf(volume.withoutVolume());
        boolean isDivisible = volume.disk() == null || !volume.disk().isWhole();
        long size = amounts.scalar(ResourceKinds.DISK);
        if (volume.isShared() || !isDivisible) {
            return;
        }
        Resources one = Resources.of(0, 0, 1);
        if (world.random.nextBoolean() && here(rest).scalar(ResourceKinds.DISK) >= 1) {
            world.note("grow " + where() + " " + trait);
            world.allocator.operations().grow(agent, who(), trait, 1);
            convert(of(rest, one), of(trait, one));
        } else if (size > 1) {
            world.note("shrink " + where() + " " + trait);
            world.allocator.operations().shrink(agent, who(), trait, 1);
            convert(of(trait, one), of(rest, one));
        }
    }

    private void refer() {
        agent = world.any(world.naive.agents);
        framework = agent == null ? null : world.any(world.naive.agents.get(agent).offeredByFramework);
        Integer trait = world.any(world.naive.traits);
        if (framework != null
                && trait != null
                && world.naive.traits.get(trait).isShared()
                && !offered(trait).isNothing()) {
            world.note("refer " + where() + " " + trait);
            world.allocator.operations().refer(agent, framework, trait);
            Resources reference =
                    world.naive.agents.get(agent).total.specialOrNothing(trait).toResources();
            world.naive.give(world.naive.agents.get(agent).offeredByFramework, framework, of(trait, reference));
        }
    }

    private NaiveAmounts offered(int trait) {
        return world.naive.agents.get(agent).offeredByFramework.get(framework).specialOrNothing(trait);
    }

    /** Whether all of a volume is here, and nobody else has a reference to it. */
    private boolean hasAlone(int trait) {
        NaiveAgent where = world.naive.agents.get(agent);
        NaiveAmounts total = where.total.specialOrNothing(trait);
        NaiveAmounts allocated = where.allocated().specialOrNothing(trait);
        NaiveAmounts here = NaiveAmounts.of(here(trait));
        boolean isAll = !total.isNothing() && here.contains(total) && total.contains(here);
        return isAll
                && (framework == null ? allocated.isNothing() : allocated.contains(total) && total.contains(allocated));
    }

    private boolean hasVolumeLike(Trait volume) {
        return world.naive.agents.get(agent).total.specials.keySet().stream()
                        .anyMatch(other -> isLike(volume, world.naive.traits.get(other)))
                || world.naive.agents.get(agent).allocated().specials.keySet().stream()
                        .anyMatch(other -> isLike(volume, world.naive.traits.get(other)));
    }

    private static boolean isLike(Trait volume, Trait other) {
        return other.volumeId() == volume.volumeId() && roleOf(other) == roleOf(volume);
    }

    private static int roleOf(Trait trait) {
        return trait.isReserved() ? trait.reservations().getLast().roleIndex() : -1;
    }

    /** Whether numbers, or what can be had only as a whole, are known there already, as after the agent changed. */
    private boolean wouldCollide(int to, Resources amounts) {
        NaiveAgent where = world.naive.agents.get(agent);
        boolean isWhole = to != Traits.PLAIN && world.naive.traits.get(to).isWhole();
        boolean isThere = !where.total.specialOrNothing(to).isNothing()
                || !where.allocated().specialOrNothing(to).isNothing();
        long there = NaiveAmounts.of(amounts).numbers[ResourceKinds.PORTS];
        NaiveAmounts total = to == Traits.PLAIN ? where.total : where.total.specialOrNothing(to);
        NaiveAmounts allocated =
                to == Traits.PLAIN ? where.allocated() : where.allocated().specialOrNothing(to);
        return (isWhole && isThere)
                || ((total.numbers[ResourceKinds.PORTS] | allocated.numbers[ResourceKinds.PORTS]) & there) != 0;
    }

    /** What there is of a trait in the offer, or free; nothing where the agent has less by now. */
    private Resources here(int trait) {
        NaiveAgent where = world.naive.agents.get(agent);
        NaiveAmounts here = framework == null ? where.free() : where.offeredByFramework.get(framework);
        Resources amounts = plain(trait == Traits.PLAIN ? here : here.specialOrNothing(trait));
        NaiveAmounts total = trait == Traits.PLAIN ? where.total : where.total.specialOrNothing(trait);
        return total.contains(NaiveAmounts.of(amounts)) ? amounts : new Resources();
    }

    private Resources partOf(int trait) {
        Resources here = here(trait);
        boolean isWhole = trait != Traits.PLAIN && world.naive.traits.get(trait).isWhole();
        Resources part = isWhole ? here : world.partOf(here);
        for (int kind = 1; kind < ResourceKinds.MAX_RANGES; kind++) {
            part.range(kind).clear();
        }
        return part;
    }

    /** Converts all amounts of a trait, or is refused, which must change nothing. */
    private void convert(int from, int to, Resources amounts, Runnable operation) {
        if (wouldCollide(to, amounts)) {
            assertThrows(IllegalStateException.class, operation::run);
        } else {
            operation.run();
            convert(of(from, amounts), of(to, amounts));
        }
    }

    private void convert(Resources consumed, Resources converted) {
        NaiveAgent where = world.naive.agents.get(agent);
        where.total.subtract(NaiveAmounts.of(consumed));
        where.total.add(converted);
        if (framework != null) {
            world.naive.take(where.offeredByFramework, framework, consumed);
            world.naive.give(where.offeredByFramework, framework, converted);
        }
    }

    private int who() {
        return framework == null ? OperationEvents.OPERATOR : framework;
    }

    private String where() {
        return agent + " of " + (framework == null ? "the operator" : framework);
    }

    private static Resources of(int trait, Resources amounts) {
        return new Resources().add(trait, amounts);
    }

    private static Resources plain(NaiveAmounts amounts) {
        NaiveAmounts plain = new NaiveAmounts();
        plain.add(amounts);
        plain.specials.clear();
        return plain.toResources();
    }
}

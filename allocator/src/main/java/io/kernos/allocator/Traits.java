package io.kernos.allocator;

import java.util.HashMap;
import java.util.Map;

/**
 * The traits that special resources may have, each known by an index.
 *
 * <p>Indices are for brevity: they decide nothing but which special resources come first where a quota does not leave
 * room for all. {@link #intern} gives the lowest that is not in use; {@link #add} restores one that is known. What a
 * trait is without its volume, or without its last reservation, is a trait of its own, which is known as long as it is.
 * A trait is kept until it is removed; not thread safe.
 */
public final class Traits {
    /** Stands for plain resources. */
    public static final int PLAIN = -1;

    /** What {@link #indexOf} returns for a trait that was not added. */
    public static final int UNKNOWN = -2;

    /** The most reservations on top of each other. */
    public static final int MAX_RESERVATIONS = 16;

    private final int maxTraits;
    private final RoleTable roles;
    private final RoleGoods roleGoods;
    private final Map<Trait, Integer> indices = new HashMap<>();
    private Trait[] traits = new Trait[0];
    private int[] unreserved = new int[0];
    private int[] withoutVolume = new int[0];
    private int[] reservedTo = new int[0];
    private int[] capabilities = new int[0];
    private int[] uses = new int[0];
    private int lowestFree;
    private int bound;

    Traits(AllocatorContext context, RoleTable roles, RoleGoods roleGoods) {
        this.maxTraits = context.maxTraits();
        this.roles = roles;
        this.roleGoods = roleGoods;
    }

    /**
     * Finds a trait, or adds it with the lowest index that is not in use, after those that it is made of.
     *
     * @param trait any; its roles must be known.
     * @return its index, {@link #PLAIN} where nothing is special.
     */
    public int intern(Trait trait) {
        int index = indexOf(trait);
        if (index != UNKNOWN) {
            return index;
        }
        check(trait);
        if (trait.volumeId() != 0) {
            intern(trait.withoutVolume());
        } else if (trait.isReserved()) {
            intern(trait.unreserved());
        }
        while (lowestFree < bound && traits[lowestFree] != null) {
            lowestFree++;
        }
        Checks.index("traitIndex", lowestFree, maxTraits);
        put(lowestFree, trait);
        return lowestFree;
    }

    /**
     * Adds a trait with an index that it had before.
     *
     * @param traitIndex not in use.
     * @param trait      not known; what it is without its volume, or else without its last reservation, must be.
     */
    public void add(int traitIndex, Trait trait) {
        Checks.index("traitIndex", traitIndex, maxTraits);
        Checks.state(!isKnown(traitIndex), "traitIndex", traitIndex, "not be in use");
        if (indexOf(trait) != UNKNOWN) {
            throw new IllegalArgumentException("trait=" + trait + " must not be known already");
        }
        check(trait);
        boolean isMadeOfKnown = (trait.volumeId() == 0 || indexOf(trait.withoutVolume()) != UNKNOWN)
                && (trait.volumeId() != 0 || !trait.isReserved() || indexOf(trait.unreserved()) != UNKNOWN);
        Checks.state(isMadeOfKnown, "traitIndex", traitIndex, "come after what it is made of: " + trait);
        put(traitIndex, trait);
    }

    /**
     * Removes a trait that nothing has.
     *
     * @param traitIndex a trait that no agent, demand, filter or other trait needs; see {@link #isUsed}.
     */
    public void remove(int traitIndex) {
        require(traitIndex);
        Checks.state(
                uses[traitIndex] == 0, "traitIndex", traitIndex, "not be needed by an agent, demand, filter or trait");
        Trait trait = traits[traitIndex];
        countRoles(trait, -1);
        use(madeOf(traitIndex), -1);
        indices.remove(trait);
        traits[traitIndex] = null;
        lowestFree = Math.min(lowestFree, traitIndex);
    }

    /**
     * Whether a trait must be kept.
     *
     * @param traitIndex a trait.
     * @return true if an agent has resources with it, a demand or a filter names it, or another trait is made
     *     of it.
     */
    public boolean isUsed(int traitIndex) {
        require(traitIndex);
        return uses[traitIndex] != 0;
    }

    /**
     * Finds a trait.
     *
     * @param trait any.
     * @return its index, {@link #PLAIN} where nothing is special, or {@link #UNKNOWN}.
     */
    public int indexOf(Trait trait) {
        return trait.equals(Trait.PLAIN) ? PLAIN : indices.getOrDefault(trait, UNKNOWN);
    }

    /**
     * What a trait is.
     *
     * @param traitIndex a trait, or {@link #PLAIN}.
     * @return the trait.
     */
    public Trait get(int traitIndex) {
        if (traitIndex == PLAIN) {
            return Trait.PLAIN;
        }
        require(traitIndex);
        return traits[traitIndex];
    }

    /**
     * Every index from here on is free.
     *
     * @return a bound on the indices.
     */
    public int bound() {
        return bound;
    }

    /**
     * Whether an index stands for a trait.
     *
     * @param traitIndex any number.
     * @return true if it was added and not removed.
     */
    public boolean isKnown(int traitIndex) {
        return traitIndex >= 0 && traitIndex < bound && traits[traitIndex] != null;
    }

    void require(int trait) {
        Checks.state(isKnown(trait), "traitIndex", trait, "be a trait");
    }

    /** The role that it is kept for, or {@link RoleTable#ROOT}. */
    int reservedTo(int trait) {
        return reservedTo[trait];
    }

    /** What a framework must be able to bear to be given it; see {@link Capability}. */
    int capabilities(int trait) {
        return capabilities[trait];
    }

    /** Whether it can be had only as a whole. */
    boolean isWhole(int trait) {
        return traits[trait].isWhole();
    }

    boolean isShared(int trait) {
        return traits[trait].isShared();
    }

    /** Whether it counts against the quota of whoever has it; what is reserved counts for its role, had or not. */
    boolean isCharged(int trait) {
        return reservedTo[trait] == RoleTable.ROOT && !traits[trait].isRevocable();
    }

    /** The trait without its last reservation. */
    int unreserved(int trait) {
        return unreserved[trait];
    }

    /** The trait without its volume. */
    int withoutVolume(int trait) {
        return withoutVolume[trait];
    }

    void use(int trait, int change) {
        if (trait != PLAIN) {
            uses[trait] += change;
        }
    }

    /** Counts that each trait of some resources is used, or no longer. */
    void useAllOf(Resources resources, int change) {
        for (int i = 0; i < resources.specials(); i++) {
            use(resources.specialTrait(i), change);
        }
    }

    int uses(int trait) {
        return uses[trait];
    }

    /** The trait that this one keeps known. */
    int madeOf(int trait) {
        return traits[trait].volumeId() != 0 ? withoutVolume[trait] : unreserved[trait];
    }

    /** Refuses amounts that a trait cannot have. */
    void checkAmounts(int trait, Resources amounts) {
        require(trait);
        Trait what = traits[trait];
        boolean isDisk = what.volumeId() != 0 || what.disk() != null;
        boolean isOnlyDisk = !amounts.hasRanges() && amounts.scalarKinds() <= ResourceKinds.DISK + 1;
        for (int kind = 0; kind < ResourceKinds.DISK; kind++) {
            isOnlyDisk &= amounts.scalar(kind) == 0;
        }
        if (isDisk && !isOnlyDisk) {
            throw new IllegalArgumentException("resources " + amounts + " of " + what + " must be disk alone");
        }
    }

    private void check(Trait trait) {
        int above = RoleTable.ROOT;
        for (int i = 0; i < trait.reservations().size(); i++) {
            Reservation reservation = trait.reservations().get(i);
            roles.require(reservation.roleIndex());
            require(i == 0 || reservation.isDynamic(), trait, "have fixed reservations only as the first");
            require(
                    i == 0 || roleGoods.isBelow(reservation.roleIndex(), above),
                    trait,
                    "have each reservation for a role below the one before");
            require(!reservation.isDynamic() || !trait.isRevocable(), trait, "not be reserved where it is revocable");
            above = reservation.roleIndex();
        }
        require(trait.reservations().size() <= MAX_RESERVATIONS, trait, "have at most 16 reservations");
        require(trait.volumeId() != 0 || !trait.isShared(), trait, "be a volume to be shared");
        require(trait.volumeId() == 0 || !trait.isRevocable(), trait, "not be a volume where it is revocable");
        boolean isNameless = trait.disk() != null
                && trait.disk().id() == 0
                && (trait.disk().kind() == DiskSource.Kind.MOUNT || trait.disk().kind() == DiskSource.Kind.BLOCK);
        require(!isNameless, trait, "have the id of its disk");
    }

    private static void require(boolean holds, Trait trait, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException("trait=" + trait + " must " + wanted);
        }
    }

    private void put(int index, Trait trait) {
        traits = Columns.grow(traits, index + 1);
        unreserved = Columns.grow(unreserved, index + 1);
        withoutVolume = Columns.grow(withoutVolume, index + 1);
        reservedTo = Columns.grow(reservedTo, index + 1);
        capabilities = Columns.grow(capabilities, index + 1);
        uses = Columns.grow(uses, index + 1);
        bound = Math.max(bound, index + 1);
        traits[index] = trait;
        indices.put(trait, index);
        withoutVolume[index] = trait.volumeId() == 0 ? index : indexOf(trait.withoutVolume());
        unreserved[index] = trait.volumeId() == 0 && trait.isReserved() ? indexOf(trait.unreserved()) : PLAIN;
        reservedTo[index] = trait.isReserved() ? trait.reservations().getLast().roleIndex() : RoleTable.ROOT;
        capabilities[index] = Capability.neededFor(trait);
        uses[index] = 0;
        countRoles(trait, 1);
        use(madeOf(index), 1);
    }

    private void countRoles(Trait trait, int change) {
        for (Reservation reservation : trait.reservations()) {
            roleGoods.countTraits(reservation.roleIndex(), change);
        }
    }
}

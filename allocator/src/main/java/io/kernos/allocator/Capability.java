package io.kernos.allocator;

/** What a framework says that it can bear; without it, it is not offered what needs it. */
public enum Capability {
    /** To be given resources that may be taken back at any time. */
    REVOCABLE_RESOURCES,
    /** To be given volumes that others may have too. */
    SHARED_RESOURCES,
    /** To be given resources that are reserved more than once. */
    RESERVATION_REFINEMENT,
    /** To be offered agents of other regions than the home region. */
    REGION_AWARE,
    /** To be given agents with graphics processors, where those are kept for who can use them. */
    GPU_RESOURCES;

    int bit() {
        return 1 << ordinal();
    }

    /** The capabilities that a framework must have for a trait, as bits. */
    static int neededFor(Trait trait) {
        return (trait.isRevocable() ? REVOCABLE_RESOURCES.bit() : 0)
                | (trait.isShared() ? SHARED_RESOURCES.bit() : 0)
                | (trait.reservations().size() > 1 ? RESERVATION_REFINEMENT.bit() : 0);
    }
}

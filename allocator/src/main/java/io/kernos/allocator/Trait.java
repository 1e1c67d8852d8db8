package io.kernos.allocator;

import java.util.ArrayList;
import java.util.List;

/**
 * What makes resources special: for whom they are kept, where they are, whether others may have them too or take them
 * back. Resources without any of it are plain.
 *
 * @param reservations the stack of reservations, the first made first; each one's role is below the one's before.
 * @param disk         where disk is, or null for the agent's own file system.
 * @param volumeId     the persistent volume that it is, the caller's own, or 0 if it is none.
 * @param isShared     whether many tasks may have the volume at a time; only of a volume.
 * @param isRevocable  whether the agent may take it back at any time; not with a dynamic reservation or a volume.
 * @param providerId   who provides it on the agent, the caller's own, or 0 for the agent itself.
 */
public record Trait(
        List<Reservation> reservations,
        DiskSource disk,
        long volumeId,
        boolean isShared,
        boolean isRevocable,
        long providerId) {
    /** What plain resources are. */
    public static final Trait PLAIN = new Trait(List.of(), null, 0, false, false, 0);

    /** Copies the stack. */
    public Trait {
        reservations = List.copyOf(reservations);
    }

    /**
     * Reserved once more.
     *
     * @param reservation goes on top of the stack.
     * @return the trait with it.
     */
    public Trait reserved(Reservation reservation) {
        List<Reservation> more = new ArrayList<>(reservations);
        more.add(reservation);
        return new Trait(more, disk, volumeId, isShared, isRevocable, providerId);
    }

    /**
     * Without the reservation that is on top of the stack.
     *
     * @return the trait without it; there must be one.
     */
    public Trait unreserved() {
        List<Reservation> fewer = reservations.subList(0, reservations.size() - 1);
        return new Trait(fewer, disk, volumeId, isShared, isRevocable, providerId);
    }

    /**
     * On a disk of its own.
     *
     * @param source the disk.
     * @return the trait with it.
     */
    public Trait on(DiskSource source) {
        return new Trait(reservations, source, volumeId, isShared, isRevocable, providerId);
    }

    /**
     * A persistent volume made of it.
     *
     * @param id     of the volume; not 0.
     * @param shared whether many tasks may have it at a time.
     * @return the trait with it.
     */
    public Trait volume(long id, boolean shared) {
        return new Trait(reservations, disk, id, shared, isRevocable, providerId);
    }

    /**
     * What the volume was made of.
     *
     * @return the trait without a volume, which is never shared.
     */
    public Trait withoutVolume() {
        return new Trait(reservations, disk, 0, false, isRevocable, providerId);
    }

    /**
     * Such that the agent may take it back at any time.
     *
     * @return the trait with it.
     */
    public Trait revocable() {
        return new Trait(reservations, disk, volumeId, isShared, true, providerId);
    }

    /**
     * Whether it is kept for a role.
     *
     * @return true if it is reserved.
     */
    public boolean isReserved() {
        return !reservations.isEmpty();
    }

    /**
     * Whether it can be had only as a whole: a volume, or a disk that cannot be divided.
     *
     * @return false if it may be divided.
     */
    public boolean isWhole() {
        return volumeId != 0 || (disk != null && disk.isWhole());
    }
}

package io.kernos.allocator;

/**
 * Resources are kept for a role, and for the roles below it.
 *
 * @param roleIndex the role that they are kept for.
 * @param isDynamic whether an operation made it, and one may undo it; else the agent came with it.
 * @param tag       what else tells reservations of a role apart, such as who made it; the caller's own, 0 if nothing.
 */
public record Reservation(int roleIndex, boolean isDynamic, long tag) {
    /**
     * A reservation that the agent came with.
     *
     * @param roleIndex the role that the resources are kept for.
     * @return the reservation.
     */
    public static Reservation fixed(int roleIndex) {
        return new Reservation(roleIndex, false, 0);
    }

    /**
     * A reservation that an operation makes.
     *
     * @param roleIndex the role that the resources are kept for.
     * @return the reservation.
     */
    public static Reservation dynamic(int roleIndex) {
        return new Reservation(roleIndex, true, 0);
    }
}

package io.kernos.master.store;

/** A map has no room for a record. */
final class StoreFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreFullException(String map, Throwable cause) {
        super(map + " has no room", cause);
    }
}

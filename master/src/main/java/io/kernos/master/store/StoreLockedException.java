package io.kernos.master.store;

/** A lock was held for too long: by a reader that is stopped or dead, or by a writer that died. */
final class StoreLockedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreLockedException(String map) {
        super("a segment of " + map + " is locked by a process that does not go on");
    }
}

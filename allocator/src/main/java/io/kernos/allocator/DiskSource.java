package io.kernos.allocator;

/**
 * Where disk is, other than on the agent's own file system.
 *
 * @param kind what it is.
 * @param id   which of the agent's, the caller's own; 0 where parts of it have no identity.
 */
public record DiskSource(Kind kind, long id) {
    /** What a disk is. */
    public enum Kind {
        /** A folder of a file system; it may be divided. */
        PATH,
        /** A whole file system of its own; given as a whole. */
        MOUNT,
        /** A block device; given as a whole. */
        BLOCK,
        /** Storage of a provider that has no form yet; given as a whole where it has an identity. */
        RAW
    }

    /**
     * Whether it can only be given as a whole.
     *
     * @return false if it may be divided.
     */
    public boolean isWhole() {
        return kind == Kind.MOUNT || kind == Kind.BLOCK || (kind == Kind.RAW && id != 0);
    }
}

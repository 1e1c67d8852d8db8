package io.kernos.master.store;

/** A state store cannot be read. The message names the folder, what is wrong with it, and the remedy. */
public final class StoreException extends RuntimeException {
    /** What is wrong. */
    public enum Problem {
        /** There is no store in the folder. */
        ABSENT,
        /** The master is starting: not all of its state is in the store yet. */
        NOT_COMPLETE,
        /** The store was written by another version of this program. */
        OTHER_VERSION,
        /** This process may not read and write the files. */
        FORBIDDEN,
        /** A lock is held by a process that does not go on. */
        LOCKED,
        /** The files cannot be understood. */
        DAMAGED,
        /** Another process writes the store. */
        IN_USE
    }

    private static final long serialVersionUID = 1L;

    private final Problem problem;

    /**
     * A store that cannot be read.
     *
     * @param problem what is wrong.
     * @param message which folder, what is wrong, and the remedy.
     * @param cause   what led to it, or null.
     */
    public StoreException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    /**
     * What is wrong.
     *
     * @return the problem.
     */
    public Problem problem() {
        return problem;
    }
}

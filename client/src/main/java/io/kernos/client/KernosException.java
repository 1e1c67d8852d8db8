package io.kernos.client;

/** Something that a caller asked for was not done. The message says what, and why. */
public class KernosException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * With what was not done and why.
     *
     * @param message for people.
     */
    public KernosException(String message) {
        super(message);
    }

    /**
     * With what was not done and why.
     *
     * @param message for people.
     * @param cause   of it.
     */
    public KernosException(String message, Throwable cause) {
        super(message, cause);
    }
}

package io.kernos.client;

/** Something was not done in the time given to it; it may still happen. */
public final class KernosTimeoutException extends KernosException {
    private static final long serialVersionUID = 1L;

    /**
     * With what was waited for, and what is known of why it did not come.
     *
     * @param message for people.
     */
    public KernosTimeoutException(String message) {
        super(message);
    }
}

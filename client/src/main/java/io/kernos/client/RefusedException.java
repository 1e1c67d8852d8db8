package io.kernos.client;

import io.kernos.transport.codecs.RefusalCode;

/** The master did not carry out a message. */
public final class RefusedException extends KernosException {
    private static final long serialVersionUID = 1L;

    private final RefusalCode code;

    /**
     * With the master's words.
     *
     * @param code    why.
     * @param message names the field, the value and the remedy.
     */
    public RefusedException(RefusalCode code, String message) {
        super(message.isEmpty() ? "refused: " + code : message + " (" + code + ")");
        this.code = code;
    }

    /**
     * Why.
     *
     * @return the master's code.
     */
    public RefusalCode code() {
        return code;
    }
}

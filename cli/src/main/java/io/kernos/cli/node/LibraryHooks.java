package io.kernos.cli.node;

/**
 * A library of the state store wants to be told of the end of the process, and asks for it when it is used first. That
 * fails once the end has begun, in the middle of a start; so it is made to ask before anything is started.
 */
public final class LibraryHooks {
    private static final String ASKS = "net.openhft.chronicle.core.io.BackgroundResourceReleaser";

    private LibraryHooks() {}

    /** Has the library ask, once. */
    public static void register() {
        try {
            Class.forName(ASKS);
        } catch (ClassNotFoundException ex) {
            throw new IllegalStateException("the state store's library has changed: " + ASKS + " is gone", ex);
        }
    }
}

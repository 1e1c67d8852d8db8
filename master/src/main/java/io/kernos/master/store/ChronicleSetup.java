package io.kernos.master.store;

import net.openhft.chronicle.core.Jvm;
import net.openhft.chronicle.core.onoes.ExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings that Chronicle reads once from system properties, so they must stand before its first class is used. */
final class ChronicleSetup {
    /** How long a reader waits for the lock of a segment before it asks for a new generation. */
    static final int LOCK_TIMEOUT_S = 5;

    private static final Logger LOGGER = LoggerFactory.getLogger(ChronicleSetup.class);

    static {
        fallback("net.openhft.chronicle.map.lockTimeoutSeconds", Integer.toString(LOCK_TIMEOUT_S));
        fallback("chronicle.announcer.disable", "true");
        ExceptionHandler nothing = ExceptionHandler.ignoresEverything();
        ExceptionHandler errors = (logger, message, thrown) -> LOGGER.error(message, thrown);
        ExceptionHandler warnings = (logger, message, thrown) -> LOGGER.debug(message, thrown);
        Jvm.setExceptionHandlers(errors, warnings, nothing, nothing);
    }

    private ChronicleSetup() {}

    /** Applies the settings; once is enough, more is harmless. */
    static void apply() {
        LOGGER.trace("Chronicle is set up");
    }

    private static void fallback(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}

package io.kernos.master.node;

import java.util.Locale;

/** How the parts of a master are spread over threads. */
public enum Threading {
    /**
     * Media driver, archive, consensus module and relay take turns on one thread, beside that of the state machine: a
     * message passes from one to the next without waking anybody, and few threads compete for few processors.
     */
    SHARED,

    /** Each part has a thread of its own: for machines with a core for each. */
    DEDICATED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

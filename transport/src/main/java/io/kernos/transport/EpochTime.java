package io.kernos.transport;

import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * The wall clock in nanoseconds since the Unix epoch. Processes of one machine agree on it, so stages that are stamped
 * in different processes can be subtracted; it may step when the machine's clock is set.
 */
public final class EpochTime {
    /** The clock of this machine; may be shared by threads. */
    public static final EpochNanoClock CLOCK = SystemEpochNanoClock.INSTANCE;

    private EpochTime() {}

    /**
     * Now.
     *
     * @return nanoseconds since the Unix epoch.
     */
    public static long nowNs() {
        return CLOCK.nanoTime();
    }
}

package io.kernos.master.cluster;

import io.kernos.master.state.MasterCounter;

/**
 * Type ids of the counters of Kernos in the counters file of a media driver. Aeron keeps ids below 1,000 for itself.
 */
public final class CounterTypes {
    /** First of the state machine's counters; each has this id plus its ordinal. */
    public static final int MASTER = 7_701_000;

    /** First of the adapter's counters; each has this id plus its ordinal. */
    public static final int SERVICE = 7_702_000;

    /** First of a relay's counters; each has this id plus its ordinal. */
    public static final int RELAY = 7_703_000;

    /** Puts the counters of Kernos apart from those of Aeron where people read them. */
    public static final String LABEL_PREFIX = "kernos: ";

    private CounterTypes() {}

    /**
     * Type id of a counter.
     *
     * @param counter of the state machine.
     * @return its type id.
     */
    public static int of(MasterCounter counter) {
        return MASTER + counter.ordinal();
    }

    /**
     * Type id of a counter.
     *
     * @param counter of the adapter.
     * @return its type id.
     */
    public static int of(ServiceCounter counter) {
        return SERVICE + counter.ordinal();
    }
}

package io.kernos.transport;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * How the duty cycles of a process idle: what an idle machine pays against how soon work is seen.
 */
public enum IdleProfile {
    /** Parks lengthen to milliseconds when nothing happens: an idle process costs next to nothing. */
    ECO(10, 2, TimeUnit.MICROSECONDS.toNanos(50), TimeUnit.MILLISECONDS.toNanos(8)),

    /**
     * Short parks, few yields: for machines that are shared with work. It never spins, for a round of a duty cycle
     * costs several system calls, and a processor that makes them in vain is one that a task waits for.
     */
    BALANCED(0, 3, TimeUnit.MICROSECONDS.toNanos(20), TimeUnit.MICROSECONDS.toNanos(60)),

    /** Never parks: each duty cycle needs a core of its own. */
    SPIN(0, 0, 0, 0);

    private final int spins;
    private final int yields;
    private final long minParkNs;
    private final long maxParkNs;

    IdleProfile(int spins, int yields, long minParkNs, long maxParkNs) {
        this.spins = spins;
        this.yields = yields;
        this.minParkNs = minParkNs;
        this.maxParkNs = maxParkNs;
    }

    /**
     * A new strategy for one duty cycle. Strategies hold state: never share one between threads.
     *
     * @return the strategy.
     */
    public IdleStrategy strategy() {
        return this == SPIN
                ? new BusySpinIdleStrategy()
                : new LengtheningIdleStrategy(spins, yields, minParkNs, maxParkNs);
    }

    /**
     * Supplier of new strategies, as Aeron's contexts ask for.
     *
     * @return the supplier.
     */
    public Supplier<IdleStrategy> supplier() {
        return this::strategy;
    }

    /**
     * Longest time that a duty cycle under this profile sleeps.
     *
     * @return nanoseconds; 0 when it never does.
     */
    public long maxParkNs() {
        return maxParkNs;
    }

    /**
     * Profile by its name, in any case.
     *
     * @param name such as {@code eco}.
     * @return the profile.
     * @throws IllegalArgumentException for a name that is none; its message says which there are.
     */
    public static IdleProfile of(String name) {
        for (IdleProfile profile : values()) {
            if (profile.name().equalsIgnoreCase(name)) {
                return profile;
            }
        }
        throw new IllegalArgumentException("idle profile '" + name + "' is unknown: use eco, balanced or spin");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.kernos.master.cluster;

import io.aeron.Aeron;
import io.aeron.Counter;
import io.aeron.exceptions.RegistrationException;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A block of counters in the counters file of the media driver, one for each label. All are asked for before the first
 * is waited for. For one thread.
 */
public final class CounterTable {
    private final Counter[] counters;

    private CounterTable(Counter[] counters) {
        this.counters = counters;
    }

    /**
     * Allocate counters; waits for the driver.
     *
     * @param aeron client that owns them.
     * @param firstTypeId type id of the first; the others follow.
     * @param labels of the counters.
     * @return the counters.
     */
    public static CounterTable allocate(Aeron aeron, int firstTypeId, String[] labels) {
        long[] registrationIds = new long[labels.length];
        for (int i = 0; i < labels.length; i++) {
            registrationIds[i] = aeron.asyncAddCounter(firstTypeId + i, CounterTypes.LABEL_PREFIX + labels[i]);
        }
        Counter[] counters = new Counter[labels.length];
        for (int i = 0; i < labels.length; i++) {
            counters[i] = await(aeron, registrationIds[i]);
        }
        return new CounterTable(counters);
    }

    private static Counter await(Aeron aeron, long registrationId) {
        IdleStrategy idle = YieldingIdleStrategy.INSTANCE;
        long deadlineNs = System.nanoTime() + aeron.context().driverTimeoutMs() * 1_000_000;
        while (true) {
            Counter counter = aeron.getCounter(registrationId);
            if (counter != null) {
                return counter;
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new RegistrationException(
                        registrationId, 0, io.aeron.ErrorCode.GENERIC_ERROR, "the media driver gives no counter");
            }
            invoke(aeron.context().driverAgentInvoker());
            invoke(aeron.conductorAgentInvoker());
            idle.idle();
        }
    }

    private static void invoke(AgentInvoker invoker) {
        if (invoker != null) {
            invoker.invoke();
        }
    }

    /**
     * Add to a counter.
     *
     * @param index of its label.
     * @param delta to add.
     */
    public void add(int index, long delta) {
        Counter counter = counters[index];
        if (!counter.isClosed()) {
            counter.setRelease(counter.getPlain() + delta);
        }
    }

    /**
     * Set a counter.
     *
     * @param index of its label.
     * @param value to set.
     */
    public void set(int index, long value) {
        Counter counter = counters[index];
        if (!counter.isClosed()) {
            counter.setRelease(value);
        }
    }

    /**
     * Value of a counter.
     *
     * @param index of its label.
     * @return its value.
     */
    public long value(int index) {
        return counters[index].getPlain();
    }
}

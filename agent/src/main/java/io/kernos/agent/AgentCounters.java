package io.kernos.agent;

import io.aeron.Aeron;
import io.aeron.Counter;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.status.CountersReader;

/**
 * The agent's counters, where {@code kernos stat} and Aeron's own tools read them: in the media driver's counters file.
 */
final class AgentCounters implements Counting {
    /** Type id of the first counter; each has this plus its ordinal. */
    static final int FIRST_TYPE_ID = 7_704_000;

    private static final String LABEL_PREFIX = "kernos: agent: ";

    private final Counter[] counters;

    private AgentCounters(Counter[] counters) {
        this.counters = counters;
    }

    /**
     * Allocates them. Waits for the driver.
     *
     * @param aeron client that owns them.
     * @return the counters.
     */
    static AgentCounters allocate(Aeron aeron) {
        AgentCounter[] kinds = AgentCounter.values();
        long[] ids = new long[kinds.length];
        for (AgentCounter kind : kinds) {
            ids[kind.ordinal()] = aeron.asyncAddCounter(FIRST_TYPE_ID + kind.ordinal(), LABEL_PREFIX + kind.label());
        }
        Counter[] counters = new Counter[kinds.length];
        for (int i = 0; i < ids.length; i++) {
            counters[i] = await(aeron, ids[i]);
        }
        return new AgentCounters(counters);
    }

    private static Counter await(Aeron aeron, long id) {
        AgentInvoker conductor = aeron.conductorAgentInvoker();
        long deadlineNs = System.nanoTime() + 1_000_000 * aeron.context().driverTimeoutMs();
        Counter counter = aeron.getCounter(id);
        while (counter == null) {
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("the media driver gives no counter: is it running?");
            }
            if (conductor != null) {
                conductor.invoke();
            }
            aeron.context().idleStrategy().idle();
            counter = aeron.getCounter(id);
        }
        return counter;
    }

    @Override
    public void add(AgentCounter counter, long delta) {
        Counter target = counters[counter.ordinal()];
        if (!target.isClosed()) {
            target.getAndAdd(delta);
        }
    }

    long value(AgentCounter counter) {
        Counter target = counters[counter.ordinal()];
        return target.isClosed() ? CountersReader.NULL_COUNTER_ID : target.get();
    }
}

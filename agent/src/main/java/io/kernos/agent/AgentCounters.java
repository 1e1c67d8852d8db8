package io.kernos.agent;

import io.aeron.Aeron;
import io.aeron.Counter;
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
            long id = ids[i];
            counters[i] = DriverAnswer.await(aeron, () -> aeron.getCounter(id), "a counter: is it running?");
        }
        return new AgentCounters(counters);
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

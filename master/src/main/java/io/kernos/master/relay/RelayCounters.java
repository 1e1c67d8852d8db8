package io.kernos.master.relay;

import io.aeron.Aeron;
import io.kernos.master.cluster.CounterTable;
import io.kernos.master.cluster.CounterTypes;
import java.util.stream.Stream;

/** The counters of a relay, in the counters file of its media driver. */
final class RelayCounters {
    private final CounterTable table;

    RelayCounters(Aeron aeron) {
        String[] labels =
                Stream.of(RelayCounter.values()).map(RelayCounter::label).toArray(String[]::new);
        table = CounterTable.allocate(aeron, CounterTypes.RELAY, labels);
    }

    void add(RelayCounter counter, long delta) {
        table.add(counter.ordinal(), delta);
    }

    void set(RelayCounter counter, long value) {
        table.set(counter.ordinal(), value);
    }

    long value(RelayCounter counter) {
        return table.value(counter.ordinal());
    }
}

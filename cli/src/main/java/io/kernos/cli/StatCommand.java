package io.kernos.cli;

import io.kernos.cli.figures.Json;
import io.kernos.master.store.StateStore;
import io.kernos.master.store.StatusView;
import io.kernos.master.store.StoreCounter;
import io.kernos.master.store.StoreException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the counters of a cluster as they change. */
@Command(
        name = "stat",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  kernos stat --once --json"},
        sortOptions = false,
        description = "Show the counters of master, relay and agent, and what the state store stands for, once a second"
                + " until interrupted. Counters that are 0 are left out.")
final class StatCommand implements Callable<Integer> {
    private static final String GAUGE_SUFFIX = " now";
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "Show them once.")
    private boolean once;

    @Option(names = "--zero", description = "Also counters that are 0.")
    private boolean zero;

    @Option(names = "--aeron", description = "Also the counters of Aeron's driver, archive and cluster.")
    private boolean aeron;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Map<String, Long> before = Map.of();
        long beforeNs = System.nanoTime();
        try (CounterFile counters = CounterFile.open(cluster.driverDirectory());
                StateStore store = cluster.store()) {
            while (true) {
                Map<String, Long> now = counters.read(aeron, zero);
                long nowNs = System.nanoTime();
                if (output.json()) {
                    out.println(Json.of(object(now, store)));
                } else {
                    out.print(once ? "" : CLEAR);
                    printTable(out, store, now, before, (nowNs - beforeNs) / 1e9);
                }
                out.flush();
                if (once || Thread.currentThread().isInterrupted()) {
                    return ExitCodes.OK;
                }
                before = now;
                beforeNs = nowNs;
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            }
        }
    }

    private static Map<String, Object> object(Map<String, Long> counters, StateStore store) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("timeMs", System.currentTimeMillis());
        object.put("counters", counters);
        object.put("store", storeFields(store));
        return object;
    }

    private static Map<String, Object> storeFields(StateStore store) {
        Map<String, Object> fields = new LinkedHashMap<>();
        try {
            StatusView status = store.status();
            fields.put("logPosition", status.logPosition());
            fields.put("clusterTimeMs", status.clusterTimeMs());
            fields.put("leadershipTermId", status.leadershipTermId());
            fields.put("memberId", status.memberId());
            fields.put("leader", status.leader());
            fields.put("masterAlive", status.masterAlive());
            for (StoreCounter counter : StoreCounter.values()) {
                fields.put(counter.name().toLowerCase(Locale.ROOT), store.count(counter));
            }
        } catch (StoreException ex) {
            fields.put("problem", ex.getMessage());
        }
        return fields;
    }

    /**
     * How fast a counter rises, for people.
     *
     * @param name    of the counter; one that ends in {@code now} rises and falls, and has no rate.
     * @param value   of it.
     * @param before  its value earlier; null where that is not known.
     * @param seconds between the two.
     * @return the rate; empty where there is none.
     */
    static String rate(String name, long value, Long before, double seconds) {
        boolean isGauge = name.endsWith(GAUGE_SUFFIX);
        if (isGauge || before == null || value <= before) {
            return "";
        }
        return String.format(Locale.ROOT, "%.0f/s", (value - before) / seconds);
    }

    private void printTable(
            PrintWriter out, StateStore store, Map<String, Long> now, Map<String, Long> before, double seconds) {
        record Line(String name, long value, String rate) {}
        List<Line> lines = now.entrySet().stream()
                .map(entry -> {
                    Long earlier = before.get(entry.getKey());
                    return new Line(
                            entry.getKey(), entry.getValue(), rate(entry.getKey(), entry.getValue(), earlier, seconds));
                })
                .toList();
        Listing<Line> listing =
                new Listing<Line>().column("COUNTER", Line::name).number("VALUE", Line::value);
        if (!once) {
            listing.number("RATE", Line::rate);
        }
        listing.print(out, lines, false);
        out.println();
        storeFields(store).forEach((name, value) -> {
            if (zero || !Long.valueOf(0).equals(value)) {
                out.println("store " + name + ": " + value);
            }
        });
    }
}

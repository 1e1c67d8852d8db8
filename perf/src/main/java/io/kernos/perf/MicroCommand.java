package io.kernos.perf;

import io.kernos.perf.MicroBenchmarks.Score;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A benchmark that JMH runs: its slowest call beside a bare spawn, and the garbage of all. */
abstract class MicroCommand extends BenchmarkCommand {
    private static final int BARE_COUNT = 500;
    /** JMH itself makes a few bytes of garbage, which it divides by all calls. */
    private static final double NO_GARBAGE_BYTES = 0.5;

    private final String name;
    private final Class<?> type;
    private final double mostOfASpawn;

    MicroCommand(String name, Class<?> type, double mostOfASpawn) {
        this.name = name;
        this.type = type;
        this.mostOfASpawn = mostOfASpawn;
    }

    Map<String, String> parameters() {
        return Map.of();
    }

    @Override
    final Report measure() throws Exception {
        Report report = new Report(name);
        progress("bare loops of " + BARE_COUNT + " processes");
        BareLoop bare = BareLoop.run(BARE_COUNT, 1);
        progress("JMH: " + type.getSimpleName());
        List<Score> scores = MicroBenchmarks.run(type, quick(), parameters());
        Table loops = BareLoop.table(report);
        bare.spawn().addTo(loops, "posix_spawn");
        bare.contained().addTo(loops, "clone into namespaces");
        MicroBenchmarks.addTo(report, scores, bare);
        Score slowest =
                scores.stream().max(Comparator.comparingDouble(Score::ns)).orElseThrow();
        report.goal(Goal.atMost(
                mostOfASpawn,
                slowest.name(),
                slowest.ns() / 1_000,
                "us",
                "bare posix_spawn to its exec",
                bare.spawn().startP50Us()));
        double garbage =
                scores.stream().mapToDouble(Score::allocatedBytes).max().orElseThrow();
        report.goal(Goal.atMost(1, "garbage of a call", garbage, "bytes", "counts as none", NO_GARBAGE_BYTES));
        measureMore(report, bare);
        return report;
    }

    /** Adds what a benchmark measures besides. */
    void measureMore(Report report, BareLoop bare) throws Exception {}
}

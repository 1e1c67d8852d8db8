package io.kernos.perf;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the benchmarks of one class by JMH, with its gc profiler. */
final class MicroBenchmarks {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private MicroBenchmarks() {}

    /**
     * What one benchmark took.
     *
     * @param name           of the method, and its parameters.
     * @param ns             average of a call.
     * @param errorNs        half of the interval of 99.9 % confidence; NaN where there were too few iterations.
     * @param allocatedBytes of garbage a call.
     */
    record Score(String name, double ns, double errorNs, double allocatedBytes) {}

    static List<Score> run(Class<?> type, boolean quick, Map<String, String> parameters) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + type.getName().replace(".", "\\.") + "\\.")
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .forks(1)
                .warmupIterations(quick ? 2 : 5)
                .warmupTime(TimeValue.milliseconds(quick ? 500 : 1_000))
                .measurementIterations(quick ? 3 : 5)
                .measurementTime(TimeValue.milliseconds(quick ? 500 : 1_000));
        parameters.forEach((name, value) -> options.param(name, value.split(",")));
        return scores(new Runner(options.build()).run());
    }

    private static List<Score> scores(Collection<RunResult> results) {
        List<Score> scores = new ArrayList<>();
        for (RunResult result : results) {
            Result<?> primary = result.getPrimaryResult();
            Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
            double bytes = allocated == null ? Double.NaN : allocated.getScore();
            scores.add(new Score(name(result.getParams()), primary.getScore(), primary.getScoreError(), bytes));
        }
        return scores;
    }

    private static String name(BenchmarkParams params) {
        String method = params.getBenchmark();
        StringBuilder name = new StringBuilder(method.substring(method.lastIndexOf('.') + 1));
        for (String key : params.getParamsKeys()) {
            name.append(", ").append(params.getParam(key)).append(' ').append(key);
        }
        return name.toString();
    }

    static void addTo(Report report, List<Score> scores, BareLoop bare) {
        Table table = report.table("benchmark", "ns", "+-", "bytes of garbage", "of a spawn", "of a clone");
        for (Score score : scores) {
            table.row(
                    score.name(),
                    Figures.of(score.ns()),
                    Figures.of(score.errorNs()),
                    String.format(java.util.Locale.ROOT, "%.3f", score.allocatedBytes()),
                    Figures.of(score.ns() / 1_000 / bare.spawn().startP50Us()),
                    Figures.of(score.ns() / 1_000 / bare.contained().startP50Us()));
        }
    }
}

package io.kernos.perf;

import io.kernos.cli.figures.Stage;
import io.kernos.cli.figures.StageTimes;
import org.HdrHistogram.Histogram;

/** A report's table of how long the stages of tasks took. */
final class StageTable {
    private StageTable() {}

    static void add(Report report, String title, StageTimes stages) {
        Table table = report.table(title, "tasks", "p50 us", "p90", "p99", "p99.9", "p99.99", "max");
        for (Stage stage : Stage.values()) {
            Histogram times = stages.of(stage);
            table.row(
                    stage.label(),
                    Long.toString(times.getTotalCount()),
                    micros(times, 50),
                    micros(times, 90),
                    micros(times, 99),
                    micros(times, 99.9),
                    micros(times, 99.99),
                    Figures.ofMicros(times.getMaxValue()));
        }
    }

    private static String micros(Histogram times, double percentile) {
        return times.getTotalCount() == 0 ? "-" : Figures.ofMicros(times.getValueAtPercentile(percentile));
    }
}

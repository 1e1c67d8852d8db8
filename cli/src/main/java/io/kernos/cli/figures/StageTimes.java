package io.kernos.perf;

import io.kernos.client.TaskUpdate;
import io.kernos.transport.codecs.TaskState;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Histograms of all stages. Times are of the machine's clock, nanoseconds since 1970. */
final class StageTimes {
    private static final long MOST_NS = TimeUnit.MINUTES.toNanos(10);
    private static final int DIGITS = 3;

    private final Map<Stage, Histogram> histograms = new EnumMap<>(Stage.class);

    StageTimes() {
        for (Stage stage : Stage.values()) {
            histograms.put(stage, new Histogram(MOST_NS, DIGITS));
        }
    }

    Histogram of(Stage stage) {
        return histograms.get(stage);
    }

    /**
     * Takes an update into account.
     *
     * @param dueNs   when the task was due to be submitted: what delayed its submission counts.
     * @param update  what was heard.
     * @param heardNs when.
     */
    void onUpdate(long dueNs, TaskUpdate update, long heardNs) {
        if (update.state() == TaskState.RUNNING) {
            record(Stage.STARTED_TO_HEARD, update.startedNs(), heardNs);
            record(Stage.SUBMIT_TO_RUNNING, dueNs, heardNs);
        } else if (update.isFinal()) {
            record(Stage.SUBMIT_TO_RELAYED, dueNs, update.relayedNs());
            record(Stage.RELAYED_TO_RECEIVED, update.relayedNs(), update.receivedNs());
            record(Stage.RECEIVED_TO_STARTED, update.receivedNs(), update.startedNs());
            record(Stage.STARTED_TO_ENDED, update.startedNs(), update.endedNs());
            record(Stage.ENDED_TO_HEARD, update.endedNs(), heardNs);
            record(Stage.SUBMIT_TO_FINAL, dueNs, heardNs);
        }
    }

    private void record(Stage stage, long fromNs, long untilNs) {
        if (fromNs > 0 && untilNs > 0) {
            of(stage).recordValue(Math.clamp(untilNs - fromNs, 0, MOST_NS));
        }
    }

    void addTo(Table table) {
        for (Stage stage : Stage.values()) {
            Histogram times = of(stage);
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

    static Table table(Report report, String title) {
        return report.table(title, "tasks", "p50 us", "p90", "p99", "p99.9", "p99.99", "max");
    }

    private static String micros(Histogram times, double percentile) {
        return times.getTotalCount() == 0 ? "-" : Figures.ofMicros(times.getValueAtPercentile(percentile));
    }
}

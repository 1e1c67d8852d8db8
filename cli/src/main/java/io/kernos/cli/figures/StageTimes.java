package io.kernos.cli.figures;

import io.kernos.client.TaskUpdate;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * How long each stage in the lives of tasks took. Times are of the machine's clock, in nanoseconds since the Unix
 * epoch; a stage without both of its ends is left out. For one thread at a time.
 */
public final class StageTimes {
    private static final long MAX_NS = TimeUnit.HOURS.toNanos(1);
    private static final int DIGITS = 3;

    private final Map<Stage, Histogram> histograms = new EnumMap<>(Stage.class);

    /** Times of no task yet. */
    public StageTimes() {
        for (Stage stage : Stage.values()) {
            histograms.put(stage, new Histogram(MAX_NS, DIGITS));
        }
    }

    /**
     * The times of one stage.
     *
     * @param stage which.
     * @return its times in nanoseconds, up to an hour.
     */
    public Histogram of(Stage stage) {
        return histograms.get(stage);
    }

    /**
     * Takes the first update into account that tells of a task's start, which may be that of its end.
     *
     * @param dueNs   when the task was due to be submitted: what delayed its submission counts.
     * @param update  what was heard.
     * @param heardNs when it was.
     */
    public void onRunning(long dueNs, TaskUpdate update, long heardNs) {
        if (!update.isFinal()) {
            record(Stage.STARTED_TO_HEARD, update.startedNs(), heardNs);
        }
        record(Stage.SUBMIT_TO_RUNNING, dueNs, heardNs);
    }

    /**
     * Takes the last update of a task into account.
     *
     * @param dueNs   when the task was due to be submitted.
     * @param update  what was heard.
     * @param heardNs when it was.
     */
    public void onFinal(long dueNs, TaskUpdate update, long heardNs) {
        record(Stage.SUBMIT_TO_RELAYED, dueNs, update.relayedNs());
        record(Stage.RELAYED_TO_RECEIVED, update.relayedNs(), update.receivedNs());
        record(Stage.RECEIVED_TO_STARTED, update.receivedNs(), update.startedNs());
        record(Stage.STARTED_TO_ENDED, update.startedNs(), update.endedNs());
        record(Stage.ENDED_TO_HEARD, update.endedNs(), heardNs);
        record(Stage.SUBMIT_TO_FINAL, dueNs, heardNs);
    }

    private void record(Stage stage, long fromNs, long untilNs) {
        if (fromNs > 0 && untilNs > 0) {
            of(stage).recordValue(Math.clamp(untilNs - fromNs, 0, MAX_NS));
        }
    }
}

package io.kernos.cli;

import io.kernos.client.TaskUpdate;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long each stage in the lives of tasks took, in nanoseconds. Used by one thread at a time. */
final class StageTimes {
    /** A stage, from one stamp to the next. */
    enum Stage {
        /** From the call of submit to the launch's passing the relay: the log, the decision, and waiting for room. */
        SUBMIT_TO_RELAY("submit -> relay"),
        /** From the relay to the agent's having the launch. */
        RELAY_TO_AGENT("relay -> agent"),
        /** From the agent's having the launch to the command's being executed in its container. */
        AGENT_TO_EXEC("agent -> exec"),
        /** How long the command ran. */
        EXEC_TO_END("exec -> end"),
        /** From the call of submit to the client's hearing that the task runs. */
        SUBMIT_TO_RUNNING("submit -> RUNNING seen"),
        /** From the call of submit to the client's hearing that the task has ended. */
        SUBMIT_TO_END("submit -> end seen");

        private final String label;

        Stage(String label) {
            this.label = label;
        }
    }

    private static final long MAX_NS = 3_600_000_000_000L;
    private static final int DIGITS = 3;
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
    private static final String[] TITLES = {"P50", "P90", "P99", "P99.9", "MAX"};

    private final Histogram[] histograms = new Histogram[Stage.values().length];

    StageTimes() {
        for (int i = 0; i < histograms.length; i++) {
            histograms[i] = new Histogram(MAX_NS, DIGITS);
        }
    }

    /** Adds what the first update that tells of a start says. */
    void onRunning(long submittedNs, long seenNs) {
        record(Stage.SUBMIT_TO_RUNNING, submittedNs, seenNs);
    }

    /** Adds what the last update of a task says. */
    void onEnd(TaskUpdate update, long submittedNs, long seenNs) {
        record(Stage.SUBMIT_TO_RELAY, submittedNs, update.relayedNs());
        record(Stage.RELAY_TO_AGENT, update.relayedNs(), update.receivedNs());
        record(Stage.AGENT_TO_EXEC, update.receivedNs(), update.startedNs());
        record(Stage.EXEC_TO_END, update.startedNs(), update.endedNs());
        record(Stage.SUBMIT_TO_END, submittedNs, seenNs);
    }

    private void record(Stage stage, long fromNs, long toNs) {
        if (fromNs > 0 && toNs > 0) {
            histograms[stage.ordinal()].recordValue(Math.clamp(toNs - fromNs, 0, MAX_NS));
        }
    }

    void print(PrintWriter out) {
        Listing<Stage> listing = new Listing<Stage>().column("STAGE", stage -> stage.label);
        for (int i = 0; i < PERCENTILES.length; i++) {
            double percentile = PERCENTILES[i];
            listing.number(TITLES[i], stage -> Quantities.durationNs(value(stage, percentile)));
        }
        listing.print(out, shown(), false);
    }

    private List<Stage> shown() {
        List<Stage> stages = new ArrayList<>();
        for (Stage stage : Stage.values()) {
            if (histograms[stage.ordinal()].getTotalCount() > 0) {
                stages.add(stage);
            }
        }
        return stages;
    }

    private long value(Stage stage, double percentile) {
        return histograms[stage.ordinal()].getValueAtPercentile(percentile);
    }

    Map<String, Object> json() {
        Map<String, Object> stages = new LinkedHashMap<>();
        for (Stage stage : shown()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("count", histograms[stage.ordinal()].getTotalCount());
            for (int i = 0; i < PERCENTILES.length; i++) {
                values.put(TITLES[i] + "Ns", value(stage, PERCENTILES[i]));
            }
            stages.put(stage.name(), values);
        }
        return stages;
    }
}

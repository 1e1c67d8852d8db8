package io.kernos.cli;

import io.kernos.cli.figures.Stage;
import io.kernos.cli.figures.StageTimes;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Shows how long the stages of tasks took, those that there are times of. */
final class StageListing {
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
    private static final String[] TITLES = {"P50", "P90", "P99", "P99.9", "MAX"};

    private final StageTimes times;

    StageListing(StageTimes times) {
        this.times = times;
    }

    void print(PrintWriter out) {
        Listing<Stage> listing = new Listing<Stage>().column("STAGE", Stage::label);
        for (int i = 0; i < PERCENTILES.length; i++) {
            double percentile = PERCENTILES[i];
            listing.number(TITLES[i], stage -> Quantities.durationNs(value(stage, percentile)));
        }
        listing.print(out, shown(), false);
    }

    private List<Stage> shown() {
        return Stream.of(Stage.values())
                .filter(stage -> times.of(stage).getTotalCount() > 0)
                .toList();
    }

    private long value(Stage stage, double percentile) {
        return times.of(stage).getValueAtPercentile(percentile);
    }

    Map<String, Object> json() {
        Map<String, Object> stages = new LinkedHashMap<>();
        for (Stage stage : shown()) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("count", times.of(stage).getTotalCount());
            for (int i = 0; i < PERCENTILES.length; i++) {
                values.put(TITLES[i] + "Ns", value(stage, PERCENTILES[i]));
            }
            stages.put(stage.name(), values);
        }
        return stages;
    }
}

package io.kernos.perf;

import io.kernos.perf.grid.Effort;
import io.kernos.perf.grid.GridSize;
import io.kernos.perf.grid.SteadyEvents;
import io.kernos.perf.grid.Timing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether an event of the allocator takes longer where there are more agents. */
@Command(
        name = "size",
        description = {
            "What each kind of event of the allocator takes, with the decision that follows it, from 1,000 to 100,000",
            "agents and 200 frameworks, each in a role of its own: the slowest size takes at most three times as long",
            "as the fastest, by medians. Agents are visited here and there, so that what is far apart is far apart."
        },
        mixinStandardHelpOptions = true)
final class SizeCommand extends BenchmarkCommand {
    private static final int[] AGENTS = {1_000, 3_000, 10_000, 30_000, 100_000};
    private static final int FRAMEWORKS = 200;
    private static final double FLAT_WITHIN = 3;
    private static final double MEDIAN = 50;

    @Option(names = "--chart", paramLabel = "FILE", description = "Draw the figures into this PNG file.")
    private Path chart;

    @Override
    Report measure() throws IOException {
        Map<String, double[]> figuresUs = new LinkedHashMap<>();
        Effort effort = quick() ? new Effort(300, 300) : new Effort(1_000, 1_000);
        progress("compiling");
        SteadyEvents.measure(new GridSize(AGENTS[0], FRAMEWORKS), effort);
        for (int i = 0; i < AGENTS.length; i++) {
            progress(AGENTS[i] + " agents");
            for (Map.Entry<String, Timing> timing : SteadyEvents.measure(new GridSize(AGENTS[i], FRAMEWORKS), effort)
                    .entrySet()) {
                figuresUs.computeIfAbsent(timing.getKey(), event -> new double[AGENTS.length])[i] =
                        timing.getValue().us(MEDIAN);
            }
        }
        if (chart != null) {
            Chart.draw(
                    chart, "Time of an event against the number of agents", "agents", "us, median", AGENTS, figuresUs);
        }
        return report(figuresUs);
    }

    private static Report report(Map<String, double[]> figuresUs) {
        Report report = new Report("size");
        String[] columns = new String[AGENTS.length + 1];
        columns[0] = "us, median, by agents";
        Arrays.setAll(columns, i -> i == 0 ? columns[0] : Figures.of(AGENTS[i - 1]));
        Table table = report.table(columns);
        figuresUs.forEach((event, us) -> {
            String[] cells = new String[us.length + 1];
            Arrays.setAll(cells, i -> i == 0 ? event : Figures.of(us[i - 1]));
            table.row(cells);
            double slowest = Arrays.stream(us).max().orElseThrow();
            double fastest = Arrays.stream(us).min().orElseThrow();
            report.goal(Goal.atMost(FLAT_WITHIN, event + ", slowest size", slowest, "us", "fastest size", fastest));
        });
        return report;
    }
}

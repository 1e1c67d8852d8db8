package io.kernos.perf;

import io.kernos.perf.MicroBenchmarks.Score;
import io.kernos.perf.jmh.AllocatorBulk;
import io.kernos.perf.jmh.AllocatorDecision;
import io.kernos.perf.jmh.AllocatorEvent;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** How long one decision of the allocator takes. */
@Command(
        name = "allocator",
        header = {"Time and garbage of an allocator decision, against a bare spawn.", ""},
        description =
                "Time and garbage of one event of the allocator and its decision (a task ends or an offer comes back,"
                    + " and goes to whoever has least; a task is asked for that has no room) with 100 frameworks in 10"
                    + " roles on 1,000 and 10,000 full agents, by JMH, against a bare posix_spawn to its exec: at most"
                    + " a hundredth of it, and no garbage. Single events of 200 frameworks in roles of their own on"
                    + " 1,000 and 50,000 agents of which all is offered. And the time of each of a million equal tasks"
                    + " that are placed at once on 20,000 agents, as one class and as one of each of 100 frameworks:"
                    + " at least 5 million placements a second for one class.",
        mixinStandardHelpOptions = true)
final class AllocatorCommand extends MicroCommand {
    private static final double MOST_OF_A_SPAWN = 0.01;
    private static final double LEAST_MILLIONS_A_SECOND = 5;
    private static final String ONE_CLASS = "1";

    AllocatorCommand() {
        super("allocator", AllocatorDecision.class, MOST_OF_A_SPAWN);
    }

    @Override
    Map<String, String> parameters() {
        return Map.of("agents", quick() ? "1000" : "1000,10000");
    }

    @Override
    void measureMore(Report report, BareLoop bare) throws Exception {
        progress("JMH: " + AllocatorEvent.class.getSimpleName());
        Map<String, String> cluster = Map.of("agents", quick() ? "1000" : "1000,50000", "frameworks", "200");
        MicroBenchmarks.addTo(report, MicroBenchmarks.run(AllocatorEvent.class, quick(), cluster), bare);
        progress("JMH: " + AllocatorBulk.class.getSimpleName());
        measure(report, bare, ONE_CLASS, true);
        measure(report, bare, "100", false);
    }

    private void measure(Report report, BareLoop bare, String frameworks, boolean isGoal) throws Exception {
        List<Score> scores = MicroBenchmarks.run(AllocatorBulk.class, quick(), Map.of("frameworks", frameworks));
        MicroBenchmarks.addTo(report, scores, bare);
        if (isGoal) {
            double millionsASecond = 1_000 / scores.getFirst().ns();
            report.goal(Goal.atLeast(
                    1, "placements of one class", millionsASecond, "million/s", "wanted are", LEAST_MILLIONS_A_SECOND));
        }
    }
}

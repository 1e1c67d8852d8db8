package io.kernos.perf;

import io.kernos.cli.figures.Stage;
import io.kernos.cli.figures.StageTimes;
import io.kernos.transport.IdleProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long a task takes, stage by stage. */
@Command(
        name = "latency",
        description = {
            "Time from submitting /bin/true until it is heard to run, and to have finished, stage by stage, in an open",
            "loop at a fixed rate: each task counts from when it was due, so waiting is not left out. With nothing"
                    + " else",
            "to do and under load, in the profiles eco and balanced. Against the bare clone into the same namespaces"
                    + " and",
            "control groups: from idle in balanced, submit to RUNNING must be at most three times that to the exec."
        },
        mixinStandardHelpOptions = true)
final class LatencyCommand extends BenchmarkCommand {
    private static final int CPUS = 8;
    private static final long CPUS_MILLI = 500;
    private static final int WARM_UP = 1_000;
    private static final double MOST_OF_BARE = 3;
    private static final double MEDIAN = 50;

    @Option(names = "--rate", defaultValue = "20", description = "Tasks measured a second (default: ${DEFAULT-VALUE}).")
    private int rate;

    @Option(
            names = "--load",
            defaultValue = "150",
            description = "Tasks a second beside them when under load (default: ${DEFAULT-VALUE}).")
    private int load;

    @Option(
            names = "--idle",
            paramLabel = "PROFILE",
            split = ",",
            defaultValue = "eco,balanced",
            description = "How the cluster idles, one or several (default: ${DEFAULT-VALUE}).")
    private List<IdleProfile> profiles = new ArrayList<>();

    @Override
    Report measure() throws Exception {
        Report report = new Report("latency");
        int bareCount = quick() ? 500 : 2_000;
        progress("bare loops of " + bareCount + " processes");
        BareLoop bare = BareLoop.run(bareCount, 1);
        Table loops = BareLoop.table(report);
        bare.spawn().addTo(loops, "posix_spawn");
        bare.contained().addTo(loops, "clone into namespaces");
        for (IdleProfile profile : profiles) {
            measure(report, profile, bare);
        }
        return report;
    }

    private void measure(Report report, IdleProfile profile, BareLoop bare) throws IOException {
        int seconds = quick() ? 6 : 30;
        try (LocalUp up = LocalUp.start(profile, CPUS);
                TaskSource source = TaskSource.open(up, "perf-latency", CPUS_MILLI)) {
            progress(profile + ": warming up with " + WARM_UP + " tasks");
            source.runAll(WARM_UP);
            progress(profile + ": " + rate + " tasks/s for " + seconds + " s");
            StageTimes idle = source.runAtFixedTimes(intervalNs(), rate * seconds);
            StageTable.add(report, profile + ", from idle", idle);
            StageTimes loaded = underLoad(up, source, profile, seconds);
            StageTable.add(report, profile + ", beside " + load + " tasks/s", loaded);
            addGoals(report, profile, idle, bare);
        }
    }

    private long intervalNs() {
        return TimeUnit.SECONDS.toNanos(1) / rate;
    }

    private StageTimes underLoad(LocalUp up, TaskSource source, IdleProfile profile, int seconds) throws IOException {
        progress(profile + ": likewise beside " + load + " tasks/s");
        try (BackgroundLoad background = BackgroundLoad.start(up, CPUS_MILLI, load, seconds)) {
            StageTimes times = source.runAtFixedTimes(intervalNs(), rate * seconds);
            background.await();
            return times;
        }
    }

    private static void addGoals(Report report, IdleProfile profile, StageTimes idle, BareLoop bare) {
        double runningUs = idle.of(Stage.SUBMIT_TO_RUNNING).getValueAtPercentile(MEDIAN) / 1_000.0;
        double finalUs = idle.of(Stage.SUBMIT_TO_FINAL).getValueAtPercentile(MEDIAN) / 1_000.0;
        report.note(profile + ", from idle: submit -> RUNNING p50 is "
                + Figures.of(runningUs / bare.spawn().startP50Us()) + " of a bare posix_spawn, "
                + Figures.of(runningUs / bare.contained().startP50Us()) + " of a bare clone to its exec, "
                + Figures.of(runningUs / bare.contained().exitP50Us()) + " of one to its end; submit -> final is "
                + Figures.of(finalUs / bare.contained().exitP50Us()) + " of that");
        if (profile == IdleProfile.BALANCED) {
            report.goal(Goal.atMost(
                    MOST_OF_BARE,
                    "submit to RUNNING p50, balanced, from idle",
                    runningUs,
                    "us",
                    "bare clone to exec",
                    bare.contained().startP50Us()));
        }
    }
}

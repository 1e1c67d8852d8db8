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
        header = {"Time from a submit to its task running, against the bare loop.", ""},
        description =
                "Time from submitting /bin/true until it is heard to run, and to have finished, stage by stage, in the"
                    + " profiles eco and balanced: one task after another, as the bare loop does it; at a fixed rate"
                    + " from idle, and beside load, where each task counts from when it was due. Against the bare"
                    + " clone into the same namespaces and control groups until its end, which is what one round of"
                    + " that loop takes: in balanced, submit to RUNNING must be at most three times that, one after"
                    + " another against the loop without a pause, from idle against the loop at the same rate, which"
                    + " meets the same cold caches.",
        mixinStandardHelpOptions = true)
final class LatencyCommand extends BenchmarkCommand {
    private static final int CPUS = 8;
    private static final long CPUS_MILLI = 500;
    private static final int QUICK_WARM_UP = 1_000;
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
            names = "--warm-up",
            defaultValue = "15000",
            description = "Tasks run before, not measured; 1000 at most with --quick (default: ${DEFAULT-VALUE}).")
    private int warmUp;

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
        progress("likewise at " + rate + " a second");
        BareLoop paced = BareLoop.runPaced(rate * (quick() ? 6 : 20), (int) (intervalNs() / 1_000));
        paced.spawn().addTo(loops, "posix_spawn, " + rate + " a second");
        paced.contained().addTo(loops, "clone into namespaces, " + rate + " a second");
        for (IdleProfile profile : profiles) {
            measure(report, profile, bare, paced);
        }
        return report;
    }

    private void measure(Report report, IdleProfile profile, BareLoop bare, BareLoop paced) throws IOException {
        int seconds = quick() ? 6 : 30;
        try (LocalUp up = LocalUp.start(profile, CPUS);
                TaskSource source = TaskSource.open(up, "perf-latency", CPUS_MILLI)) {
            int before = quick() ? Math.min(warmUp, QUICK_WARM_UP) : warmUp;
            progress(profile + ": warming up with " + before + " tasks");
            source.runAll(before);
            progress(profile + ": one after another");
            StageTimes serial = source.runOneByOne(rate * seconds);
            StageTable.add(report, profile + ", one after another", serial);
            progress(profile + ": " + rate + " tasks/s for " + seconds + " s");
            StageTimes idle = source.runAtFixedTimes(intervalNs(), rate * seconds);
            StageTable.add(report, profile + ", from idle", idle);
            StageTimes loaded = underLoad(up, source, profile, seconds);
            StageTable.add(report, profile + ", beside " + load + " tasks/s", loaded);
            compare(report, profile, "one after another", serial, bare, "bare clone to its end");
            compare(report, profile, "from idle", idle, paced, "bare clone to its end at that rate");
            report.note(profile + ", from idle: submit -> RUNNING p50 is "
                    + Figures.of(runningUs(idle) / bare.contained().exitP50Us())
                    + " of a bare clone to its end without a pause");
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

    private static double runningUs(StageTimes times) {
        return times.of(Stage.SUBMIT_TO_RUNNING).getValueAtPercentile(MEDIAN) / 1_000.0;
    }

    private static void compare(
            Report report, IdleProfile profile, String regime, StageTimes times, BareLoop bare, String baseline) {
        double runningUs = runningUs(times);
        double finalUs = times.of(Stage.SUBMIT_TO_FINAL).getValueAtPercentile(MEDIAN) / 1_000.0;
        BareLoop.Result contained = bare.contained();
        report.note(profile + ", " + regime + ": submit -> RUNNING p50 is "
                + Figures.of(runningUs / bare.spawn().startP50Us()) + " of a bare posix_spawn to its exec, "
                + Figures.of(runningUs / contained.startP50Us()) + " of a bare clone to its exec, "
                + Figures.of(runningUs / contained.exitP50Us()) + " of one to its end; submit -> final is "
                + Figures.of(finalUs / contained.exitP50Us()) + " of that");
        if (profile == IdleProfile.BALANCED) {
            report.goal(Goal.atMost(
                    MOST_OF_BARE,
                    "submit to RUNNING p50, balanced, " + regime,
                    runningUs,
                    "us",
                    baseline,
                    contained.exitP50Us()));
        }
    }
}

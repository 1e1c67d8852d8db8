package io.kernos.perf;

import io.kernos.cli.figures.StageTimes;
import io.kernos.transport.IdleProfile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many short tasks a second one machine runs. */
@Command(
        name = "tasks",
        header = {"Tasks a second, against the bare loop.", ""},
        description =
                "Tasks a second of /bin/true, each in its own pid, mount, uts and ipc namespaces and control groups,"
                        + " through the whole path (client, log, allocator, relay, agent, supervisor), against the bare"
                        + " clone loop at as many in parallel: at least a third of it.",
        mixinStandardHelpOptions = true)
final class TasksCommand extends BenchmarkCommand {
    private static final int PARALLEL = 8;
    private static final int CPUS = 8;
    private static final long CPUS_MILLI = CPUS * 1_000L / PARALLEL;
    /** Tasks after which the compiler has little left to do. */
    private static final int WARM_UP = 15_000;

    private static final int QUICK_WARM_UP = 1_000;
    private static final double LEAST_OF_BARE = 1.0 / 3;

    @Option(
            names = "--idle",
            paramLabel = "PROFILE",
            defaultValue = "balanced",
            description = "How the cluster idles: eco, balanced or spin (default: ${DEFAULT-VALUE}).")
    private IdleProfile profile;

    @Override
    Report measure() throws Exception {
        int count = quick() ? 2_000 : 10_000;
        Report report = new Report("tasks");
        progress("bare loops of " + count / 2 + " processes, 1 and " + PARALLEL + " at a time");
        BareLoop serial = BareLoop.run(count / 2, 1);
        BareLoop parallel = BareLoop.run(count / 2, PARALLEL);
        double rate;
        StageTimes times;
        try (LocalUp up = LocalUp.start(profile, CPUS);
                TaskSource source = TaskSource.open(up, "perf-tasks", CPUS_MILLI)) {
            int before = quick() ? QUICK_WARM_UP : WARM_UP;
            progress("warming up with " + before + " tasks");
            source.runAll(before);
            progress(count + " tasks, " + PARALLEL + " at a time");
            times = source.resetTimes();
            rate = source.runAll(count);
        }
        Table loops = BareLoop.table(report);
        serial.spawn().addTo(loops, "posix_spawn");
        serial.contained().addTo(loops, "clone into namespaces");
        parallel.spawn().addTo(loops, "posix_spawn, " + PARALLEL + " at a time");
        parallel.contained().addTo(loops, "clone into namespaces, " + PARALLEL + " at a time");
        StageTable.add(report, "all submitted at once", times);
        report.note("Kernos, " + profile + ", " + PARALLEL + " at a time: " + Figures.of(rate) + " tasks/s, "
                + Figures.of(rate / serial.contained().ratePerS()) + " of the serial clone loop, "
                + Figures.of(rate / parallel.spawn().ratePerS()) + " of posix_spawn");
        report.goal(Goal.atLeast(
                LEAST_OF_BARE,
                "tasks of /bin/true",
                rate,
                "per s",
                "bare clone loop",
                parallel.contained().ratePerS()));
        return report;
    }
}

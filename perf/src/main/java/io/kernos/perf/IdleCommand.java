package io.kernos.perf;

import io.kernos.transport.IdleProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a cluster costs when it has nothing to do. */
@Command(
        name = "idle",
        header = {"What an idle 'kernos up' costs in processors and memory.", ""},
        description =
                "Processor time and resident memory of 'kernos up' and all that it started, with nothing to do: at"
                        + " most a tenth of one core and 700 MB.",
        mixinStandardHelpOptions = true)
final class IdleCommand extends BenchmarkCommand {
    private static final int CPUS = 2;
    private static final int BARE_COUNT = 500;
    private static final double MOST_OF_A_CORE = 0.1;
    private static final double MOST_MEGABYTES = 700;
    private static final double MEGABYTE = 1e6;
    /** Linux tells processor time in hundredths of a second. */
    private static final double TICKS_A_SECOND = 100;

    @Option(
            names = "--idle",
            paramLabel = "PROFILE",
            defaultValue = "eco",
            description = "How the cluster idles: eco, balanced or spin (default: ${DEFAULT-VALUE}).")
    private IdleProfile profile;

    @Override
    Report measure() throws Exception {
        Report report = new Report("idle");
        int seconds = quick() ? 15 : 60;
        progress("bare loops of " + BARE_COUNT + " processes");
        BareLoop bare = BareLoop.run(BARE_COUNT, 1);
        Table loops = BareLoop.table(report);
        bare.spawn().addTo(loops, "posix_spawn");
        bare.contained().addTo(loops, "clone into namespaces");
        double coreShare;
        double megabytes;
        try (LocalUp up = LocalUp.start(profile, CPUS)) {
            progress("settling for " + seconds / 3 + " s");
            TimeUnit.SECONDS.sleep(seconds / 3);
            progress("watching for " + seconds + " s");
            List<ProcessHandle> processes = up.processes();
            double before = processorSeconds(processes);
            long begunNs = System.nanoTime();
            TimeUnit.SECONDS.sleep(seconds);
            double took = (System.nanoTime() - begunNs) / 1e9;
            coreShare = (processorSeconds(processes) - before) / took;
            megabytes = addMemory(report, processes);
        }
        report.note("As much processor time a second as "
                + Figures.of(coreShare * 1e6 / bare.spawn().exitP50Us()) + " bare posix_spawns take from call to end");
        report.goal(Goal.atMost(MOST_OF_A_CORE, "idle, " + profile, coreShare, "cores", "one core", 1));
        report.goal(Goal.atMost(1, "resident memory", megabytes, "MB", "as set", MOST_MEGABYTES));
        return report;
    }

    private static double processorSeconds(List<ProcessHandle> processes) throws IOException {
        double ticks = 0;
        for (ProcessHandle process : processes) {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks / TICKS_A_SECOND;
    }

    private static double addMemory(Report report, List<ProcessHandle> processes) throws IOException {
        Table table = report.table("process", "resident MB");
        double sum = 0;
        for (ProcessHandle process : processes) {
            String pid = Long.toString(process.pid());
            double megabytes = residentBytes(Path.of("/proc", pid, "status")) / MEGABYTE;
            table.row(Files.readString(Path.of("/proc", pid, "comm")).strip(), Figures.of(megabytes));
            sum += megabytes;
        }
        return sum;
    }

    private static double residentBytes(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1_024.0;
            }
        }
        return 0;
    }
}

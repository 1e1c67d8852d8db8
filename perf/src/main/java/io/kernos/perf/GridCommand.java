package io.kernos.perf;

import io.kernos.perf.grid.Changes;
import io.kernos.perf.grid.Cycles;
import io.kernos.perf.grid.Effort;
import io.kernos.perf.grid.Footprint;
import io.kernos.perf.grid.GridSize;
import io.kernos.perf.grid.Mesos;
import io.kernos.perf.grid.Placements;
import io.kernos.perf.grid.PlainWalk;
import io.kernos.perf.grid.Timing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** What whole cycles and single events of the allocator take over a grid of clusters. */
@Command(
        name = "grid",
        description = {
            "The allocator over 1,000 to 50,000 agents and 1 to 6,000 frameworks, each in a role of its own: whole",
            "cycles (all offered for the first time; given back and offered anew; declined with a filter; half of the",
            "frameworks suppressed; under quotas; with reservations), what is added, and single events: resources of",
            "one agent that come back until they are offered again, and a mix of services, batch, gangs and offers.",
            "Beside it a plain walk of all agents and roles in the same run, and what Mesos' own allocator took on a",
            "machine of two cores. Besides: a million equal tasks placed at once, garbage, and the heap of the largest."
        },
        mixinStandardHelpOptions = true)
final class GridCommand extends BenchmarkCommand {
    private static final GridSize MIDDLE = new GridSize(10_000, 200);
    private static final GridSize LARGE = new GridSize(50_000, 200);
    private static final GridSize LARGEST = new GridSize(50_000, 1_000);
    private static final GridSize BASELINE = new GridSize(1_000, 200);
    private static final long WARM_UP_MS = 150;
    private static final double MEDIAN = 50;
    private static final double WORST_OF_100 = 99;
    private static final double WORST_OF_10_000 = 99.99;
    private static final double NO_GARBAGE_BYTES = 0.5;
    private static final long BYTES_A_MB = 1_000_000;
    private static final double NS_A_S = 1e9;

    private final Report report = new Report("grid");
    private final Map<GridSize, Timing> warm = new LinkedHashMap<>();
    private final Map<GridSize, Timing> recovered = new LinkedHashMap<>();
    private final Map<GridSize, Timing> declined = new LinkedHashMap<>();
    private final Map<GridSize, Timing> frameworksAdded = new LinkedHashMap<>();
    private final Map<GridSize, Timing> agentAdded = new LinkedHashMap<>();
    private double garbageBytes;

    @Override
    Report measure() {
        progress("compiling");
        warmUp();
        List<GridSize> sizes = quick() ? GridSize.some() : GridSize.all();
        measureCycles(sizes);
        measureEvents(sizes);
        compareWithMesos();
        comparePlainWalk();
        measureBulk();
        measureFootprint();
        addGoals();
        return report;
    }

    /** Runs everything for a while, so that what is measured first is compiled as well as what is measured last. */
    private static void warmUp() {
        Effort brief = new Effort(WARM_UP_MS, WARM_UP_MS);
        Cycles cycles = new Cycles(BASELINE, brief);
        cycles.first();
        cycles.warm();
        cycles.declined();
        cycles.halfSuppressed();
        cycles.withQuotas();
        cycles.withReservations();
        Changes changes = new Changes(BASELINE, brief);
        changes.moreAgents();
        changes.moreFrameworks();
        changes.oneAgent();
        changes.oneRecovered();
        new Placements(BASELINE, brief).mixed();
    }

    private Effort effort() {
        return quick() ? new Effort(150, 250) : new Effort(300, 600);
    }

    private void measureCycles(List<GridSize> sizes) {
        Table table = report.table(
                "ms, agents x frameworks",
                "first",
                "warm",
                "declined",
                "half suppressed",
                "quotas",
                "reservations",
                "a tenth more agents",
                "frameworks one by one");
        for (GridSize size : sizes) {
            progress("cycles of " + size);
            Cycles cycles = new Cycles(size, effort());
            Changes changes = new Changes(size, effort());
            Timing first = cycles.first();
            warm.put(size, steady(cycles.warm()));
            declined.put(size, steady(cycles.declined()));
            frameworksAdded.put(size, changes.moreFrameworks());
            table.row(
                    size.toString(),
                    ms(first),
                    ms(warm.get(size)),
                    ms(declined.get(size)),
                    ms(steady(cycles.halfSuppressed())),
                    ms(steady(cycles.withQuotas())),
                    ms(steady(cycles.withReservations())),
                    ms(changes.moreAgents()),
                    ms(frameworksAdded.get(size)));
        }
    }

    private void measureEvents(List<GridSize> sizes) {
        Table table = report.table(
                "us, agents x frameworks",
                "recovered p50",
                "p99",
                "p99.99",
                "mixed p50",
                "p99",
                "p99.99",
                "agent added p50",
                "p99");
        for (GridSize size : sizes) {
            progress("events of " + size);
            Timing mixed = steady(new Placements(size, effort()).mixed());
            Changes changes = new Changes(size, effort());
            recovered.put(size, steady(changes.oneRecovered()));
            agentAdded.put(size, steady(changes.oneAgent()));
            table.row(
                    size.toString(),
                    Figures.of(recovered.get(size).us(MEDIAN)),
                    Figures.of(recovered.get(size).us(WORST_OF_100)),
                    Figures.of(recovered.get(size).us(WORST_OF_10_000)),
                    Figures.of(mixed.us(MEDIAN)),
                    Figures.of(mixed.us(WORST_OF_100)),
                    Figures.of(mixed.us(WORST_OF_10_000)),
                    Figures.of(agentAdded.get(size).us(MEDIAN)),
                    Figures.of(agentAdded.get(size).us(WORST_OF_100)));
        }
    }

    /** Keeps what was allocated where nothing should be. */
    private Timing steady(Timing timing) {
        garbageBytes = Math.max(garbageBytes, timing.bytes());
        return timing;
    }

    private void compareWithMesos() {
        Table table = report.table("beside Mesos", "ms", "Mesos ms", "times as fast");
        for (Mesos mesos : Mesos.FIGURES) {
            Timing timing = of(mesos.what()).get(mesos.size());
            table.row(
                    mesos.name(),
                    Figures.of(timing.medianMs()),
                    Figures.of(mesos.tookMs()),
                    Figures.of(mesos.tookMs() / timing.medianMs()));
        }
    }

    private Map<GridSize, Timing> of(Mesos.Case what) {
        return switch (what) {
            case WARM -> warm;
            case DECLINED -> declined;
            case MORE_FRAMEWORKS -> frameworksAdded;
            case ONE_AGENT -> agentAdded;
            case ONE_RECOVERED -> recovered;
        };
    }

    private void comparePlainWalk() {
        progress("plain walk of " + BASELINE);
        double walkMs = PlainWalk.cycle(BASELINE, effort()).medianMs();
        double walkUs = PlainWalk.oneRecovered(BASELINE, effort()).us(MEDIAN);
        report.goal(
                Goal.atMost(1, "warm cycle of " + BASELINE, warm.get(BASELINE).medianMs(), "ms", "plain walk", walkMs));
        report.goal(Goal.atMost(
                1,
                "recovered to offered at " + BASELINE,
                recovered.get(BASELINE).us(MEDIAN),
                "us",
                "plain walk",
                walkUs));
    }

    private void measureBulk() {
        progress("a million equal tasks");
        double ns = new Placements(LARGE, effort()).oneClass().ns(MEDIAN);
        double millionsASecond = Placements.tasksOfOneClass() * NS_A_S / ns / BYTES_A_MB;
        report.goal(Goal.atLeast(1, "placements of one class", millionsASecond, "million/s", "wanted are", 5));
    }

    private void measureFootprint() {
        progress("heap of " + LARGEST);
        double megabytes = (double) Footprint.heapBytes(LARGEST) / BYTES_A_MB;
        String name = "heap of " + LARGEST + " with " + Figures.of(Footprint.tasks(LARGEST)) + " tasks";
        report.goal(Goal.atMost(1, name, megabytes, "MB", "wanted are", 1_000));
    }

    private void addGoals() {
        wanted("warm cycle of " + MIDDLE, warm.get(MIDDLE).medianMs(), "ms", 3);
        wanted("warm cycle of " + LARGE, warm.get(LARGE).medianMs(), "ms", 20);
        wanted(
                "recovered to offered at " + LARGEST + ", p50",
                recovered.get(LARGEST).us(MEDIAN),
                "us",
                1);
        wanted(
                "recovered to offered at " + LARGEST + ", p99",
                recovered.get(LARGEST).us(WORST_OF_100),
                "us",
                5);
        report.goal(Goal.atMost(
                1, "garbage of a cycle or event", garbageBytes, "bytes", "counts as none", NO_GARBAGE_BYTES));
    }

    private void wanted(String name, double figure, String unit, double most) {
        report.goal(Goal.atMost(1, name, figure, unit, "wanted are", most));
    }

    private static String ms(Timing timing) {
        return Figures.of(timing.medianMs());
    }
}

package io.kernos.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stands in the list of commands for the benchmarks, which the launcher runs from jars of their own. */
@Command(
        name = "perf",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  kernos perf --help", "  kernos perf tasks --quick"},
        description = "Measure Kernos on this machine, beside a bare loop in the same run.")
final class PerfCommand implements Callable<Integer> {
    @Parameters(paramLabel = "NAME", description = "Benchmark, and its options.")
    private List<String> name;

    @Override
    public Integer call() {
        throw new CommandException(
                ExitCodes.USAGE,
                "the benchmarks are run by the launcher in the root folder: ./kernos perf "
                        + (name == null ? "NAME" : String.join(" ", name)));
    }
}

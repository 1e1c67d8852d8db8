package io.kernos.perf;

import io.kernos.transport.IdleProfile;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code kernos perf NAME}: one command for all benchmarks. */
@Command(
        name = "kernos perf",
        description = "Measures Kernos on this machine, beside a bare loop in the same run.",
        footer = "%nEach prints tables, then one last line: pass or short, with figure, baseline, ratio and goal.%n"
                + "Exit status: 0 pass, 1 short or could not be measured, 2 wrong usage.",
        mixinStandardHelpOptions = true,
        subcommands = {
            AllocatorCommand.class,
            GridCommand.class,
            SizeCommand.class,
            CodecCommand.class,
            LatencyCommand.class,
            TasksCommand.class,
            IdleCommand.class
        })
public final class Perf implements Runnable {
    @Spec
    private CommandSpec spec;

    private Perf() {}

    /**
     * Runs a benchmark and ends the process with its verdict.
     *
     * @param args name of the benchmark and its options.
     */
    public static void main(String[] args) {
        System.exit(run(args, writer(System.out), writer(System.err)));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    /**
     * Runs a benchmark.
     *
     * @param args name of the benchmark and its options.
     * @param out  takes the answer.
     * @param err  takes progress and errors.
     * @return 0 where all goals are reached, 1 where one is not or could not be measured, 2 for wrong usage.
     */
    static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new CommandLine(new Perf())
                .setOut(out)
                .setErr(err)
                .registerConverter(IdleProfile.class, IdleProfile::of)
                .setParameterExceptionHandler((ex, given) -> {
                    CommandLine command = ex.getCommandLine();
                    err.println("kernos perf: " + words(ex));
                    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((error, command, parsed) -> {
                    err.println("kernos perf: " + error.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                })
                .execute(args);
    }

    private static String words(ParameterException ex) {
        boolean isName = ex instanceof UnmatchedArgumentException unmatched
                && ex.getCommandLine().getParent() == null
                && !unmatched.getUnmatched().getFirst().startsWith("-");
        return isName
                ? "there is no benchmark '"
                        + ((UnmatchedArgumentException) ex).getUnmatched().getFirst() + "': "
                        + names(ex.getCommandLine())
                : ex.getMessage();
    }

    private static String names(CommandLine perf) {
        return "use one of " + String.join(", ", perf.getSubcommands().keySet());
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which benchmark? " + names(spec.commandLine()));
    }
}

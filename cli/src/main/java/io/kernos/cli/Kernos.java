package io.kernos.cli;

import io.kernos.cli.node.AgentCommand;
import io.kernos.cli.node.MasterCommand;
import io.kernos.cli.node.RelayCommand;
import io.kernos.client.KernosException;
import io.kernos.master.store.StoreException;
import io.kernos.transport.SettingException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code kernos}: its subcommands, and what they have in common. */
@Command(
        name = "kernos",
        description = "A cluster manager with resource offers.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footerHeading = "%nUnits:%n",
        footer = {
            "  bytes (--mem, --disk)           64m or 2g, k = 1024; a number is bytes",
            "  times (--timeout, --grace)      500ms, 30s, 5m, 2h or 1d; a number is seconds",
            "Exit status:",
            "  0         done",
            "  1         not done: the message says why",
            "  2         the command line or a setting is wrong",
            "  3         no cluster was found",
            "  124       run: the time given by --timeout ran out",
            "  125       run: the command could not be run, or its end is not known",
            "  141       nobody reads the output any more, as of 'kernos run ... | head'",
            "  128 + n   run: signal n ended the task (137: want of memory, too); or the",
            "            command itself was ended (130 by Ctrl-C, 143 by SIGTERM)",
            "  other     run: what the task ended with",
            "Examples:",
            "  kernos up                        a cluster on this machine, until Ctrl-C",
            "  kernos run -- uname -a           in another terminal",
            "  kernos COMMAND --help            docs/operations.md tells all"
        },
        subcommands = {
            UpCommand.class,
            DemoCommand.class,
            RunCommand.class,
            SubmitCommand.class,
            TasksCommand.class,
            AgentsCommand.class,
            FrameworksCommand.class,
            OffersCommand.class,
            LogsCommand.class,
            KillCommand.class,
            StatCommand.class,
            PerfCommand.class,
            MasterCommand.class,
            RelayCommand.class,
            AgentCommand.class
        })
public final class Kernos {
    @Option(names = "--debug", scope = ScopeType.INHERIT, description = "Show the stack traces of errors.")
    private boolean debug;

    private Kernos() {}

    /**
     * Runs a command and ends the process with its exit status.
     *
     * @param args the command line.
     */
    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /**
     * Runs a command.
     *
     * @param args the command line.
     * @return its exit status, see docs/operations.md.
     */
    static int execute(String... args) {
        Kernos kernos = new Kernos();
        CommandLine commandLine = new CommandLine(kernos);
        commandLine.setOut(new PrintWriter(StandardOutput.out(), true, StandardCharsets.UTF_8));
        commandLine.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setExecutionStrategy(Kernos::run);
        commandLine.setExecutionExceptionHandler((ex, command, result) -> kernos.onError(ex, command));
        commandLine.setParameterExceptionHandler((ex, arguments) -> {
            CommandLine command = ex.getCommandLine();
            command.getErr().println("kernos: " + words(ex));
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return ExitCodes.USAGE;
        });
        for (String name : List.of("run", "submit")) {
            commandLine.getSubcommands().get(name).setStopAtPositional(true);
        }
        if (args.length == 0) {
            commandLine.usage(commandLine.getErr());
            return ExitCodes.USAGE;
        }
        return commandLine.execute(args);
    }

    /** Help is printed outside of any command, which has no handler then. */
    private static int run(ParseResult result) {
        try {
            return new CommandLine.RunLast().execute(result);
        } catch (OutputException ex) {
            if (!ex.isQuiet()) {
                result.commandSpec().commandLine().getErr().println("kernos: " + ex.getMessage());
            }
            return ex.exitCode();
        }
    }

    private int onError(Exception ex, CommandLine command) {
        if (debug) {
            ex.printStackTrace(command.getErr());
        }
        boolean isQuiet = ex instanceof EndedException || ex instanceof OutputException output && output.isQuiet();
        if (!isQuiet) {
            command.getErr().println("kernos: " + words(ex, command));
        }
        return exitCode(ex);
    }

    private static String words(ParameterException ex) {
        boolean isCommand = ex instanceof UnmatchedArgumentException unmatched
                && ex.getCommandLine().getParent() == null
                && !unmatched.getUnmatched().getFirst().startsWith("-");
        return isCommand
                ? "there is no command '"
                        + ((UnmatchedArgumentException) ex).getUnmatched().getFirst() + "'"
                : ex.getMessage()
                        .replaceFirst("Invalid value for positional parameter at index \\S+ \\(\\w+\\): ", "")
                        .replaceFirst("Invalid value for option '(\\S+)'( \\([^)]*\\))?: ", "$1: ")
                        .replace("option option", "option")
                        .replace("is not an int", "is no whole number")
                        .replace("is not a long", "is no whole number");
    }

    private static String words(Exception ex, CommandLine command) {
        if (ex instanceof SettingException) {
            return FlagNames.inWordsOf(command.getCommandSpec(), ex.getMessage());
        }
        boolean isOurs =
                ex instanceof CommandException || ex instanceof KernosException || ex instanceof StoreException;
        String message = ex.getMessage();
        if (isOurs && message != null) {
            return message;
        }
        String type = ex.getClass().getSimpleName();
        return (message == null ? type : message + " (" + type + ")") + "; --debug shows where";
    }

    private static int exitCode(Exception ex) {
        return switch (ex) {
            case CommandException command -> command.exitCode();
            case SettingException setting -> ExitCodes.USAGE;
            case StoreException store when store.problem() == StoreException.Problem.ABSENT -> ExitCodes.NO_CLUSTER;
            default -> ExitCodes.FAILED;
        };
    }
}

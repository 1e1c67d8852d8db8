package io.kernos.cli;

import io.kernos.cli.figures.Json;
import io.kernos.client.OperatorClient;
import io.kernos.client.RefusedException;
import io.kernos.master.store.StateStore;
import io.kernos.transport.codecs.RefusalCode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends tasks. */
@Command(
        name = "kill",
        mixinStandardHelpOptions = true,
        footer = {"", "Example:", "  kernos kill --grace 1s 3.17 3.20-29"},
        sortOptions = false,
        description = "End tasks of any framework: SIGTERM, and SIGKILL after their grace.")
final class KillCommand implements Callable<Integer> {
    private static final long TIMEOUT_MS = 10_000;
    private static final long TEMPLATE_GRACE = -1;

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "1..*",
            paramLabel = "TASK",
            converter = TaskIds.Some.class,
            description = "FRAMEWORK.TASK such as 3.17, several such as 3.17-20, or all of framework 3: 3.")
    private List<TaskIds> tasks;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            converter = Quantities.DurationMs.class,
            description = "From SIGTERM to SIGKILL, such as 500ms or 1m; a bare number is seconds (default: what each"
                    + " task was submitted with).")
    private long graceMs = TEMPLATE_GRACE;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        int exitCode = ExitCodes.OK;
        try (OperatorClient operator = new OperatorClient(cluster.session("kernos kill"))) {
            for (TaskIds ids : tasks) {
                exitCode = Math.max(exitCode, kill(operator, ids));
            }
        }
        return exitCode;
    }

    private int kill(OperatorClient operator, TaskIds ids) {
        int grace = (int) Math.min(graceMs, Integer.MAX_VALUE);
        int count;
        try {
            count = operator.kill(ids.frameworkId(), ids.firstTaskId(), ids.count(), grace, TIMEOUT_MS);
        } catch (RefusedException ex) {
            if (ex.code() != RefusalCode.UNKNOWN_FRAMEWORK) {
                spec.commandLine().getErr().println("kernos: " + ids + ": " + ex.getMessage());
                return ExitCodes.FAILED;
            }
            count = 0;
        }
        if (count == 0) {
            tell(ids, report(ids));
            return ExitCodes.FAILED;
        }
        tell(ids, count);
        return ExitCodes.OK;
    }

    private KillReport report(TaskIds ids) {
        if (!cluster.namesStore()) {
            return KillReport.withoutStore();
        }
        try (StateStore store = cluster.store()) {
            return KillReport.of(store, ids);
        }
    }

    private void tell(TaskIds ids, KillReport report) {
        if (!output.json()) {
            spec.commandLine().getErr().println("kernos: " + ids + ": " + report.message());
            return;
        }
        Map<String, Object> object = object(ids, 0);
        object.put("problem", report.problem());
        object.put("message", report.message());
        object.put("state", report.state());
        object.put("endedMs", report.endedMs() == 0 ? null : report.endedMs());
        spec.commandLine().getOut().println(Json.of(object));
    }

    private void tell(TaskIds ids, int count) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            out.println(Json.of(object(ids, count)));
        } else {
            String of = ids.count() > count ? " of " + ids.count() : "";
            out.println(ids + ": " + count + of + (count == 1 && of.isEmpty() ? " task is" : " tasks are")
                    + " being ended");
        }
    }

    private static Map<String, Object> object(TaskIds ids, int count) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("tasks", ids.toString());
        object.put("count", count);
        return object;
    }
}

package io.kernos.cli;

import io.kernos.cli.figures.Json;
import io.kernos.client.KernosClient;
import io.kernos.client.SessionContext;
import io.kernos.client.Submission;
import io.kernos.master.store.AgentView;
import io.kernos.master.store.StateStore;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Submits tasks, and leaves them to run. */
@Command(
        name = "submit",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  kernos submit --count 100 -- sleep 1",
            "  kernos submit --count 3 --wait -- sh -c 'echo I am $KERNOS_TASK_INDEX'"
        },
        sortOptions = false,
        description = "Submit tasks and leave them to run; $KERNOS_TASK_INDEX tells each which it is, from 0.")
final class SubmitCommand implements Callable<Integer> {
    /** So that what is known of each fits the memory of a command. */
    private static final int MOST_TASKS = 1_000_000;

    private static final long TIMEOUT_MS = 10_000;
    private static final long WAIT_STEP_MS = 1_000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many, up to 1000000 (default: 1).")
    private int count;

    @Option(names = "--wait", description = "Wait until all have ended; fails unless all ended well.")
    private boolean wait;

    @Mixin
    private TaskOptions task;

    @Mixin
    private FrameworkOptions framework;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    private String warning;

    @Override
    public Integer call() {
        if (count < 1) {
            throw new CommandException(ExitCodes.USAGE, "--count " + count + ": submit at least 1 task");
        }
        if (count > MOST_TASKS) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    "--count " + count + ": submit at most " + MOST_TASKS + " tasks at once, and the rest by another");
        }
        SessionContext session =
                framework.fill(cluster.session(task.frameworkName())).detached(true);
        RoomCheck check = startCheck();
        KernosClient client = KernosClient.connect(session, TIMEOUT_MS);
        try {
            Submission submission = client.submit(task.template(), count, TIMEOUT_MS);
            submission.awaitDurable(TIMEOUT_MS);
            TaskIds ids = new TaskIds(client.frameworkId(), submission.firstTaskId(), count);
            warning = check.await();
            if (!wait) {
                tell(ids, "submitted", null);
                return ExitCodes.OK;
            }
            while (!submission.await(WAIT_STEP_MS)) {
                spec.commandLine().getOut().flush();
            }
            tell(ids, "ended", submission.finishedCount());
            return submission.finishedCount() == count ? ExitCodes.OK : ExitCodes.FAILED;
        } finally {
            client.detach();
        }
    }

    private RoomCheck startCheck() {
        if (!cluster.namesStore()) {
            return RoomCheck.none();
        }
        return RoomCheck.start(
                CompletableFuture.supplyAsync(this::agents),
                task.room(),
                spec.commandLine().getErr());
    }

    private List<AgentView> agents() {
        try (StateStore store = cluster.store()) {
            return store.agents().items();
        }
    }

    private void tell(TaskIds ids, String what, Integer finishedCount) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.json()) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("frameworkId", ids.frameworkId());
            object.put("firstTaskId", ids.firstTaskId());
            object.put("count", count);
            object.put("state", what);
            object.put("finishedCount", finishedCount);
            object.put("warning", warning);
            out.println(Json.of(object));
        } else {
            String result = finishedCount == null ? "" : ", " + finishedCount + " of " + count + " well";
            out.println(ids + " " + what + result);
        }
        out.flush();
    }
}

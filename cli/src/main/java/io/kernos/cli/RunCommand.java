package io.kernos.cli;

import io.kernos.cli.figures.Json;
import io.kernos.client.KernosClient;
import io.kernos.client.KernosException;
import io.kernos.client.RefusedException;
import io.kernos.client.SchedulerSession;
import io.kernos.client.Submission;
import io.kernos.client.TaskTemplate;
import io.kernos.client.TaskUpdate;
import io.kernos.master.store.StateStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs one command as a task, and shows its output and takes over its exit status. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  kernos run --cpus 0.5 --mem 128m -- sha256sum /etc/os-release",
            "  kernos run --timeout 10s --env GREETING=hello -- sh -c 'echo $GREETING'"
        },
        sortOptions = false,
        description = "Run a command as a task: its output is shown as it comes, its exit status is this command's;"
                + " 128 and the signal where one ended it, 124 when the time ran out, 125 when it could not be run."
                + " Ctrl-C ends the task.")
final class RunCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);
    private static final long TIMEOUT_MS = 10_000;
    private static final long UPDATE_WAIT_MS = 200;
    private static final long END_MARGIN_MS = 5_000;
    private static final long WAIT_TOLD_NS = TimeUnit.SECONDS.toNanos(2);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Quantities.DurationMs.class,
            defaultValue = "0",
            description = "End it after this time, waiting included, such as 500ms or 1m; a bare number is seconds"
                    + " (default: never).")
    private long timeoutMs;

    @Option(
            names = {"-v", "--verbose"},
            description = "Say on standard error what the task is called, such as 3.1, for 'kernos logs' and 'kernos"
                    + " kill'; done anyway where that is a terminal.")
    private boolean verbose;

    @Mixin
    private TaskOptions task;

    @Mixin
    private FrameworkOptions framework;

    @Mixin
    private ClusterOptions cluster;

    @Option(
            names = "--json",
            description = "For programs: what the task writes goes to standard error, and what became of it to standard"
                    + " output, as one JSON object.")
    private boolean json;

    private final OutputFollower stdout = new OutputFollower(
            () -> cluster.sandboxes(), "stdout", () -> json ? StandardOutput.err() : StandardOutput.out());
    private final OutputFollower stderr = new OutputFollower(() -> cluster.sandboxes(), "stderr", StandardOutput::err);
    private RoomCheck check;
    private boolean isEnding;
    private boolean isTimedOut;

    @Override
    public Integer call() {
        cluster.requireStoreAndDriver();
        TaskTemplate template = task.template();
        CompletableFuture<StateStore> store = CompletableFuture.supplyAsync(this::openStore);
        try (KernosClient client = KernosClient.connect(
                framework.fill(cluster.session(task.frameworkName())).failoverTimeoutMs(TIMEOUT_MS), TIMEOUT_MS)) {
            Submission submission = client.submit(template, 1, TIMEOUT_MS);
            if (verbose || Terminal.hasStandardError()) {
                say("task " + name(client, submission));
            }
            check = RoomCheck.start(
                    store.thenApply(open -> open.agents().items()),
                    task.room(),
                    spec.commandLine().getErr());
            Thread killer = new Thread(() -> end(client, submission));
            Runtime.getRuntime().addShutdownHook(killer);
            try {
                TaskUpdate last = end(client, submission, store);
                finishOutputs();
                RunEnd end = RunEnd.of(RunEnd.Facts.of(last), isTimedOut ? timeoutMs : 0);
                tell(last, end);
                return end.exitCode();
            } finally {
                removeHook(killer);
            }
        } finally {
            store.thenAccept(StateStore::close);
        }
    }

    /** Reads once, so that what takes a while in a fresh process is done while the task starts. */
    private StateStore openStore() {
        StateStore store = cluster.store();
        store.agents();
        return store;
    }

    private TaskUpdate end(KernosClient client, Submission submission, CompletableFuture<StateStore> store) {
        try {
            return follow(client, submission, store);
        } catch (RefusedException ex) {
            throw ex;
        } catch (KernosException ex) {
            throw new CommandException(
                    ExitCodes.NOT_RUN,
                    "what became of task " + name(client, submission) + " is not known: " + ex.getMessage(),
                    ex);
        }
    }

    private TaskUpdate follow(KernosClient client, Submission submission, CompletableFuture<StateStore> store) {
        long startNs = System.nanoTime();
        boolean isFollowed = false;
        boolean isWaitTold = false;
        TaskUpdate last = null;
        while (last == null || !last.isFinal()) {
            TaskUpdate update = submission.nextUpdate(UPDATE_WAIT_MS);
            last = update == null ? last : update;
            boolean hasOutput = update != null && update.startedNs() > 0;
            if (hasOutput && !isFollowed) {
                isFollowed = true;
                startOutputs(client, update, store);
            }
            long waitedNs = System.nanoTime() - startNs;
            if (!isWaitTold && waitedNs >= WAIT_TOLD_NS && (last == null || last.agentId() == 0)) {
                isWaitTold = true;
                say("task " + name(client, submission) + " waits for resources");
            }
            endIfDue(submission, waitedNs);
        }
        return last;
    }

    /** When its time is up, or nobody takes its output any more, as of {@code kernos run ... | head}. */
    private void endIfDue(Submission submission, long waitedNs) {
        boolean isDue = timeoutMs > 0 && waitedNs >= TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        if (!isEnding && (isDue || stdout.isGone() || stderr.isGone())) {
            isEnding = true;
            isTimedOut = isDue;
            submission.kill(SchedulerSession.TEMPLATE_GRACE, TIMEOUT_MS);
        }
    }

    private static String name(KernosClient client, Submission submission) {
        return TaskIds.text(client.frameworkId(), submission.firstTaskId());
    }

    private void say(String what) {
        spec.commandLine().getErr().println("kernos: " + what);
    }

    private void startOutputs(KernosClient client, TaskUpdate update, CompletableFuture<StateStore> store) {
        String channel = TaskPlace.sandboxChannel(join(store), update.agentId(), "this task");
        stdout.start(channel, client.frameworkId(), update.taskId());
        stderr.start(channel, client.frameworkId(), update.taskId());
    }

    private static StateStore join(CompletableFuture<StateStore> store) {
        try {
            return store.join();
        } catch (CompletionException ex) {
            throw ex.getCause() instanceof RuntimeException cause ? cause : ex;
        }
    }

    private void finishOutputs() {
        stdout.finish(TIMEOUT_MS);
        stderr.finish(TIMEOUT_MS);
    }

    private void end(KernosClient client, Submission submission) {
        try {
            submission.kill(SchedulerSession.TEMPLATE_GRACE, TIMEOUT_MS);
            submission.await(task.killGraceMs() + END_MARGIN_MS);
            finishOutputs();
        } catch (OutputException ex) {
            LOG.debug("nobody reads what the task wrote last", ex);
        } catch (KernosException ex) {
            say("task " + name(client, submission) + " may go on: " + ex.getMessage());
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ex) {
            // The hook runs: the process is about to end, with the signal's exit status.
            awaitEnd(hook);
        }
    }

    private static void awaitEnd(Thread hook) {
        try {
            hook.join();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(TaskUpdate last, RunEnd end) {
        if (end.message() != null) {
            say(end.message());
        }
        if (!json) {
            return;
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("frameworkId", last.frameworkId());
        object.put("taskId", last.taskId());
        object.put("state", last.state().toString());
        object.put("reason", last.reason().toString());
        object.put("message", last.message());
        object.put("exitCode", end.exitCode());
        object.put("warning", check.await());
        spec.commandLine().getOut().println(Json.of(object));
        spec.commandLine().getOut().flush();
    }
}

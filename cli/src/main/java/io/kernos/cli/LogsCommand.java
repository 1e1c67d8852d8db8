package io.kernos.cli;

import io.kernos.client.SandboxClient;
import io.kernos.master.store.StateStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what a task has written. */
@Command(
        name = "logs",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  kernos logs -f 3.17", "  kernos logs --stderr 3.17"},
        sortOptions = false,
        description = "Show what a task has written to its standard output, or to another file of its sandbox.")
final class LogsCommand implements Callable<Integer> {
    private static final long TIMEOUT_MS = 10_000;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TASK", converter = TaskIds.One.class, description = "FRAMEWORK.TASK, such as 3.17.")
    private TaskIds task;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on as it grows, until the task has ended; waits for it to start.")
    private boolean follow;

    @Option(names = "--stderr", description = "Its standard error (default: its standard output).")
    private boolean stderr;

    @Option(names = "--file", paramLabel = "NAME", description = "Another file of its sandbox, by its path there.")
    private String file;

    @Mixin
    private ClusterOptions cluster;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() throws IOException {
        String name = file != null ? file : stderr ? "stderr" : "stdout";
        String channel;
        try (StateStore store = cluster.store()) {
            channel = place(store).sandboxChannel(store);
        }
        if (output.json()) {
            try (OutputStream out = new JsonLines(spec.commandLine().getOut(), task.toString(), name)) {
                copy(channel, name, out);
            }
        } else {
            copy(channel, name, StandardOutput.out());
        }
        return ExitCodes.OK;
    }

    private TaskPlace place(StateStore store) {
        long frameworkId = task.frameworkId();
        long taskId = task.firstTaskId();
        return follow
                ? new StartWait(store, this::tell).await(frameworkId, taskId)
                : TaskPlace.of(store, frameworkId, taskId);
    }

    private void tell(String what) {
        spec.commandLine().getErr().println("kernos: " + what);
    }

    private void copy(String channel, String name, OutputStream out) {
        long frameworkId = task.frameworkId();
        long taskId = task.firstTaskId();
        try (SandboxClient sandboxes = cluster.sandboxes()) {
            if (follow) {
                sandboxes.follow(channel, frameworkId, taskId, name, 0, out, () -> true, TIMEOUT_MS);
            } else {
                sandboxes.copy(channel, frameworkId, taskId, name, out, TIMEOUT_MS);
            }
        }
    }
}

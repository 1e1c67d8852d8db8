package io.kernos.cli;

import io.kernos.cli.figures.Json;
import io.kernos.cli.figures.StageTimes;
import io.kernos.client.KernosClient;
import io.kernos.client.SandboxClient;
import io.kernos.client.Submission;
import io.kernos.client.TaskTemplate;
import io.kernos.client.TaskUpdate;
import io.kernos.transport.EpochTime;
import io.kernos.transport.codecs.TaskState;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The tasks of the demonstration: some one after the other on the idle cluster, the others all at once beside a few
 * long ones, each with a digest to compute that is known here.
 */
final class DemoRun {
    private static final long SEND_TIMEOUT_MS = 10_000;
    private static final long READ_TIMEOUT_MS = 10_000;
    private static final long ALONE_TIMEOUT_MS = 30_000;
    private static final int MAX_ALONE = 100;
    private static final int ALONE_SHARE = 10;
    private static final int LONG_ROUNDS = 20;
    private static final int MAX_FAULTS_TOLD = 10;
    private static final String SHORT_COMMAND = "exec sha256sum < \"$INPUT/$KERNOS_TASK_INDEX\"";
    private static final String ALONE_COMMAND = "exec sha256sum < \"$INPUT/0\"";
    private static final String LONG_COMMAND =
            "for i in $(seq " + LONG_ROUNDS + "); do sha256sum < \"$INPUT/$KERNOS_TASK_INDEX\"; sleep 0.1; done";

    /** A set of tasks, and what each of them must have written: some lines, all equal. */
    private record Batch(Submission submission, int lines, boolean isAlone) {}

    private final KernosClient client;
    private final DemoInput input;
    private final PrintWriter out;
    private final boolean isTerminal;
    private final StageTimes alone = new StageTimes();
    private final StageTimes together = new StageTimes();
    private final List<Batch> batches = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private int verifiedCount;
    private double tasksPerSecond;

    DemoRun(KernosClient client, DemoInput input, PrintWriter out, boolean isTerminal) {
        this.client = client;
        this.input = input;
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** Runs all tasks; faults tell what went wrong. */
    void run(int taskCount, int longCount, long timeoutMs) {
        int aloneCount = Math.min(MAX_ALONE, taskCount / ALONE_SHARE);
        runAlone(aloneCount);
        runTogether(taskCount - aloneCount, longCount, timeoutMs);
    }

    private void runAlone(int count) {
        int templateId = register("alone", ALONE_COMMAND, 250);
        ProgressBar progress = new ProgressBar(out, isTerminal, "one by one", Math.max(1, count));
        for (int i = 0; i < count; i++) {
            Submission submission = submit(templateId, 1, alone);
            if (!submission.await(ALONE_TIMEOUT_MS)) {
                faults.add("task " + name(submission, 0) + " did not end within " + ALONE_TIMEOUT_MS + " ms");
            }
            batches.add(new Batch(submission, 1, true));
            progress.show(i + 1);
        }
    }

    private void runTogether(int count, int longCount, long timeoutMs) {
        int shortId = register("short", SHORT_COMMAND, 250);
        int longId = register("long", LONG_COMMAND, 100);
        ProgressBar progress = new ProgressBar(out, isTerminal, "at once", Math.max(1, count));
        if (longCount > 0) {
            batches.add(new Batch(submit(longId, longCount, new StageTimes()), LONG_ROUNDS, false));
        }
        long startNs = System.nanoTime();
        if (count > 0) {
            Submission submission = submit(shortId, count, together);
            batches.add(new Batch(submission, 1, false));
            await(submission, progress, timeoutMs);
            tasksPerSecond = submission.endedCount() / ((System.nanoTime() - startNs) / 1e9);
        }
        for (Batch batch : batches) {
            if (!batch.submission().await(timeoutMs)) {
                faults.add((batch.submission().count() - batch.submission().endedCount()) + " of the tasks from "
                        + name(batch.submission(), 0) + " on did not end");
            }
        }
    }

    /** Goes on as long as tasks end: the limit is on the time in which none does. */
    private static void await(Submission submission, ProgressBar progress, long timeoutMs) {
        long movedNs = System.nanoTime();
        int before = 0;
        while (!submission.await(50)) {
            int ended = submission.endedCount();
            progress.show(ended);
            if (ended > before) {
                before = ended;
                movedNs = System.nanoTime();
            } else if (System.nanoTime() - movedNs > timeoutMs * 1_000_000) {
                return;
            }
        }
        progress.show(submission.endedCount());
    }

    private int register(String name, String command, int cpusMilli) {
        return client.registerTemplate(
                TaskTemplate.builder()
                        .name(name)
                        .command("/bin/sh", "-c", command)
                        .environment("INPUT", input.links().toString())
                        .cpusMilli(cpusMilli)
                        .memoryBytes(32 << 20)
                        .build(),
                SEND_TIMEOUT_MS);
    }

    private Submission submit(int templateId, int count, StageTimes times) {
        long submittedNs = EpochTime.nowNs();
        return client.submit(templateId, count, new Stamps(submittedNs, count, times), SEND_TIMEOUT_MS);
    }

    /** Takes the times of the tasks of one submit, as their updates come. */
    private static final class Stamps implements Consumer<TaskUpdate> {
        private final long submittedNs;
        private final StageTimes times;
        private final boolean[] isRunning;

        Stamps(long submittedNs, int count, StageTimes times) {
            this.submittedNs = submittedNs;
            this.times = times;
            isRunning = new boolean[count];
        }

        @Override
        public void accept(TaskUpdate update) {
            long nowNs = EpochTime.nowNs();
            int index = index(update.taskId());
            if (update.startedNs() > 0 && !isRunning[index]) {
                isRunning[index] = true;
                times.onRunning(submittedNs, update, nowNs);
            }
            if (update.isFinal()) {
                times.onFinal(submittedNs, update, nowNs);
            }
        }

        private int index(long taskId) {
            return (int) (taskId % isRunning.length);
        }
    }

    /** Reads what every task has written, and compares it with the digest computed here. */
    void verify(SandboxClient sandboxes, String sandboxChannel) {
        int total =
                batches.stream().mapToInt(batch -> batch.submission().count()).sum();
        ProgressBar progress = new ProgressBar(out, isTerminal, "verified", total);
        int done = 0;
        for (Batch batch : batches) {
            for (int i = 0; i < batch.submission().count(); i++) {
                verify(sandboxes, sandboxChannel, batch, i);
                progress.show(++done);
            }
        }
    }

    private void verify(SandboxClient sandboxes, String sandboxChannel, Batch batch, int index) {
        Submission submission = batch.submission();
        TaskState state = submission.state(index);
        if (state != TaskState.FINISHED) {
            faults.add("task " + name(submission, index) + " is " + state + ", exit status "
                    + submission.exitStatus(index));
            return;
        }
        String line = input.digest(batch.isAlone() ? 0 : index) + "  -\n";
        String expected = line.repeat(batch.lines());
        byte[] written = sandboxes.read(
                sandboxChannel, client.frameworkId(), submission.firstTaskId() + index, "stdout", READ_TIMEOUT_MS);
        if (Arrays.equals(written, expected.getBytes(StandardCharsets.US_ASCII))) {
            verifiedCount++;
        } else {
            faults.add("task " + name(submission, index) + " on " + input.file(index) + " wrote "
                    + Json.of(new String(written, StandardCharsets.UTF_8)) + ", expected " + Json.of(expected));
        }
    }

    private String name(Submission submission, int index) {
        return TaskIds.text(client.frameworkId(), submission.firstTaskId() + index);
    }

    List<String> faults() {
        if (faults.size() <= MAX_FAULTS_TOLD) {
            return List.copyOf(faults);
        }
        List<String> told = new ArrayList<>(faults.subList(0, MAX_FAULTS_TOLD));
        told.add("and " + (faults.size() - MAX_FAULTS_TOLD) + " more");
        return told;
    }

    int verifiedCount() {
        return verifiedCount;
    }

    double tasksPerSecond() {
        return tasksPerSecond;
    }

    StageListing alone() {
        return new StageListing(alone);
    }

    StageListing together() {
        return new StageListing(together);
    }
}

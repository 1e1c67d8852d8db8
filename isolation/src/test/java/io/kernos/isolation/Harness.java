package io.kernos.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A containerizer with a folder of its own, and all that it told.
 */
final class Harness implements ContainerListener, AutoCloseable {
    static final long FRAMEWORK = 7;
    private static final long TIMEOUT_S = 60;
    private static final String PATH = "/usr/local/bin:/usr/bin:/bin";

    /** A failed launch. */
    record Failure(LaunchStage stage, int errno, String message) {}

    final Map<Long, Integer> pids = new HashMap<>();
    final Map<Long, Failure> failures = new HashMap<>();
    final Map<Long, ContainerExit> exits = new HashMap<>();
    final Map<Long, Integer> recovered = new HashMap<>();
    int recoveries;
    int disconnections;
    private final Path folder;
    private final ContainerizerContext context;
    private Containerizer containerizer;

    Harness(Path folder, ContainerizerContext context) {
        this.folder = folder;
        this.context = context;
    }

    static Harness start(Path folder) {
        return start(folder, new ContainerizerContext(folder.resolve("supervisor")));
    }

    static Harness start(Path folder, ContainerizerContext context) {
        Harness harness = new Harness(folder, context);
        harness.recover();
        return harness;
    }

    Containerizer containerizer() {
        return containerizer;
    }

    ContainerizerContext context() {
        return context;
    }

    /** As an agent does at start. */
    void recover() {
        if (containerizer == null) {
            containerizer = context.newContainerizer();
        }
        int before = recoveries;
        containerizer.recover();
        await("recovery", () -> recoveries > before);
    }

    /** As if the agent had been killed: nothing that it knew remains. */
    void forgetAll() {
        containerizer.close();
        containerizer = null;
        pids.clear();
        failures.clear();
        exits.clear();
        recovered.clear();
    }

    Path sandbox(long taskId) {
        try {
            return Files.createDirectories(folder.resolve("sandbox-" + taskId));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ContainerSpec.Builder shell(long taskId, String script) {
        return command(taskId, "/bin/sh", "-c", script);
    }

    ContainerSpec.Builder command(long taskId, String... argv) {
        return ContainerSpec.builder(FRAMEWORK, taskId, sandbox(taskId), List.of(argv))
                .env(Map.of("PATH", PATH))
                .cpusMilli(500)
                .memoryBytes(128L << 20);
    }

    void launch(ContainerSpec.Builder spec) {
        LaunchOutcome outcome = containerizer.launch(spec.build());
        if (outcome != LaunchOutcome.ACCEPTED) {
            throw new AssertionError("launch: " + outcome);
        }
    }

    ContainerExit run(ContainerSpec.Builder spec) {
        long taskId = spec.build().taskId();
        launch(spec);
        await("end of " + taskId, () -> exits.containsKey(taskId) || failures.containsKey(taskId));
        if (failures.containsKey(taskId)) {
            throw new AssertionError(failures.get(taskId).message());
        }
        return exits.get(taskId);
    }

    Failure fail(ContainerSpec.Builder spec) {
        long taskId = spec.build().taskId();
        launch(spec);
        await("failure of " + taskId, () -> failures.containsKey(taskId));
        return failures.get(taskId);
    }

    void acknowledge(long taskId) {
        if (!containerizer.acknowledge(FRAMEWORK, taskId)) {
            throw new AssertionError("acknowledge " + taskId);
        }
    }

    void awaitStarted(long taskId) {
        await("start of " + taskId, () -> pids.containsKey(taskId));
    }

    ContainerExit awaitExit(long taskId) {
        await("exit of " + taskId, () -> exits.containsKey(taskId));
        return exits.get(taskId);
    }

    void await(String what, BooleanSupplier done) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (!done.getAsBoolean()) {
            if (containerizer.poll(this) == 0) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("waited " + TIMEOUT_S + " s for " + what);
            }
        }
    }

    String output(long taskId) {
        return read(sandbox(taskId).resolve("stdout"));
    }

    boolean hasPrinted(long taskId, String text) {
        return Files.exists(sandbox(taskId).resolve("stdout")) && output(taskId).equals(text);
    }

    /** Whether a process is there and no zombie. */
    static boolean runs(int pid) {
        try {
            return !Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int supervisorPid() {
        try (var processes = ProcessHandle.allProcesses()) {
            String program = context.folder().resolve("kernos-supervisor").toString();
            return processes
                    .filter(p -> p.info().command().orElse("").startsWith(program))
                    .filter(p -> p.parent()
                            .map(parent -> !parent.info().command().orElse("").startsWith(program))
                            .orElse(true))
                    .mapToInt(p -> (int) p.pid())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Override
    public void onStarted(long framework, long task, int pid, long epochNs, long receivedNs, long startedNs) {
        pids.put(task, pid);
    }

    @Override
    public void onFailed(long framework, long task, LaunchStage stage, int errno, String message) {
        failures.put(task, new Failure(stage, errno, message));
    }

    @Override
    public void onExited(long framework, long task, ContainerExit exit) {
        exits.put(task, exit);
    }

    @Override
    public void onRecovered(long framework, long task, int pid, long startedEpochNs) {
        recovered.put(task, pid);
    }

    @Override
    public void onRecoveryComplete() {
        recoveries++;
    }

    @Override
    public void onDisconnected(String reason) {
        disconnections++;
    }

    @Override
    public void close() {
        if (containerizer == null) {
            containerizer = context.newContainerizer();
            containerizer.recover();
        }
        containerizer.shutdown();
        containerizer.close();
    }
}

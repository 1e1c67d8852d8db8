package io.kernos.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A supervisor with a folder of its own, and all that it said. */
final class SupervisorHarness implements SupervisorListener, AutoCloseable {
    private static final long TIMEOUT_S = 60;
    private static final int SIGSTOP = 19;

    /** What a container's exit was told as. */
    record Exit(long cookie, int waitStatus, boolean lost, long epochNs) {}

    /** What a failure or refusal was told as. */
    record Failure(int stage, int errno) {}

    final Path folder;
    final Map<Long, Integer> started = new HashMap<>();
    final Map<Long, Integer> listed = new HashMap<>();
    final Set<Long> starting = new HashSet<>();
    final Map<Long, Exit> exits = new HashMap<>();
    final Map<Long, Failure> failures = new HashMap<>();
    int refusals;
    Failure lastRefusal;
    int listEnds;
    int hellos;
    int pid;
    boolean gone;
    SupervisorClient client;

    SupervisorHarness(Path folder) {
        this.folder = folder;
        connect();
    }

    void connect() {
        started.clear();
        listed.clear();
        starting.clear();
        exits.clear();
        failures.clear();
        gone = false;
        client = SupervisorProcess.connectOrStart(folder);
        int before = hellos;
        client.ping();
        await("pong", () -> hellos > before);
    }

    void list() {
        int before = listEnds;
        client.list();
        await("list", () -> listEnds > before);
    }

    void launch(long taskId, String... args) {
        launch(LaunchPlanTest.plan(taskId, 0, folder.toString(), args));
    }

    void launch(long taskId, int flags, List<String> cgroups, List<String> argv) {
        launch(plain(taskId, flags, folder, cgroups, argv));
    }

    /** A container without limits, host name or environment of its own, as the user that is. */
    static LaunchPlan plain(long taskId, int flags, Path sandbox, List<String> cgroups, List<String> argv) {
        return new LaunchPlan(
                1,
                taskId,
                0,
                flags,
                0,
                0,
                List.of(),
                List.of(),
                sandbox.toString(),
                "",
                "stdout",
                "stderr",
                cgroups,
                argv,
                List.of());
    }

    void launch(LaunchPlan plan) {
        if (!client.launch(plan)) {
            throw new AssertionError("no room");
        }
    }

    void await(String what, BooleanSupplier done) {
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_S);
        while (!done.getAsBoolean()) {
            if (client.poll(this) == 0) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
            }
            if (System.nanoTime() - deadlineNs > 0) {
                throw new AssertionError("waited " + TIMEOUT_S + " s for " + what);
            }
        }
    }

    List<Integer> children() {
        return ProcessHandle.of(pid)
                .orElseThrow()
                .children()
                .map(child -> (int) child.pid())
                .toList();
    }

    /** Stops its children, and those that they make meanwhile. */
    List<Integer> stopChildren() {
        Set<Integer> stopped = new LinkedHashSet<>();
        while (stopped.addAll(children())) {
            for (int child : stopped) {
                Linux.kill(child, SIGSTOP);
                await("stop of " + child, () -> isStopped(child));
            }
        }
        return List.copyOf(stopped);
    }

    private static boolean isStopped(int process) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/stat")).matches("(?s).*\\) [TZX].*");
        } catch (IOException e) {
            return true;
        }
    }

    void kill() {
        Linux.kill(pid, Linux.SIGKILL);
        await("end of the supervisor", () -> gone);
        client.close();
    }

    @Override
    public void close() {
        if (!client.connected()) {
            connect();
        }
        client.shutdown();
        await("end of the supervisor", () -> gone);
        client.close();
    }

    @Override
    public void onHello(long instance, int supervisorPid, int containers) {
        hellos++;
        pid = supervisorPid;
    }

    @Override
    public void onStarting(long frameworkId, long taskId, long cookie) {
        starting.add(taskId);
    }

    @Override
    public void onStarted(
            long frameworkId,
            long taskId,
            long cookie,
            int taskPid,
            boolean isListed,
            long epochNs,
            long receivedNs,
            long startedNs) {
        (isListed ? listed : started).put(taskId, taskPid);
    }

    @Override
    public void onFailed(long frameworkId, long taskId, long cookie, int stage, int errno) {
        failures.put(taskId, new Failure(stage, errno));
    }

    @Override
    public void onRefused(long frameworkId, long taskId, int stage, int errno) {
        refusals++;
        lastRefusal = new Failure(stage, errno);
    }

    @Override
    public void onExited(
            long frameworkId,
            long taskId,
            long cookie,
            int waitStatus,
            boolean lost,
            long userUs,
            long systemUs,
            long maxRssBytes,
            long epochNs) {
        exits.put(taskId, new Exit(cookie, waitStatus, lost, epochNs));
    }

    @Override
    public void onListEnd() {
        listEnds++;
    }

    @Override
    public void onDisconnected(String reason) {
        gone = true;
    }
}

package io.kernos.isolation;

import io.kernos.isolation.IsolationCapabilities.CgroupVersion;
import io.kernos.linux.Errno;
import io.kernos.linux.LaunchPlan;
import io.kernos.linux.Linux;
import io.kernos.linux.PlanFlag;
import io.kernos.linux.SupervisorClient;
import io.kernos.linux.SupervisorListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Finds what isolation is possible by starting containers that do nothing: first with all that is wanted, then with
 * less, until one starts.
 */
final class IsolationProbe {
    /** No framework has this id: containers of it are probes. */
    static final long FRAMEWORK_ID = Long.MIN_VALUE;

    private static final long TIMEOUT_MS = 5_000;
    private static final int NAMESPACES = PlanFlag.NEW_PID.bit()
            | PlanFlag.NEW_MOUNT.bit()
            | PlanFlag.NEW_UTS.bit()
            | PlanFlag.NEW_IPC.bit()
            | PlanFlag.MOUNT_PROC.bit();

    private final SupervisorClient client;
    private final Path folder;
    private final Path program;
    private final Map<String, String> notes;
    private final Answer answer = new Answer();
    private long nextTaskId;

    IsolationProbe(SupervisorClient client, Path folder, Path program, Map<String, String> notes) {
        this.client = client;
        this.folder = folder;
        this.program = program;
        this.notes = notes;
        this.nextTaskId = System.nanoTime();
    }

    /**
     * Tries.
     *
     * @param wantNamespaces whether namespaces are wanted.
     * @param pool           of control groups, or null.
     * @return what is in force.
     */
    IsolationCapabilities probe(boolean wantNamespaces, CgroupPool pool) {
        boolean root = Linux.isRoot();
        boolean namespaces = wantNamespaces && root && tryFlags("namespaces", NAMESPACES, List.of());
        boolean user = false;
        if (wantNamespaces && !namespaces) {
            user = tryFlags("user namespace", NAMESPACES | PlanFlag.NEW_USER.bit(), List.of());
        }
        if (!wantNamespaces) {
            notes.put("namespaces", "switched off");
        }
        boolean cgroups = pool != null && tryCgroups(pool);
        Set<Namespace> inForce = namespaces || user ? Namespace.STANDARD : EnumSet.noneOf(Namespace.class);
        return new IsolationCapabilities(
                root,
                cgroups ? pool.cgroups().version() : CgroupVersion.NONE,
                cgroups ? pool.cgroups().controllers() : Set.of(),
                inForce,
                user,
                notes);
    }

    private boolean tryCgroups(CgroupPool pool) {
        CgroupPool.Slot slot = pool.take(1000, 0, 0);
        int flags = pool.cgroups().clonedInto() ? PlanFlag.CGROUP_FOLDER.bit() : 0;
        boolean works = tryFlags("cgroups", flags, slot.cgroup.planEntries());
        pool.giveBack(slot);
        return works;
    }

    private boolean tryFlags(String what, int flags, List<String> cgroups) {
        long taskId = nextTaskId++;
        LaunchPlan plan = new LaunchPlan(
                FRAMEWORK_ID,
                taskId,
                0,
                flags,
                0,
                0,
                List.of(),
                List.of(),
                folder(),
                "",
                "stdout",
                "stderr",
                cgroups,
                List.of(program.toString()),
                List.of());
        answer.expect(taskId);
        if (!client.launch(plan)) {
            throw new IllegalStateException("the supervisor takes no launch plan");
        }
        await();
        client.acknowledge(FRAMEWORK_ID, taskId);
        if (!answer.started) {
            notes.put(
                    what, "could not " + LaunchStage.ofCode(answer.stage).attempt() + ": " + Errno.name(answer.errno));
        }
        return answer.started;
    }

    private String folder() {
        Path sandbox = folder.resolve("probe");
        try {
            Files.createDirectories(sandbox);
            Files.deleteIfExists(sandbox.resolve("stdout"));
            Files.deleteIfExists(sandbox.resolve("stderr"));
        } catch (IOException e) {
            throw new UncheckedIOException("could not make " + sandbox, e);
        }
        return sandbox.toString();
    }

    private void await() {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (!answer.ended) {
            if (client.poll(answer) == 0) {
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(50));
            }
            if (!client.connected() || System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("the supervisor gives no answer; see supervisor.log in " + folder);
            }
        }
    }

    /** What became of one probe. What is told of other containers is told again by the list that follows. */
    private static final class Answer implements SupervisorListener {
        private long taskId;
        private boolean started;
        private boolean ended;
        private int stage;
        private int errno;

        void expect(long expectedTaskId) {
            taskId = expectedTaskId;
            started = false;
            ended = false;
        }

        private boolean isMine(long frameworkId, long otherTaskId) {
            return frameworkId == FRAMEWORK_ID && otherTaskId == taskId;
        }

        @Override
        public void onHello(long instance, int pid, int containers) {
            // Who it is does not matter here.
        }

        @Override
        public void onStarting(long frameworkId, long otherTaskId, long cookie) {
            // Told of lists only, and nothing was asked for yet.
        }

        @Override
        public void onStarted(
                long frameworkId,
                long otherTaskId,
                long cookie,
                int pid,
                boolean listed,
                long epochNs,
                long receivedNs,
                long startedNs) {
            if (isMine(frameworkId, otherTaskId)) {
                started = true;
            }
        }

        @Override
        public void onFailed(long frameworkId, long otherTaskId, long cookie, int failedStage, int failedErrno) {
            if (isMine(frameworkId, otherTaskId)) {
                stage = failedStage;
                errno = failedErrno;
                ended = true;
            }
        }

        @Override
        public void onRefused(long frameworkId, long otherTaskId, int refusedStage, int refusedErrno) {
            onFailed(frameworkId, otherTaskId, 0, refusedStage, refusedErrno);
        }

        @Override
        public void onExited(
                long frameworkId,
                long otherTaskId,
                long cookie,
                int waitStatus,
                boolean lost,
                long userUs,
                long systemUs,
                long maxRssBytes,
                long epochNs) {
            if (isMine(frameworkId, otherTaskId)) {
                ended = true;
            }
        }

        @Override
        public void onListEnd() {
            // Nothing was asked for yet.
        }

        @Override
        public void onDisconnected(String reason) {
            ended = true;
        }
    }
}

package io.kernos.isolation;

import io.kernos.linux.LinuxException;
import io.kernos.linux.NativeProgram;
import io.kernos.linux.SupervisorClient;
import io.kernos.linux.SupervisorProcess;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers by the supervisor in C and pooled control groups.
 */
final class LinuxContainerizer implements Containerizer {
    private static final Logger LOGGER = LoggerFactory.getLogger(LinuxContainerizer.class);
    private static final long SHUTDOWN_TIMEOUT_MS = 10_000;
    /** A process that the kernel does not let go of, as on a dead mount, must not keep an agent from its work. */
    static final long SWEEP_TIMEOUT_MS = 10_000;

    private final ContainerizerContext context;
    private final Map<ContainerKey, HeldContainer> containers = new HashMap<>();
    private final EventAdapter adapter = new EventAdapter(this);
    private final ArrayDeque<FailedHere> failedHere = new ArrayDeque<>();
    private final Set<Integer> slotsListed = new HashSet<>();
    private SupervisorClient client;
    private CgroupPool pool;
    private PlanCompiler compiler;
    private IsolationCapabilities capabilities;
    private Recovery recovery = Recovery.NONE;
    private long sweepDeadlineNs;

    private enum Recovery {
        /** None is under way. */
        NONE,
        /** The supervisor was asked for all that it holds. */
        LISTING,
        /** All was told; what is left of lost containers in control groups is killed. */
        SWEEPING
    }

    /** A launch that failed before it reached the supervisor. */
    private record FailedHere(ContainerKey key, LinuxException reason) {}

    LinuxContainerizer(ContainerizerContext context) {
        this.context = context;
    }

    @Override
    public LaunchOutcome launch(ContainerSpec spec) {
        if (client == null || !client.connected()) {
            return LaunchOutcome.NOT_CONNECTED;
        }
        ContainerKey key = new ContainerKey(spec.frameworkId(), spec.taskId());
        HeldContainer known = containers.get(key);
        if (known != null) {
            return claim(known, spec);
        }
        HeldContainer held = new HeldContainer(key, spec);
        held.ownPids = compiler.has(spec, Namespace.PID);
        List<String> entries = List.of();
        if (pool != null) {
            try {
                held.slot = take(spec);
            } catch (LinuxException e) {
                return failLater(held, e);
            }
            entries = held.slot.cgroup.planEntries();
        }
        return send(spec, held, entries);
    }

    /** A launch that was found under way is this one: to order it again would run it twice, or not at all. */
    private LaunchOutcome claim(HeldContainer known, ContainerSpec spec) {
        if (!known.unclaimed || known.ended) {
            return LaunchOutcome.DUPLICATE;
        }
        known.unclaimed = false;
        known.supervisorId = client.instance();
        known.describe(spec);
        known.ownPids = compiler.has(spec, Namespace.PID);
        return LaunchOutcome.ACCEPTED;
    }

    private CgroupPool.Slot take(ContainerSpec spec) {
        long pidsMax = spec.pidsMax() == 0 ? 0 : spec.pidsMax() + compiler.ownProcesses(spec);
        return pool.take(spec.cpusMilli(), spec.memoryBytes(), pidsMax);
    }

    /** Told by the next poll, as a failure that the supervisor tells. */
    private LaunchOutcome failLater(HeldContainer held, LinuxException reason) {
        held.ended = true;
        containers.put(held.key, held);
        failedHere.add(new FailedHere(held.key, reason));
        return LaunchOutcome.ACCEPTED;
    }

    private int tellFailedHere(ContainerListener listener) {
        int count = 0;
        for (FailedHere failed = failedHere.poll(); failed != null; failed = failedHere.poll(), count++) {
            listener.onFailed(
                    failed.key.frameworkId(),
                    failed.key.taskId(),
                    LaunchStage.CGROUP,
                    failed.reason.errno(),
                    "could not set up the control group: " + failed.reason.getMessage());
        }
        return count;
    }

    private LaunchOutcome send(ContainerSpec spec, HeldContainer held, List<String> entries) {
        boolean sent = false;
        try {
            sent = client.launch(compiler.compile(spec, entries, held.cookie()));
        } finally {
            if (!sent) {
                giveBackSlot(held);
            }
        }
        if (!sent) {
            return LaunchOutcome.BACK_PRESSURED;
        }
        held.supervisorId = client.instance();
        containers.put(held.key, held);
        return LaunchOutcome.ACCEPTED;
    }

    @Override
    public boolean signal(long frameworkId, long taskId, int signal) {
        return client != null && client.signal(frameworkId, taskId, signal);
    }

    @Override
    public boolean destroy(long frameworkId, long taskId) {
        return client != null && client.kill(frameworkId, taskId);
    }

    @Override
    public boolean acknowledge(long frameworkId, long taskId) {
        ContainerKey key = new ContainerKey(frameworkId, taskId);
        HeldContainer held = containers.get(key);
        if (held == null || !held.ended) {
            return true;
        }
        if (client == null || !client.acknowledge(frameworkId, taskId)) {
            return false;
        }
        containers.remove(key);
        giveBackSlot(held);
        return true;
    }

    private void giveBackSlot(HeldContainer held) {
        if (held.slot != null) {
            if (held.leftNothing) {
                pool.giveBackEmpty(held.slot);
            } else {
                pool.giveBack(held.slot);
            }
            held.slot = null;
        }
    }

    @Override
    public int poll(ContainerListener listener) {
        if (client == null) {
            return 0;
        }
        adapter.listener(listener);
        int work = client.poll(adapter) + tellFailedHere(listener);
        if (pool != null) {
            work += pool.poll();
        }
        return work + endRecovery(listener);
    }

    private int endRecovery(ContainerListener listener) {
        if (recovery != Recovery.SWEEPING || !client.connected()) {
            return 0;
        }
        if (pool != null && pool.waits()) {
            if (context.nanoTime() - sweepDeadlineNs < 0) {
                return 0;
            }
            LOGGER.warn(
                    "what runs in control groups {} of {} did not die in {} ms, and is not waited for any longer",
                    pool.describeAwaited(),
                    context.cgroupName(),
                    SWEEP_TIMEOUT_MS);
            pool.stopWaiting();
        }
        recovery = Recovery.NONE;
        listener.onRecoveryComplete();
        return 1;
    }

    @Override
    public void recover() {
        if (client == null || !client.connected()) {
            if (client != null) {
                client.close();
            }
            client = SupervisorProcess.connectOrStart(context.folder());
        }
        if (capabilities == null) {
            findCapabilities();
        }
        containers.values().forEach(held -> held.listed = false);
        slotsListed.clear();
        recovery = Recovery.LISTING;
        if (!client.list()) {
            throw new IllegalStateException("the supervisor takes no request: try to recover again");
        }
    }

    private void findCapabilities() {
        Map<String, String> notes = new TreeMap<>();
        if (context.cgroups()) {
            Cgroups cgroups = context.findCgroups(notes, client.supervisorPid());
            pool = cgroups == null ? null : new CgroupPool(cgroups);
        } else {
            notes.put("cgroups", "switched off");
        }
        capabilities = new IsolationProbe(
                        client, context.folder(), NativeProgram.SUPERVISOR.extractTo(context.folder()), notes)
                .probe(context.namespaces(), pool);
        if (pool != null && capabilities.cgroupVersion() == IsolationCapabilities.CgroupVersion.NONE) {
            pool.close();
            pool = null;
        }
        compiler = new PlanCompiler(capabilities, pool != null && pool.cgroups().clonedInto());
        String where =
                pool == null ? "" : "; control groups in " + pool.cgroups().where();
        LOGGER.info("{}{}", capabilities.describe(), where);
    }

    @Override
    public IsolationCapabilities capabilities() {
        if (capabilities == null) {
            throw new IllegalStateException("isolation is not known yet: call recover() first");
        }
        return capabilities;
    }

    @Override
    public long supervisorId() {
        return client == null ? 0 : client.instance();
    }

    /** The container of a key, made known when the supervisor knows it from an earlier run. */
    HeldContainer held(long frameworkId, long taskId, long cookie) {
        ContainerKey key = new ContainerKey(frameworkId, taskId);
        HeldContainer held = containers.get(key);
        if (held == null) {
            held = new HeldContainer(key);
            held.restored = true;
            containers.put(key, held);
            restoreSlot(held, cookie);
        }
        held.listed = true;
        return held;
    }

    private void restoreSlot(HeldContainer held, long cookie) {
        int number = HeldContainer.slotNumber(cookie);
        if (pool != null && number >= 0) {
            held.slot = pool.held(number);
            held.slot.oomKillsBefore = (int) cookie;
            slotsListed.add(number);
        }
    }

    HeldContainer known(long frameworkId, long taskId) {
        return containers.get(new ContainerKey(frameworkId, taskId));
    }

    /**
     * What was ordered and is not listed was never read by the supervisor if that is the same, and is forgotten so that
     * it can be ordered again; if another, it may have ended before the journal knew of it.
     */
    void onListEnd(ContainerListener listener) {
        if (recovery != Recovery.LISTING) {
            return;
        }
        recovery = Recovery.SWEEPING;
        for (HeldContainer held : List.copyOf(containers.values())) {
            if (held.listed || held.ended) {
                continue;
            }
            if (held.supervisorId == client.instance()) {
                containers.remove(held.key);
                giveBackSlot(held);
            } else {
                tellLost(held, listener);
            }
        }
        if (pool != null) {
            pool.adopt(slotsListed);
            pool.await(slotsOfLost());
            pool.prepare(context.preparedCgroups());
        }
        sweepDeadlineNs = context.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SWEEP_TIMEOUT_MS);
    }

    private List<CgroupPool.Slot> slotsOfLost() {
        return containers.values().stream()
                .filter(held -> held.lost && held.slot != null)
                .map(held -> held.slot)
                .toList();
    }

    private static void tellLost(HeldContainer held, ContainerListener listener) {
        held.ended = true;
        held.lost = true;
        listener.onFailed(
                held.key.frameworkId(),
                held.key.taskId(),
                LaunchStage.INIT,
                0,
                "the supervisor ended before it could tell what became of the container");
    }

    void forgetProbe(long frameworkId, long taskId) {
        client.acknowledge(frameworkId, taskId);
    }

    @Override
    public void shutdown() {
        if (client == null) {
            client = SupervisorProcess.connectIfRunning(context.folder());
        }
        if (client != null) {
            endSupervisor();
        }
        if (pool == null && capabilities == null && context.cgroups()) {
            findLeftPool();
        }
        if (pool != null) {
            emptyPool();
            pool.close();
            pool = null;
        }
    }

    /** What a killed agent left is removed even when this one never ran anything. */
    private void findLeftPool() {
        Cgroups cgroups = context.findCgroups(new TreeMap<>(), 0);
        if (cgroups != null) {
            pool = new CgroupPool(cgroups);
            pool.adopt(Set.of());
        }
    }

    private void endSupervisor() {
        client.shutdown();
        adapter.listener(QuietListener.INSTANCE);
        long deadlineNs = deadlineNs();
        while (client.connected() && System.nanoTime() - deadlineNs < 0) {
            if (client.poll(adapter) == 0) {
                pause();
                client.shutdown();
            }
        }
        if (client.connected()) {
            LOGGER.warn("the supervisor in {} did not end in {} ms", context.folder(), SHUTDOWN_TIMEOUT_MS);
        }
        client.close();
    }

    private void emptyPool() {
        containers.values().forEach(this::giveBackSlot);
        containers.clear();
        pool.emptyAll();
        long deadlineNs = deadlineNs();
        try {
            boolean removed = pool.removeAll();
            while (!removed && System.nanoTime() - deadlineNs < 0) {
                if (pool.poll() == 0) {
                    pause();
                }
                removed = pool.removeAll();
            }
            if (!removed) {
                LOGGER.warn("control groups of {} were not removed:{}", context.instance(), pool.describe());
            }
        } catch (LinuxException | UncheckedIOException e) {
            LOGGER.warn("could not remove control groups: {}", e.getMessage());
        }
    }

    private static long deadlineNs() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SHUTDOWN_TIMEOUT_MS);
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        if (pool != null) {
            pool.close();
        }
    }
}

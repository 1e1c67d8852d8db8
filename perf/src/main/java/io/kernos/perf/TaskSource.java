package io.kernos.perf;

import io.kernos.cli.figures.StageTimes;
import io.kernos.cli.node.ShortTimers;
import io.kernos.client.Refusal;
import io.kernos.client.SchedulerListener;
import io.kernos.client.SchedulerSession;
import io.kernos.client.SessionContext;
import io.kernos.client.TaskTemplate;
import io.kernos.client.TaskUpdate;
import io.kernos.transport.EpochTime;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.IdleStrategy;

/** A framework of one thread that submits {@code /bin/true} and hears of it. */
final class TaskSource implements SchedulerListener, AutoCloseable {
    private static final long NO_TIME = 0;
    private static final long TASK_MEMORY_BYTES = 16L << 20;
    private static final long TIMEOUT_NS = 120_000_000_000L;

    private final SchedulerSession session;
    private final IdleStrategy idle = IdleProfile.BALANCED.strategy();
    private final Long2LongHashMap dueNs = new Long2LongHashMap(NO_TIME);
    private StageTimes times = new StageTimes();
    private int templateId;
    private long submitted;
    private long ended;
    private long failed;
    private String trouble;

    private TaskSource(SessionContext context) {
        session = SchedulerSession.open(context, this);
    }

    /**
     * Opens a session, waits until it is subscribed, and tells the cluster what its tasks are.
     *
     * @param up        the cluster.
     * @param name      of the framework.
     * @param cpusMilli what a task holds, in thousandths of a processor.
     * @return the source; close it.
     * @throws IOException when the cluster does not answer.
     */
    static TaskSource open(LocalUp up, String name, long cpusMilli) throws IOException {
        ShortTimers.setFor(IdleProfile.BALANCED);
        TaskSource source = new TaskSource(new SessionContext()
                .aeronDirectory(up.aeronDirectory())
                .frameworkName(name)
                .idleProfile(IdleProfile.BALANCED));
        source.until(() -> source.session.frameworkId() != 0);
        source.templateId = (int) source.session.registerTemplate(TaskTemplate.builder()
                .command("/bin/true")
                .cpusMilli(cpusMilli)
                .memoryBytes(TASK_MEMORY_BYTES)
                .build());
        return source;
    }

    /**
     * Submits equal tasks at once and waits for their ends.
     *
     * @param count how many.
     * @return tasks a second.
     * @throws IOException when one failed, or they do not end.
     */
    double runAll(int count) throws IOException {
        long begunNs = EpochTime.CLOCK.nanoTime();
        submit(begunNs, count);
        awaitEnds();
        return count * 1e9 / (EpochTime.CLOCK.nanoTime() - begunNs);
    }

    /**
     * Submits tasks at fixed times, whatever becomes of those before (an open loop), and waits for the last end.
     *
     * @param intervalNs between two.
     * @param count      how many.
     * @return times of the stages, from when each was due.
     * @throws IOException when one failed, or they do not end.
     */
    StageTimes runAtFixedTimes(long intervalNs, int count) throws IOException {
        resetTimes();
        long firstNs = EpochTime.CLOCK.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = firstNs + i * intervalNs;
            until(() -> EpochTime.CLOCK.nanoTime() >= due);
            submit(due, 1);
        }
        awaitEnds();
        return times;
    }

    /**
     * Submits tasks one after another, each when the one before is heard to have ended (a closed loop).
     *
     * @param count how many.
     * @return times of the stages.
     * @throws IOException when one failed, or they do not end.
     */
    StageTimes runOneByOne(int count) throws IOException {
        resetTimes();
        for (int i = 0; i < count; i++) {
            submit(EpochTime.CLOCK.nanoTime(), 1);
            awaitEnds();
        }
        return times;
    }

    /** Forgets the times so far; the returned ones fill from now on. */
    StageTimes resetTimes() {
        times = new StageTimes();
        return times;
    }

    private void submit(long due, int count) throws IOException {
        long first = session.submit(templateId, count);
        while (first == SchedulerSession.BACK_PRESSURED) {
            cycle();
            first = session.submit(templateId, count);
        }
        if (first < 0) {
            throw new IOException("the cluster went away");
        }
        for (int i = 0; i < count; i++) {
            dueNs.put(first + i, due);
        }
        submitted += count;
    }

    void awaitEnds() throws IOException {
        until(() -> ended == submitted);
        if (failed > 0) {
            throw new IOException(failed + " tasks did not finish: " + trouble);
        }
    }

    private void until(BooleanSupplier condition) throws IOException {
        long deadlineNs = System.nanoTime() + TIMEOUT_NS;
        while (!condition.getAsBoolean()) {
            cycle();
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IOException("the cluster did not answer within " + TIMEOUT_NS / 1_000_000_000 + " s; "
                        + (submitted - ended) + " tasks are out; " + trouble);
            }
        }
    }

    private void cycle() {
        idle.idle(session.poll());
    }

    @Override
    public void onTaskUpdate(TaskUpdate update) {
        long due = dueNs.get(update.taskId());
        if (due == NO_TIME) {
            return;
        }
        long heardNs = EpochTime.CLOCK.nanoTime();
        if (update.state() == TaskState.RUNNING) {
            times.onRunning(due, update, heardNs);
        }
        if (update.isFinal()) {
            times.onFinal(due, update, heardNs);
            dueNs.remove(update.taskId());
            ended++;
            if (update.state() != TaskState.FINISHED) {
                failed++;
                trouble = update.toString();
            }
        }
    }

    @Override
    public void onRefused(Refusal refusal) {
        trouble = "refused: " + refusal;
    }

    @Override
    public void onDisconnected(String reason) {
        trouble = "disconnected: " + reason;
    }

    @Override
    public void close() {
        session.unsubscribe();
        long deadlineNs = System.nanoTime() + 2_000_000_000L;
        while (session.pendingCount() > 0 && System.nanoTime() - deadlineNs < 0) {
            cycle();
        }
        for (int i = 0; i < 100; i++) {
            cycle();
        }
        session.close();
    }
}

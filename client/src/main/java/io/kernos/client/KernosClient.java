package io.kernos.client;

import io.kernos.transport.SettingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A framework that submits tasks and waits for them, with calls that block: a {@link SchedulerSession} driven by a
 * thread of its own, or by the callers. May be used by any thread.
 *
 * <p>{@link #close()} leaves for good and ends the tasks that run still; {@link #detach()} goes without them.
 */
public final class KernosClient implements AutoCloseable {
    private static final long LEAVE_TIMEOUT_MS = 5_000;

    private final SchedulerSession session;
    private final SessionDriver driver;
    private final TreeMap<Long, Submission> submissions = new TreeMap<>();
    private final Map<Integer, RefusedException> refusedTemplates = new TreeMap<>();
    private final List<Kill> kills = new ArrayList<>();
    private String trouble = "";
    private boolean isRemoved;

    private static final class Kill {
        final long firstTaskId;
        final int count;
        final int graceMs;
        boolean isToBeSent;

        Kill(long firstTaskId, int count, int graceMs) {
            this.firstTaskId = firstTaskId;
            this.count = count;
            this.graceMs = graceMs;
        }
    }

    private KernosClient(SessionContext context, ClusterTransport transport, boolean ownThread) {
        session = SchedulerSession.open(context, new Reactions(), transport);
        driver = new SessionDriver(this::turn, context, ownThread);
        driver.start();
    }

    /**
     * Connects and subscribes; a thread of the client's own drives the session.
     *
     * @param context   the settings, without offers; concluded here if they are not.
     * @param timeoutMs milliseconds that this may take.
     * @return the client; close it.
     * @throws SettingException when a setting is wrong.
     * @throws KernosException  when it does not come to a subscription; the message says why.
     */
    public static KernosClient connect(SessionContext context, long timeoutMs) {
        return connect(concluded(context), new AeronClusterTransport(context), true, timeoutMs);
    }

    /**
     * Connects and subscribes; calls that wait drive the session, and between them the caller does by {@link #poll()}.
     *
     * @param context   the settings, without offers; concluded here if they are not.
     * @param timeoutMs milliseconds that this may take.
     * @return the client; close it.
     * @throws SettingException when a setting is wrong.
     * @throws KernosException  when it does not come to a subscription; the message says why.
     */
    public static KernosClient connectInvoked(SessionContext context, long timeoutMs) {
        return connect(concluded(context), new AeronClusterTransport(context), false, timeoutMs);
    }

    static KernosClient connect(SessionContext context, ClusterTransport transport, boolean ownThread, long timeoutMs) {
        KernosClient client = new KernosClient(context, transport, ownThread);
        try {
            client.awaitSubscribed(timeoutMs);
            return client;
        } catch (RuntimeException ex) {
            client.detach();
            throw ex;
        }
    }

    private static SessionContext concluded(SessionContext context) {
        SettingException.check(
                !context.offers(), "offers", true, "this client only submits, use a SchedulerSession for offers");
        return context.conclude();
    }

    private int turn() {
        int workCount = session.poll();
        for (Kill kill : kills) {
            if (kill.isToBeSent && session.kill(kill.firstTaskId, kill.count, kill.graceMs) > 0) {
                kill.isToBeSent = false;
                workCount++;
            }
        }
        return workCount;
    }

    private void awaitSubscribed(long timeoutMs) {
        if (!driver.await(() -> session.state() == SessionState.SUBSCRIBED || isRemoved, timeoutMs)) {
            throw timeout("no subscription", timeoutMs);
        }
        throwIfRemoved();
    }

    /**
     * One turn of the session, where no thread of the client's own drives it.
     *
     * @return how much was done; 0 when there was nothing, to idle on.
     */
    public int poll() {
        return driver.turn();
    }

    /**
     * Id of the framework, to come back as.
     *
     * @return the id.
     */
    public long frameworkId() {
        long[] result = new long[1];
        driver.locked(() -> result[0] = session.frameworkId());
        return result[0];
    }

    /**
     * Tells what a task is.
     *
     * @param template  to tell.
     * @param timeoutMs milliseconds that sending this may take.
     * @return the template's id, for {@link #submit}.
     * @throws KernosException when it was not sent. One that the master refuses fails the submits that name it.
     */
    public int registerTemplate(TaskTemplate template, long timeoutMs) {
        return (int) send("the template was not sent", () -> session.registerTemplate(template), timeoutMs);
    }

    /**
     * Tells what a task is, and submits some.
     *
     * @param template  what they are.
     * @param count     how many, 1 at least.
     * @param timeoutMs milliseconds that sending this may take.
     * @return what becomes of them.
     * @throws KernosException when it was not sent.
     */
    public Submission submit(TaskTemplate template, int count, long timeoutMs) {
        return submit(registerTemplate(template, timeoutMs), count, null, timeoutMs);
    }

    /**
     * Submits tasks of a template.
     *
     * @param templateId what they are.
     * @param count      how many, 1 at least.
     * @param timeoutMs  milliseconds that sending this may take.
     * @return what becomes of them.
     * @throws KernosException when it was not sent.
     */
    public Submission submit(int templateId, int count, long timeoutMs) {
        return submit(templateId, count, null, timeoutMs);
    }

    /**
     * Submits tasks of a template, and has their updates handed over as they come.
     *
     * @param templateId what they are.
     * @param count      how many, 1 at least.
     * @param listener   called for each update on the thread that drives the session, once the submission shows it;
     *                   must not block. What it is handed is valid during the call, and comes again where it throws.
     *                   Null to take the updates from the submission.
     * @param timeoutMs  milliseconds that sending this may take.
     * @return what becomes of them.
     * @throws KernosException when it was not sent.
     */
    public Submission submit(int templateId, int count, Consumer<TaskUpdate> listener, long timeoutMs) {
        Submission[] result = new Submission[1];
        LongSupplier action = () -> {
            long firstTaskId = session.submit(templateId, count);
            if (firstTaskId > 0) {
                result[0] = new Submission(this, driver, listener, templateId, firstTaskId, count);
                submissions.put(firstTaskId, result[0]);
            }
            return firstTaskId;
        };
        send("the submit was not sent", action, timeoutMs);
        return result[0];
    }

    /**
     * Ends tasks. Repeated by itself should the connection be lost before they have ended.
     *
     * @param firstTaskId the first of them.
     * @param count       how many, with the ids that follow; 1 at least.
     * @param graceMs     milliseconds from SIGTERM to SIGKILL, or {@link SchedulerSession#TEMPLATE_GRACE}.
     * @param timeoutMs   milliseconds that sending this may take.
     * @throws KernosException when it was not sent.
     */
    public void kill(long firstTaskId, int count, int graceMs, long timeoutMs) {
        send("the kill was not sent", () -> session.kill(firstTaskId, count, graceMs), timeoutMs);
        driver.locked(() -> {
            kills.removeIf(kill -> !hasLiveTask(kill));
            kills.add(new Kill(firstTaskId, count, graceMs));
        });
    }

    /**
     * Asks the master for the states of all tasks that live; submissions show what it answers.
     *
     * @param timeoutMs milliseconds that sending this may take.
     * @throws KernosException when it was not sent.
     */
    public void reconcile(long timeoutMs) {
        send("the reconciliation was not sent", session::reconcile, timeoutMs);
    }

    private long send(String otherwise, LongSupplier action, long timeoutMs) {
        long[] result = new long[1];
        boolean isOver = driver.await(
                () -> {
                    if (isRemoved) {
                        return true;
                    }
                    result[0] = action.getAsLong();
                    return result[0] > 0;
                },
                timeoutMs);
        throwIfRemoved();
        if (!isOver) {
            throw timeout(otherwise, timeoutMs);
        }
        return result[0];
    }

    private void throwIfRemoved() {
        KernosException[] result = new KernosException[1];
        driver.locked(() -> result[0] = isRemoved ? new KernosException("the framework is gone: " + trouble) : null);
        if (result[0] != null) {
            throw result[0];
        }
    }

    KernosTimeoutException timeout(String what, long timeoutMs) {
        String[] reason = new String[1];
        driver.locked(() -> reason[0] = trouble);
        return new KernosTimeoutException(
                what + " within " + timeoutMs + " ms" + (reason[0].isEmpty() ? "" : ": " + reason[0]));
    }

    /** Leaves for good: tasks that have not ended are killed. Waits a few seconds at most for the master to hear it. */
    @Override
    public void close() {
        driver.locked(session::unsubscribe);
        driver.await(() -> session.state() == SessionState.CLOSED, LEAVE_TIMEOUT_MS);
        detach();
    }

    /** Goes without leaving: tasks run on, and wait for the framework to come back within its failover timeout. */
    public void detach() {
        driver.close();
        session.close();
    }

    private boolean hasLiveTask(Kill kill) {
        Submission first = submissionOf(kill.firstTaskId);
        return first != null
                || !submissions
                        .subMap(kill.firstTaskId, kill.firstTaskId + kill.count)
                        .isEmpty();
    }

    private Submission submissionOf(long taskId) {
        Map.Entry<Long, Submission> entry = submissions.floorEntry(taskId);
        boolean isOf =
                entry != null && taskId - entry.getKey() < entry.getValue().count();
        return isOf ? entry.getValue() : null;
    }

    /** Called in a turn of the driver, which holds its lock. */
    private final class Reactions implements SchedulerListener {
        @Override
        public void onSubscribed(long frameworkId, long lastTaskId, boolean again) {
            trouble = "";
            kills.removeIf(kill -> !hasLiveTask(kill));
            kills.forEach(kill -> kill.isToBeSent = true);
        }

        @Override
        public void onTaskUpdate(TaskUpdate update) {
            Submission submission = submissionOf(update.taskId());
            if (submission != null) {
                submission.onUpdate(update);
                if (submission.isTold()) {
                    submissions.remove(submission.firstTaskId());
                }
            }
        }

        @Override
        public void onSubmitted(long firstTaskId, int count) {
            Submission submission = submissions.get(firstTaskId);
            if (submission != null) {
                submission.onDurable();
            }
        }

        @Override
        public void onRefused(Refusal refusal) {
            RefusedException reason = new RefusedException(refusal.code(), refusal.message());
            if (refusal.templateId() != 0) {
                refusedTemplates.put(refusal.templateId(), reason);
            }
            Submission submission = submissions.remove(refusal.firstTaskId());
            if (submission != null) {
                submission.onFailure(refusedTemplates.getOrDefault(submission.templateId(), reason));
            }
        }

        @Override
        public void onDisconnected(String reason) {
            trouble = reason;
        }

        @Override
        public void onFrameworkRemoved(String reason) {
            trouble = reason.isEmpty() ? "it unsubscribed" : reason;
            isRemoved = true;
            KernosException failure = new KernosException("the framework is gone: " + trouble);
            submissions.values().forEach(submission -> submission.onFailure(failure));
            submissions.clear();
        }
    }
}

package io.kernos.client;

import io.kernos.transport.Limits;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskState;
import java.util.Objects;

/**
 * A framework's session with its cluster. One thread calls all of it: {@link #poll()}, in its duty cycle, does what is
 * due and calls the {@link SchedulerListener}; nothing blocks, and what happens for each task allocates nothing.
 *
 * <p>Calls that send return a positive number when the message was taken, else {@link #BACK_PRESSURED} (poll, then try
 * again) or {@link #NOT_SUBSCRIBED}. Messages go out in the order of the calls.
 *
 * <p>When the connection is lost or another master takes over, the session comes back by itself as the same framework.
 * Templates and submits that were not confirmed are sent again, which is harmless since their ids only rise; both can
 * be called while the session is away. A submit of which the refusal was lost is refused then. All else (accept,
 * decline, kill, reconcile) is not repeated: a framework that needs to know reconciles in
 * {@link SchedulerListener#onSubscribed}.
 */
public final class SchedulerSession implements AutoCloseable {
    /** The message cannot be taken now: poll, then try again. */
    public static final long BACK_PRESSURED = -1;

    /** There is no framework to speak for: not subscribed yet, not connected now, leaving, or closed. */
    public static final long NOT_SUBSCRIBED = -2;

    /** Grace of {@link #kill} that leaves it to the task's template. */
    public static final int TEMPLATE_GRACE = -1;

    private final SessionContext context;
    private final IngressPublisher publisher;
    private final EgressAdapter adapter;
    private final SessionLife life;
    private final PendingRequests pending;
    private final UpdateDelivery delivery;
    private final SchedulerListener listener;
    private long lastTaskId;
    private int lastTemplateId;

    private SchedulerSession(SessionContext context, SchedulerListener listener, ClusterTransport transport) {
        this.context = context;
        this.listener = Objects.requireNonNull(listener, "listener");
        publisher = new IngressPublisher(transport);
        pending = new PendingRequests(context.pendingCapacity());
        delivery = new UpdateDelivery(context, listener);
        Reactions reactions = new Reactions();
        adapter = new EgressAdapter(reactions);
        life = new SessionLife(context, transport, publisher, reactions);
    }

    /**
     * Opens a session. Returns at once: {@link #poll()} connects and subscribes, and tries again until it succeeds.
     *
     * @param context  the settings; concluded here if they are not.
     * @param listener to call from {@link #poll()}.
     * @return the session; close it.
     * @throws io.kernos.transport.SettingException when a setting is wrong.
     */
    public static SchedulerSession open(SessionContext context, SchedulerListener listener) {
        context.conclude();
        return open(context, listener, new AeronClusterTransport(context));
    }

    static SchedulerSession open(SessionContext context, SchedulerListener listener, ClusterTransport transport) {
        return new SchedulerSession(context.conclude(), listener, transport);
    }

    /**
     * The duty cycle: connects, receives and calls the listener, sends what waits.
     *
     * @return how much was done; 0 when there was nothing, to idle on.
     */
    public int poll() {
        long nowNs = context.nanoClock().nanoTime();
        int workCount = life.poll(adapter, nowNs);
        if (life.state() == SessionState.SUBSCRIBED) {
            workCount += delivery.repeat(nowNs);
        }
        if (life.state() == SessionState.SUBSCRIBED) {
            workCount += sendPending() + delivery.sendAcknowledgements(publisher, frameworkId());
        }
        return workCount;
    }

    /**
     * Where the session is in its life.
     *
     * @return the state.
     */
    public SessionState state() {
        return life.state();
    }

    /**
     * Id of the framework, to come back as.
     *
     * @return the id; 0 before the first subscription.
     */
    public long frameworkId() {
        return life.frameworkId();
    }

    /**
     * Messages of the cluster that were left out, malformed or unknown to this version.
     *
     * @return how many since the session was opened.
     */
    public long ignoredMessageCount() {
        return adapter.ignoredCount();
    }

    /**
     * Templates and submits that are not confirmed yet.
     *
     * @return how many.
     */
    public int pendingCount() {
        return pending.size();
    }

    /**
     * Tells what a task is, for launches and submits to name.
     *
     * @param template to tell.
     * @return the template's id, or {@link #BACK_PRESSURED}, or {@link #NOT_SUBSCRIBED}.
     */
    public long registerTemplate(TaskTemplate template) {
        if (!isKnown()) {
            return NOT_SUBSCRIBED;
        }
        if (pending.isFull()) {
            return BACK_PRESSURED;
        }
        long correlationId = life.nextCorrelationId();
        int templateId = ++lastTemplateId;
        pending.addTemplate(correlationId, templateId, template.encode(correlationId, frameworkId(), templateId));
        sendPendingNow();
        return templateId;
    }

    /**
     * Places and launches equal tasks wherever there is room, now or later.
     *
     * @param templateId what they are, as {@link #registerTemplate} returned it.
     * @param count      how many, 1 at least; their ids are the returned one and those that follow.
     * @return the first task's id, or {@link #BACK_PRESSURED}, or {@link #NOT_SUBSCRIBED}.
     */
    public long submit(int templateId, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count=" + count + ": submit at least 1 task");
        }
        if (!isKnown()) {
            return NOT_SUBSCRIBED;
        }
        if (pending.isFull()) {
            return BACK_PRESSURED;
        }
        long firstTaskId = lastTaskId + 1;
        lastTaskId += count;
        pending.addSubmit(life.nextCorrelationId(), templateId, firstTaskId, count);
        sendPendingNow();
        return firstTaskId;
    }

    /**
     * Uses offers of one agent: launches tasks, gives the rest back.
     *
     * @param offerIds    which offers, 1 at least, all of one agent.
     * @param templateIds what to launch: one task each, their ids the returned one and those that follow.
     * @param refuseMs    how long what is not used of this agent shall not be offered again, in milliseconds.
     * @return the first task's id, or {@link #BACK_PRESSURED}, or {@link #NOT_SUBSCRIBED}.
     */
    public long accept(long[] offerIds, int[] templateIds, long refuseMs) {
        checkGroup("offerIds", offerIds.length, 1);
        checkGroup("templateIds", templateIds.length, 1);
        if (life.state() != SessionState.SUBSCRIBED) {
            return NOT_SUBSCRIBED;
        }
        long firstTaskId = lastTaskId + 1;
        boolean isSent = sendsInOrder()
                && publisher.accept(
                        life.nextCorrelationId(), frameworkId(), offerIds, templateIds, firstTaskId, refuseMs);
        if (!isSent) {
            return BACK_PRESSURED;
        }
        lastTaskId += templateIds.length;
        return firstTaskId;
    }

    /**
     * Gives offers back.
     *
     * @param offerIds which offers, 1 at least.
     * @param refuseMs how long their agents shall not be offered again, in milliseconds; 0: no filter.
     * @return a positive number for {@link Refusal#correlationId()}, or {@link #BACK_PRESSURED}, or
     *     {@link #NOT_SUBSCRIBED}.
     */
    public long decline(long[] offerIds, long refuseMs) {
        checkGroup("offerIds", offerIds.length, 1);
        long correlationId = beginRequest();
        return correlationId < 0
                ? correlationId
                : sent(correlationId, publisher.decline(correlationId, frameworkId(), offerIds, refuseMs));
    }

    /**
     * Drops all filters, and asks for offers again after {@link #suppress()}.
     *
     * @return as {@link #decline} does.
     */
    public long revive() {
        long correlationId = beginRequest();
        return correlationId < 0 ? correlationId : sent(correlationId, publisher.revive(correlationId, frameworkId()));
    }

    /**
     * Asks for no offers until {@link #revive()}.
     *
     * @return as {@link #decline} does.
     */
    public long suppress() {
        long correlationId = beginRequest();
        return correlationId < 0
                ? correlationId
                : sent(correlationId, publisher.suppress(correlationId, frameworkId()));
    }

    /**
     * Ends tasks, wherever they are in their lives. Their updates tell when they have ended.
     *
     * @param firstTaskId the first of them.
     * @param count       how many, with the ids that follow; 1 at least.
     * @param graceMs     milliseconds from SIGTERM to SIGKILL, or {@link #TEMPLATE_GRACE}.
     * @return as {@link #decline} does.
     */
    public long kill(long firstTaskId, int count, int graceMs) {
        long correlationId = beginRequest();
        return correlationId < 0
                ? correlationId
                : sent(correlationId, publisher.kill(correlationId, frameworkId(), firstTaskId, count, graceMs));
    }

    /**
     * Asks for the states of tasks; they come as updates with sequence 0.
     *
     * @param taskIds which; none for all that live.
     * @return as {@link #decline} does.
     */
    public long reconcile(long... taskIds) {
        checkGroup("taskIds", taskIds.length, 0);
        long correlationId = beginRequest();
        return correlationId < 0
                ? correlationId
                : sent(correlationId, publisher.reconcile(correlationId, frameworkId(), taskIds));
    }

    /**
     * Acknowledges an update, where that is not done automatically. Needs no answer: if it is lost with the
     * connection, the update comes again on the next. On a connection that holds, an update that is never acknowledged
     * does not come again, and its task stays with the master.
     *
     * @param taskId   of the update.
     * @param sequence of the update; 0 needs none.
     * @return false when too many wait: poll, then try again.
     */
    public boolean acknowledge(long taskId, int sequence) {
        return delivery.acknowledge(taskId, sequence);
    }

    /**
     * Leaves for good: the framework's tasks are killed. {@link SchedulerListener#onFrameworkRemoved} tells when it is
     * done; poll until then.
     */
    public void unsubscribe() {
        if (life.state() != SessionState.CLOSED) {
            life.leave();
        }
    }

    /**
     * Ends the session at once, without leaving: the framework's tasks wait for it to come back within its failover
     * timeout.
     */
    @Override
    public void close() {
        delivery.clear();
        life.close();
    }

    private boolean isKnown() {
        return life.wasSubscribed() && !life.isLeaving() && life.state() != SessionState.CLOSED;
    }

    private long beginRequest() {
        if (life.state() != SessionState.SUBSCRIBED) {
            return NOT_SUBSCRIBED;
        }
        return sendsInOrder() ? life.nextCorrelationId() : BACK_PRESSURED;
    }

    private static long sent(long correlationId, boolean isSent) {
        return isSent ? correlationId : BACK_PRESSURED;
    }

    private static void checkGroup(String name, int count, int least) {
        if (count < least || count > Limits.MAX_GROUP_ENTRIES) {
            throw new IllegalArgumentException(
                    name + " has " + count + " entries: use " + least + " to " + Limits.MAX_GROUP_ENTRIES);
        }
    }

    private boolean sendsInOrder() {
        sendPending();
        return pending.nextToSend() == PendingRequests.NONE;
    }

    private void sendPendingNow() {
        if (life.state() == SessionState.SUBSCRIBED) {
            sendPending();
        }
    }

    private int sendPending() {
        int count = 0;
        for (int slot = pending.nextToSend(); slot != PendingRequests.NONE; slot = pending.nextToSend()) {
            if (!send(slot)) {
                break;
            }
            pending.onSent();
            count++;
        }
        return count;
    }

    private boolean send(int slot) {
        byte[] template = pending.template(slot);
        return template != null
                ? publisher.registerTemplate(template)
                : publisher.submit(
                        pending.correlationId(slot),
                        frameworkId(),
                        pending.firstTaskId(slot),
                        pending.taskCount(slot),
                        pending.templateId(slot));
    }

    /** What the session does about each message and change, before and after the listener hears of it. */
    private final class Reactions implements EgressAdapter.Events, SessionLife.Owner {
        @Override
        public boolean isOpen() {
            return life.state() != SessionState.CLOSED;
        }

        @Override
        public void onNewLeader() {
            life.onNewLeader();
        }

        @Override
        public void onDisconnected(String reason) {
            delivery.clear();
            tell(() -> listener.onDisconnected(reason));
        }

        @Override
        public void onSubscribed(long correlationId, long frameworkId, long lastTaskId, int lastTemplateId) {
            boolean isAgain = life.wasSubscribed();
            if (!life.onSubscribed(correlationId, frameworkId)) {
                return;
            }
            SchedulerSession.this.lastTaskId = Math.max(SchedulerSession.this.lastTaskId, lastTaskId);
            SchedulerSession.this.lastTemplateId = Math.max(SchedulerSession.this.lastTemplateId, lastTemplateId);
            pending.sendAgain(lastTemplateId);
            delivery.clear();
            tell(() -> listener.onSubscribed(frameworkId, lastTaskId, isAgain));
        }

        @Override
        public void onOffer(ResourceOffer offer) {
            try {
                listener.onOffer(offer);
            } catch (RuntimeException ex) {
                context.errorHandler().onError(ex);
            }
        }

        @Override
        public void onOfferRescinded(long offerId) {
            try {
                listener.onOfferRescinded(offerId);
            } catch (RuntimeException ex) {
                context.errorHandler().onError(ex);
            }
        }

        @Override
        public boolean onTaskUpdate(TaskUpdate update) {
            if (life.state() == SessionState.SUBSCRIBED && !delivery.hasRoom()) {
                return false;
            }
            if (update.state() != TaskState.UNKNOWN) {
                confirmSubmitOf(update.taskId());
            }
            if (isOpen()) {
                delivery.deliver(update);
            }
            return true;
        }

        /** That a task of a submit is told of shows that the submit was taken, should its answer be lost. */
        private void confirmSubmitOf(long taskId) {
            int slot = pending.findSentAgain(taskId);
            if (slot != PendingRequests.NONE) {
                onSubmitted(pending.correlationId(slot), pending.firstTaskId(slot), pending.taskCount(slot));
            }
        }

        @Override
        public void onSubmitted(long correlationId, long firstTaskId, int count) {
            if (pending.onSubmitted(correlationId, firstTaskId)) {
                try {
                    listener.onSubmitted(firstTaskId, count);
                } catch (RuntimeException ex) {
                    context.errorHandler().onError(ex);
                }
            }
        }

        @Override
        public void onRefused(long correlationId, int messageTemplateId, RefusalCode code, String message) {
            boolean isOfSubscription = life.isOfSubscription(correlationId);
            Refusal refusal = refusal(correlationId, messageTemplateId, code, message);
            tell(() -> listener.onRefused(refusal));
            if (isOfSubscription) {
                end(message);
            }
        }

        private Refusal refusal(long correlationId, int messageTemplateId, RefusalCode code, String message) {
            int slot = pending.find(correlationId);
            if (slot == PendingRequests.NONE) {
                return new Refusal(correlationId, messageTemplateId, code, message, 0, 0, 0);
            }
            boolean isTemplate = pending.template(slot) != null;
            Refusal refusal = new Refusal(
                    correlationId,
                    messageTemplateId,
                    code,
                    message,
                    isTemplate ? pending.templateId(slot) : 0,
                    pending.firstTaskId(slot),
                    pending.taskCount(slot));
            pending.remove(slot);
            return refusal;
        }

        @Override
        public void onFrameworkRemoved(long frameworkId, String reason) {
            if (frameworkId == life.frameworkId()) {
                end(life.isLeaving() ? "" : reason);
            }
        }

        private void end(String reason) {
            life.close();
            tell(() -> listener.onFrameworkRemoved(reason));
        }

        private void tell(Runnable call) {
            try {
                call.run();
            } catch (RuntimeException ex) {
                context.errorHandler().onError(ex);
            }
        }
    }
}

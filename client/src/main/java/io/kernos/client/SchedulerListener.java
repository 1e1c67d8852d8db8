package io.kernos.client;

/**
 * What a framework hears of its cluster. Called by {@link SchedulerSession#poll()} on the thread that polls; a method
 * may call the session, but not {@code poll()}. Objects handed over are reused: they are valid during the call, and
 * {@code copy()} keeps one. What a method throws goes to the context's error handler; an update whose method threw is
 * not acknowledged, and is handed over again every second until a call returns or a later update of its task comes.
 */
public interface SchedulerListener {
    /**
     * The framework is known to the master: for the first time, or again after the connection was lost or another
     * master took over. Offers that were open before a loss are open no more unless they are offered again.
     *
     * @param frameworkId of this framework, to come back as.
     * @param lastTaskId  the highest task id that this framework ever used; 0: none.
     * @param again       whether this session was subscribed before.
     */
    default void onSubscribed(long frameworkId, long lastTaskId, boolean again) {}

    /**
     * Resources of one agent, to use by {@link SchedulerSession#accept} or give back by
     * {@link SchedulerSession#decline}.
     *
     * @param offer what is offered, valid during the call.
     */
    default void onOffer(ResourceOffer offer) {}

    /**
     * An offer is open no more.
     *
     * @param offerId which.
     */
    default void onOfferRescinded(long offerId) {}

    /**
     * The state of a task. At least once: one that was not acknowledged before the connection was lost or
     * another master took over comes again with the same sequence.
     *
     * @param update the state, valid during the call.
     */
    default void onTaskUpdate(TaskUpdate update) {}

    /**
     * A submit is durable: every task of it will be heard of.
     *
     * @param firstTaskId that the submit returned.
     * @param count       how many tasks.
     */
    default void onSubmitted(long firstTaskId, int count) {}

    /**
     * A message was not carried out.
     *
     * @param refusal which and why.
     */
    default void onRefused(Refusal refusal) {}

    /**
     * The master cannot be reached; the session tries again by itself, and {@link #onSubscribed} tells of success.
     *
     * @param reason in words.
     */
    default void onDisconnected(String reason) {}

    /**
     * The framework is gone: it unsubscribed, came back too late, or was removed. The session is closed.
     *
     * @param reason in words; empty after an unsubscribe.
     */
    default void onFrameworkRemoved(String reason) {}
}

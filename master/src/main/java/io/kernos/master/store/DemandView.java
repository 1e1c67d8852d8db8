package io.kernos.master.store;

/**
 * What of a submit waits to be placed.
 *
 * @param frameworkId  whose it is.
 * @param firstTaskId  id of the submit's first task.
 * @param nextTaskId   id of the next task to be placed.
 * @param waitingCount how many tasks wait.
 * @param templateId   what they run.
 * @param createdMs    when it was submitted, in milliseconds since the epoch.
 */
public record DemandView(
        long frameworkId, long firstTaskId, long nextTaskId, int waitingCount, int templateId, long createdMs) {}

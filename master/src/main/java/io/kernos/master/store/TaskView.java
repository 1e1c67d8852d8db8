package io.kernos.master.store;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.List;

/**
 * A task that was placed. Times in Ns are nanoseconds, those in Ms milliseconds since the epoch; 0: not yet.
 *
 * @param frameworkId          id of its framework.
 * @param taskId               its id, which its framework chose.
 * @param agentId              where it is or was.
 * @param templateId           what it runs.
 * @param taskIndex            which of its submit it is, from 0.
 * @param name                 its name.
 * @param state                where it is in its life.
 * @param reason               why, where the state does not say it.
 * @param message              what the agent said.
 * @param exitStatus           of its process, as wait tells it.
 * @param killRequested        whether its end was asked for.
 * @param createdMs            when it was placed.
 * @param updatedMs            when its state changed last.
 * @param relayedNs            when its launch passed the relay.
 * @param receivedNs           when the agent had its launch.
 * @param startedNs            when its command was executed.
 * @param endedNs              when it ended.
 * @param sequence             number of its last update.
 * @param acknowledgedSequence number of the last update that its framework acknowledged.
 * @param ranges               its ranges, such as ports.
 * @param retired              whether it is done with and in the history.
 */
public record TaskView(
        long frameworkId,
        long taskId,
        long agentId,
        int templateId,
        int taskIndex,
        String name,
        TaskState state,
        TaskReason reason,
        String message,
        int exitStatus,
        boolean killRequested,
        long createdMs,
        long updatedMs,
        long relayedNs,
        long receivedNs,
        long startedNs,
        long endedNs,
        int sequence,
        int acknowledgedSequence,
        List<RangeView> ranges,
        boolean retired) {}

package io.kernos.agent;

import io.kernos.transport.MessageCheck;
import io.kernos.transport.codecs.AgentRegisteredDecoder;
import io.kernos.transport.codecs.DefineTemplateDecoder;
import io.kernos.transport.codecs.JournalBeginDecoder;
import io.kernos.transport.codecs.KillTaskDecoder;
import io.kernos.transport.codecs.LaunchOrderedDecoder;
import io.kernos.transport.codecs.LaunchTaskDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusAckDecoder;
import io.kernos.transport.codecs.TaskStatusDecoder;
import org.agrona.DirectBuffer;

/**
 * Restores an agent's state from the records of its journal, in their order.
 */
final class JournalAdapter {
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final JournalBeginDecoder begin = new JournalBeginDecoder();
    private final AgentRegisteredDecoder registered = new AgentRegisteredDecoder();
    private final LaunchTaskDecoder launch = new LaunchTaskDecoder();
    private final LaunchOrderedDecoder ordered = new LaunchOrderedDecoder();
    private final KillTaskDecoder kill = new KillTaskDecoder();
    private final TaskStatusDecoder status = new TaskStatusDecoder();
    private final TaskStatusAckDecoder acknowledgement = new TaskStatusAckDecoder();
    private final AgentState state;

    JournalAdapter(AgentState state) {
        this.state = state;
    }

    /**
     * Applies one record.
     *
     * @return false when it is none that this version understands: the state is as before.
     */
    boolean onRecord(DirectBuffer buffer, int offset, int length) {
        if (MessageCheck.check(buffer, offset, length) != RefusalCode.NULL_VAL) {
            return false;
        }
        switch (MessageCheck.templateId(buffer, offset)) {
            case JournalBeginDecoder.TEMPLATE_ID -> {
                begin.wrapAndApplyHeader(buffer, offset, header);
                belong(begin.agentId(), begin.clusterId());
                state.journalDamaged = begin.damaged() != 0;
            }
            case AgentRegisteredDecoder.TEMPLATE_ID -> {
                registered.wrapAndApplyHeader(buffer, offset, header);
                belong(registered.agentId(), registered.clusterId());
            }
            case DefineTemplateDecoder.TEMPLATE_ID -> state.templates.put(TaskTemplate.decode(buffer, offset, length));
            case LaunchTaskDecoder.TEMPLATE_ID -> onLaunch(launch.wrapAndApplyHeader(buffer, offset, header));
            case LaunchOrderedDecoder.TEMPLATE_ID -> onOrdered(ordered.wrapAndApplyHeader(buffer, offset, header));
            case KillTaskDecoder.TEMPLATE_ID -> onKill(kill.wrapAndApplyHeader(buffer, offset, header));
            case TaskStatusDecoder.TEMPLATE_ID -> onStatus(status.wrapAndApplyHeader(buffer, offset, header));
            case TaskStatusAckDecoder.TEMPLATE_ID ->
                onAcknowledged(acknowledgement.wrapAndApplyHeader(buffer, offset, header));
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Records of versions that have no cluster read as one below 0. */
    private void belong(long agentId, long clusterId) {
        state.agentId = agentId;
        state.clusterId = Math.max(0, clusterId);
    }

    private void onLaunch(LaunchTaskDecoder record) {
        AgentTask task = state.taskOf(record, 0);
        if (state.tasks.find(task.frameworkId, task.taskId) == null && task.template != null) {
            task.restored = true;
            state.tasks.add(task);
        }
    }

    private void onOrdered(LaunchOrderedDecoder record) {
        AgentTask task = state.tasks.find(record.frameworkId(), record.taskId());
        if (task != null && task.phase.ordinal() <= TaskPhase.ORDERED.ordinal()) {
            task.phase = TaskPhase.ORDERED;
            task.supervisorId = record.supervisorId();
            task.receivedNs = record.receivedNs();
        }
    }

    private void onKill(KillTaskDecoder record) {
        AgentTask task = state.tasks.find(record.frameworkId(), record.taskId());
        if (task != null && ordered(task)) {
            task.phase = TaskPhase.KILLING;
            task.killRequested = true;
            task.killGraceMs = record.graceMs();
            task.killDurable = true;
            task.unacknowledged |= AgentTask.KILLING_BIT;
        }
    }

    private void onStatus(TaskStatusDecoder record) {
        TaskState told = record.state();
        AgentTask task = state.tasks.find(record.frameworkId(), record.taskId());
        int bit = AgentTask.bit(told);
        if (bit == AgentTask.END_BIT) {
            onEnd(task == null ? refused(record) : task, record);
        } else if (task != null && bit == AgentTask.RUNNING_BIT && ordered(task)) {
            if (task.phase.ordinal() < TaskPhase.RUNNING.ordinal()) {
                task.phase = TaskPhase.RUNNING;
            }
            task.startedNs = record.startedNs();
            task.unacknowledged |= bit;
        }
    }

    private static boolean ordered(AgentTask task) {
        return task.live() && task.supervisorId != 0;
    }

    private AgentTask refused(TaskStatusDecoder record) {
        AgentTask task =
                new AgentTask(record.frameworkId(), record.taskId(), 0, 0, record.relayedNs(), record.receivedNs());
        task.refused = true;
        state.tasks.add(task);
        return task;
    }

    private static void onEnd(AgentTask task, TaskStatusDecoder record) {
        task.phase = TaskPhase.ENDED;
        task.endState = record.state();
        task.endReason = record.reason() == TaskReason.NULL_VAL ? TaskReason.NONE : record.reason();
        task.exitStatus = record.exitStatus();
        task.startedNs = record.startedNs();
        task.endedNs = record.endedNs();
        task.message = record.message();
        task.endDurable = true;
        task.unacknowledged |= AgentTask.END_BIT;
    }

    private void onAcknowledged(TaskStatusAckDecoder record) {
        AgentTask task = state.tasks.find(record.frameworkId(), record.taskId());
        if (task == null) {
            return;
        }
        int bit = AgentTask.bit(record.state());
        if (bit == AgentTask.END_BIT) {
            state.tasks.remove(task);
        } else {
            task.unacknowledged &= ~(bit | bit - 1);
        }
    }
}

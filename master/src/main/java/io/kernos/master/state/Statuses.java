package io.kernos.master.state;

import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskState;
import io.kernos.transport.codecs.TaskStatusDecoder;
import org.agrona.concurrent.UnsafeBuffer;

/** What agents report about tasks. Every sound report is acknowledged, so that the agent may forget it. */
final class Statuses {
    private final FrameworkTable frameworks;
    private final TaskLife life;
    private final AgentPublisher publisher;
    private final Counting counting;
    private final UnsafeBuffer message = new UnsafeBuffer(0, 0);

    Statuses(Tables tables, Publishers publishers, TaskLife life, StateContext context) {
        this.frameworks = tables.frameworks;
        this.life = life;
        this.publisher = publishers.agents;
        this.counting = context.counting();
    }

    void report(Request request, Agent agent, TaskStatusDecoder status, long nowMs) {
        TaskState state = status.state();
        if (!TaskStates.isReportable(state)) {
            request.why().put("state=").put(state.value()).put(" is none that an agent reports");
            request.refuse(RefusalCode.INVALID_VALUE);
            return;
        }
        counting.add(MasterCounter.STATUSES, 1);
        long frameworkId = status.frameworkId();
        long taskId = status.taskId();
        Framework framework = frameworks.byId(frameworkId);
        Task task = framework == null ? null : framework.taskById.get(taskId);
        boolean isHere = task != null && task.agent == agent;
        if (isHere && TaskLife.isNews(task, state)) {
            take(task, status);
            life.change(task, state, status.reason(), nowMs);
        } else {
            counting.add(MasterCounter.STATUSES_REPEATED, 1);
        }
        publisher.statusAck(agent, frameworkId, taskId, state);
        if (!isHere && !TaskStates.isFinal(state)) {
            publisher.kill(agent, frameworkId, taskId, Kills.GRACE_OF_TEMPLATE);
        }
    }

    private void take(Task task, TaskStatusDecoder status) {
        task.relayedNs = later(status.relayedNs(), task.relayedNs);
        task.receivedNs = later(status.receivedNs(), task.receivedNs);
        task.startedNs = later(status.startedNs(), task.startedNs);
        task.endedNs = later(status.endedNs(), task.endedNs);
        task.exitStatus = status.exitStatus();
        status.wrapMessage(message);
        task.message(message, 0, message.capacity());
    }

    private static long later(long reported, long known) {
        return reported == 0 ? known : reported;
    }
}

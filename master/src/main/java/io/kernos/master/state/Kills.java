package io.kernos.master.state;

import io.kernos.transport.Limits;
import io.kernos.transport.codecs.AgentState;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;

/** Ends tasks, wherever they are in their lives. */
final class Kills {
    /** Most tasks of one kill about which it is answered that they are not known. */
    static final int MAX_UNKNOWN_ANSWERS = 256;

    /** The grace period of the task's template. */
    static final int GRACE_OF_TEMPLATE = -1;

    private final Demands demands;
    private final DemandTable demandTable;
    private final Updates updates;
    private final AgentPublisher agentPublisher;
    private final FrameworkPublisher frameworkPublisher;
    private final Projection projection;
    private final Tables tables;

    Kills(Tables tables, Publishers publishers, Demands demands, Updates updates) {
        this.demands = demands;
        this.demandTable = tables.demands;
        this.updates = updates;
        this.agentPublisher = publishers.agents;
        this.frameworkPublisher = publishers.frameworks;
        this.projection = tables.projection;
        this.tables = tables;
    }

    /** Kills so many of a framework's tasks; returns how many are to end, or -1 if it was refused. */
    long kill(Request request, Framework framework, long firstTaskId, int count, int graceMs) {
        if (isBadRange(request, firstTaskId, count) || isBadGrace(request, graceMs)) {
            return -1;
        }
        long endTaskId = Math.min(firstTaskId + count, framework.lastTaskId + 1);
        long killed = killUpTo(request, framework, firstTaskId, endTaskId, graceMs);
        if (killed >= 0 && count <= MAX_UNKNOWN_ANSWERS && request.session == framework.session) {
            answerUnknown(framework, firstTaskId, firstTaskId + count);
        }
        return killed;
    }

    /** Kills all of a framework's tasks, as {@link #kill} does. */
    long killEach(Request request, Framework framework, int graceMs) {
        return isBadGrace(request, graceMs) ? -1 : killUpTo(request, framework, 1, framework.lastTaskId + 1, graceMs);
    }

    private long killUpTo(Request request, Framework framework, long firstTaskId, long endTaskId, int graceMs) {
        if (demands.splitsOf(framework, firstTaskId, endTaskId) > demandTable.room()) {
            request.why().put("the kill of tasks ").put(firstTaskId).put(" to ").put(endTaskId - 1);
            request.text().put(" would part a submit beyond the limit maxDemands; kill all of the submit, or raise it");
            request.refuse(RefusalCode.LIMIT_REACHED);
            return -1;
        }
        long killed = demands.kill(framework, firstTaskId, endTaskId);
        killed += killPlaced(framework, firstTaskId, endTaskId, graceMs);
        if (framework.killedPendingCount > 0) {
            tables.attend(framework);
        }
        return killed;
    }

    /** Kills all tasks of a framework that left for good; those that wait must be dropped already. */
    void killAll(Framework framework) {
        for (Task task = framework.tasks.first(); task != null; task = task.inFramework.after()) {
            kill(task, GRACE_OF_TEMPLATE);
        }
    }

    /** Sends the kill of a task again, where its agent can be reached. */
    void repeat(Task task) {
        if (task.killRequested && task.agent != null && task.agent.state == AgentState.ACTIVE) {
            agentPublisher.kill(task.agent, task.framework.id, task.taskId, task.killGraceMs);
        }
    }

    private static boolean isBadRange(Request request, long firstTaskId, int count) {
        if (firstTaskId < 1 || firstTaskId > Submissions.MAX_TASK_ID) {
            request.why()
                    .put("firstTaskId=")
                    .put(firstTaskId)
                    .put(" must be from 1 to ")
                    .put(Submissions.MAX_TASK_ID);
        } else if (count < 1) {
            request.why().put("count=").put(count).put(" must be at least 1");
        } else {
            return false;
        }
        request.refuse(RefusalCode.INVALID_VALUE);
        return true;
    }

    private static boolean isBadGrace(Request request, int graceMs) {
        if (GRACE_OF_TEMPLATE <= graceMs && graceMs <= Limits.MAX_KILL_GRACE_MS) {
            return false;
        }
        request.why().put("graceMs=").put(graceMs).put(" must be from 0 to ").put(Limits.MAX_KILL_GRACE_MS);
        request.text().put(", or -1 for the template's");
        request.refuse(RefusalCode.INVALID_VALUE);
        return true;
    }

    private long killPlaced(Framework framework, long firstTaskId, long endTaskId, int graceMs) {
        long killed = 0;
        if (endTaskId - firstTaskId <= framework.tasks.size()) {
            for (long taskId = firstTaskId; taskId < endTaskId; taskId++) {
                Task task = framework.taskById.get(taskId);
                killed += task != null && kill(task, graceMs) ? 1 : 0;
            }
            return killed;
        }
        for (Task task = framework.tasks.first(); task != null; task = task.inFramework.after()) {
            boolean isMeant = firstTaskId <= task.taskId && task.taskId < endTaskId;
            killed += isMeant && kill(task, graceMs) ? 1 : 0;
        }
        return killed;
    }

    private boolean kill(Task task, int graceMs) {
        if (task.isFinal()) {
            if (task.framework.session != null) {
                updates.answer(task);
            }
            return false;
        }
        task.killRequested = true;
        task.killGraceMs = graceMs;
        projection.changed(task);
        repeat(task);
        return true;
    }

    private void answerUnknown(Framework framework, long firstTaskId, long endTaskId) {
        for (long taskId = firstTaskId; taskId < endTaskId; taskId++) {
            if (framework.taskById.get(taskId) == null && framework.demands.of(taskId) == null) {
                frameworkPublisher.answer(framework, taskId, TaskState.UNKNOWN, TaskReason.TASK_UNKNOWN);
            }
        }
    }
}

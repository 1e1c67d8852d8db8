package io.kernos.master.state;

import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.SubmitTasksDecoder;

/** Takes submits in. */
final class Submissions {
    /** The highest id of a task. */
    static final long MAX_TASK_ID = Long.MAX_VALUE / 2;

    private final Demands demands;
    private final DemandTable table;
    private final FrameworkPublisher publisher;
    private final Projection projection;
    private final StateContext context;

    Submissions(Tables tables, Publishers publishers, Demands demands, StateContext context) {
        this.demands = demands;
        this.table = tables.demands;
        this.publisher = publishers.frameworks;
        this.projection = tables.projection;
        this.context = context;
    }

    void submit(Request request, Framework framework, SubmitTasksDecoder message, long nowMs) {
        long firstTaskId = message.firstTaskId();
        int count = message.count();
        if (isBadRange(request, firstTaskId, count)) {
            return;
        }
        long lastTaskId = firstTaskId + count - 1;
        if (lastTaskId <= framework.lastTaskId) {
            answerRepeat(request, framework, firstTaskId, count);
            return;
        }
        Template template = framework.templateById.get(message.templateId());
        if (isBadSubmit(request, framework, template, message) || isBeyondLimit(request, count)) {
            return;
        }
        framework.lastTaskId = lastTaskId;
        projection.changed(framework);
        demands.submit(template, firstTaskId, count, nowMs);
        publisher.submitted(framework, request.correlationId, firstTaskId, count);
    }

    /** A submit is taken whole or not at all: one task that is there shows that it was taken. */
    private void answerRepeat(Request request, Framework framework, long firstTaskId, int count) {
        if (isAnyThere(framework, firstTaskId, firstTaskId + count)) {
            publisher.submitted(framework, request.correlationId, firstTaskId, count);
            return;
        }
        request.why().put("firstTaskId=").put(firstTaskId).put(", count=").put(count);
        request.text().put(": not above lastTaskId=").put(framework.lastTaskId);
        request.text().put(", and none of these tasks is there: an earlier submit of them was refused, or all of them");
        request.text().put(" have ended; submit what did not run with ids above lastTaskId");
        request.refuse(RefusalCode.INVALID_VALUE);
    }

    private static boolean isAnyThere(Framework framework, long firstTaskId, long endTaskId) {
        Demand demand = framework.demands.from(firstTaskId);
        if (demand != null && demand.nextTaskId < endTaskId) {
            return true;
        }
        if (endTaskId - firstTaskId <= framework.tasks.size()) {
            for (long taskId = firstTaskId; taskId < endTaskId; taskId++) {
                if (framework.taskById.containsKey(taskId)) {
                    return true;
                }
            }
            return false;
        }
        for (Task task = framework.tasks.first(); task != null; task = task.inFramework.after()) {
            if (firstTaskId <= task.taskId && task.taskId < endTaskId) {
                return true;
            }
        }
        return false;
    }

    private static boolean isBadRange(Request request, long firstTaskId, int count) {
        if (count < 1) {
            request.why().put("count=").put(count).put(" must be at least 1");
        } else if (firstTaskId < 1 || firstTaskId > MAX_TASK_ID - count) {
            request.why()
                    .put("firstTaskId=")
                    .put(firstTaskId)
                    .put(" must be from 1 to ")
                    .put(MAX_TASK_ID - count);
        } else {
            return false;
        }
        request.refuse(RefusalCode.INVALID_VALUE);
        return true;
    }

    private static boolean isBadSubmit(
            Request request, Framework framework, Template template, SubmitTasksDecoder message) {
        if (message.firstTaskId() <= framework.lastTaskId) {
            request.why().put("firstTaskId=").put(message.firstTaskId()).put(" must be above lastTaskId=");
            request.text().put(framework.lastTaskId).put(", or all of the tasks be a repeat");
            request.refuse(RefusalCode.INVALID_VALUE);
            return true;
        }
        if (template == null) {
            request.why().put("templateId=").put(message.templateId());
            request.text().put(" was never registered; register it first");
            request.refuse(RefusalCode.UNKNOWN_TEMPLATE_OF_TASKS);
            return true;
        }
        return false;
    }

    private boolean isBeyondLimit(Request request, int count) {
        if (table.room() < 1) {
            request.why().put("the limit maxDemands=").put(context.maxDemands());
            request.text().put(" is reached; submit more tasks at once, wait for some to be placed, or raise it");
        } else if (count > context.maxPendingTasks() - table.waitingTotal()) {
            request.why().put("count=").put(count).put(" would exceed the limit maxPendingTasks=");
            request.text().put(context.maxPendingTasks()).put("; wait for tasks to be placed, or raise it");
        } else {
            return false;
        }
        request.refuse(RefusalCode.LIMIT_REACHED);
        return true;
    }
}

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
            publisher.submitted(framework, request.correlationId, firstTaskId, count);
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

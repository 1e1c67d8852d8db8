package io.kernos.master.state;

import java.util.ArrayList;
import java.util.List;

/** The tasks, in the order in which they were made. */
final class TaskTable {
    private final Chain<Task> all = new Chain<>();
    private final List<Task> free = new ArrayList<>();

    int size() {
        return all.size();
    }

    Task first() {
        return all.first();
    }

    Task add(Framework framework, Template template, int templateId, long taskId) {
        Task task = free.isEmpty() ? new Task() : free.removeLast();
        task.clear();
        task.framework = framework;
        task.template = template;
        task.templateId = templateId;
        task.taskId = taskId;
        framework.taskById.put(taskId, task);
        framework.tasks.append(task.inFramework);
        all.append(task.inAll);
        return task;
    }

    /** Takes a task out; it keeps what it holds until it is recycled. */
    void remove(Task task) {
        task.framework.taskById.remove(task.taskId);
        task.inFramework.unlink();
        task.inAll.unlink();
        task.inQueue.unlink();
        task.inAgent.unlink();
    }

    /** Nobody needs what a task, taken out, holds. */
    void recycle(Task task) {
        free.add(task);
    }
}

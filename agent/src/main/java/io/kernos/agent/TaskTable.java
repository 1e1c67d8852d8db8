package io.kernos.agent;

import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The tasks that the agent has, by framework and task id, and in the order in which they came.
 */
final class TaskTable {
    private final Long2ObjectHashMap<Long2ObjectHashMap<AgentTask>> byFramework = new Long2ObjectHashMap<>();
    private AgentTask first;
    private AgentTask last;
    private int size;

    AgentTask find(long frameworkId, long taskId) {
        Long2ObjectHashMap<AgentTask> ofFramework = byFramework.get(frameworkId);
        return ofFramework == null ? null : ofFramework.get(taskId);
    }

    void add(AgentTask task) {
        Long2ObjectHashMap<AgentTask> ofFramework = byFramework.get(task.frameworkId);
        if (ofFramework == null) {
            ofFramework = new Long2ObjectHashMap<>();
            byFramework.put(task.frameworkId, ofFramework);
        }
        if (ofFramework.put(task.taskId, task) != null) {
            throw new IllegalStateException(task + " is there already");
        }
        task.previous = last;
        if (last == null) {
            first = task;
        } else {
            last.next = task;
        }
        last = task;
        size++;
    }

    void remove(AgentTask task) {
        Long2ObjectHashMap<AgentTask> ofFramework = byFramework.get(task.frameworkId);
        if (ofFramework == null || ofFramework.remove(task.taskId) != task) {
            throw new IllegalStateException(task + " is not there");
        }
        if (ofFramework.isEmpty()) {
            byFramework.remove(task.frameworkId);
        }
        unlink(task);
        size--;
    }

    private void unlink(AgentTask task) {
        if (task.previous == null) {
            first = task.next;
        } else {
            task.previous.next = task.next;
        }
        if (task.next == null) {
            last = task.previous;
        } else {
            task.next.previous = task.previous;
        }
        task.previous = null;
        task.next = null;
    }

    AgentTask first() {
        return first;
    }

    int size() {
        return size;
    }

    void forEach(Consumer<AgentTask> action) {
        AgentTask task = first;
        while (task != null) {
            AgentTask following = task.next;
            action.accept(task);
            task = following;
        }
    }
}

package io.kernos.agent;

import io.kernos.transport.codecs.TaskState;

/**
 * Cross-checks what a core knows.
 */
final class CoreVerifier {
    private CoreVerifier() {}

    static void verify(AgentState state, int liveCount) {
        int live = 0;
        int size = 0;
        for (AgentTask task = state.tasks.first(); task != null; task = task.next) {
            verify(task);
            check(state.tasks.find(task.frameworkId, task.taskId) == task, task, "is in the list, not in the map");
            live += task.live() ? 1 : 0;
            size++;
        }
        check(size == state.tasks.size(), null, size + " tasks in the list, " + state.tasks.size() + " counted");
        check(live == liveCount, null, live + " tasks live, " + liveCount + " counted");
    }

    private static void verify(AgentTask task) {
        boolean end = (task.unacknowledged & AgentTask.END_BIT) != 0;
        check(task.endTold() == end, task, "has an end to acknowledge if and only if it ended and may be told");
        boolean kill = (task.unacknowledged & AgentTask.KILLING_BIT) != 0;
        check(!kill || task.killDurable, task, "has a kill to acknowledge that is not written");
        check(task.live() == (task.endState == TaskState.UNKNOWN), task, "has a final state if and only if it ended");
        check((task.unsent & ~task.unacknowledged) == 0, task, "has to send what is acknowledged");
        check(!task.live() || task.template != null, task, "lives without a template");
        boolean killing = task.phase == TaskPhase.KILLING || task.phase == TaskPhase.DESTROYING;
        check(!killing || task.killRequested, task, "is being killed, but nobody asked");
        check(task.phase.ordinal() < 1 || !task.live() || task.supervisorId != 0, task, "was ordered of nobody");
        check(task.phase != TaskPhase.RUNNING || task.startedNs != 0, task, "runs, but never started");
    }

    private static void check(boolean condition, AgentTask task, String what) {
        if (!condition) {
            throw new IllegalStateException(task == null ? what : task + " " + what);
        }
    }
}

package io.kernos.cli;

import io.kernos.master.store.AgentView;
import io.kernos.master.store.DemandView;
import io.kernos.master.store.StateStore;
import io.kernos.master.store.TaskView;

/** Finds where the sandbox of a task is read. */
final class TaskPlace {
    private TaskPlace() {}

    /**
     * Channel at which the agent of a task lets its sandbox be read.
     *
     * @param store       to look in.
     * @param frameworkId of the task.
     * @param taskId      of the task.
     * @return the channel.
     * @throws CommandException when there is none; the message says why.
     */
    static String sandboxChannel(StateStore store, long frameworkId, long taskId) {
        String text = "task " + TaskIds.text(frameworkId, taskId);
        TaskView task = store.task(frameworkId, taskId).first().orElse(null);
        if (task == null) {
            throw new CommandException(
                    ExitCodes.FAILED,
                    waits(store, frameworkId, taskId)
                            ? text + " waits for resources: it has written nothing yet"
                            : text + " is not known: there never was one, or it is forgotten");
        }
        return sandboxChannel(store, task.agentId(), text);
    }

    /**
     * Channel at which an agent lets sandboxes be read.
     *
     * @param store   to look in.
     * @param agentId of the agent; 0: none.
     * @param text    what is to be read, for the error.
     * @return the channel.
     */
    static String sandboxChannel(StateStore store, long agentId, String text) {
        if (agentId == 0) {
            throw new CommandException(ExitCodes.FAILED, text + " never was on an agent: it has written nothing");
        }
        AgentView agent = store.agents().items().stream()
                .filter(candidate -> candidate.agentId() == agentId)
                .findFirst()
                .orElse(null);
        if (agent == null || agent.sandboxChannel().isEmpty()) {
            throw new CommandException(
                    ExitCodes.FAILED, text + " was on agent " + agentId + ", whose sandboxes cannot be read");
        }
        return agent.sandboxChannel();
    }

    private static boolean waits(StateStore store, long frameworkId, long taskId) {
        for (DemandView demand : store.demands().items()) {
            long last = demand.nextTaskId() + demand.waitingCount() - 1;
            if (demand.frameworkId() == frameworkId && taskId >= demand.nextTaskId() && taskId <= last) {
                return true;
            }
        }
        return false;
    }
}

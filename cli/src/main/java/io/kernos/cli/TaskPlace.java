package io.kernos.cli;

import io.kernos.client.TaskUpdate;
import io.kernos.master.store.AgentView;
import io.kernos.master.store.DemandView;
import io.kernos.master.store.StateStore;
import io.kernos.master.store.TaskView;

/**
 * How far a task is, and where its sandbox is read.
 *
 * @param stage how far it is.
 * @param text  what it is called, for messages.
 * @param task  what is known of it; null where it waits for resources or is not known.
 */
record TaskPlace(Stage stage, String text, TaskView task) {
    /** How far a task is, for whoever wants what it has written. */
    enum Stage {
        /** It never was there, or is forgotten. */
        UNKNOWN,
        /** It is not placed yet. */
        WAITING,
        /** It is placed, its command was not executed yet. */
        PLACED,
        /** Its command was executed. */
        STARTED,
        /** It has ended, or never will run. */
        ENDED
    }

    /**
     * Looks for a task.
     *
     * @param store       to look in.
     * @param frameworkId of the task.
     * @param taskId      of the task.
     * @return what is known of it.
     */
    static TaskPlace of(StateStore store, long frameworkId, long taskId) {
        String text = "task " + TaskIds.text(frameworkId, taskId);
        if (waits(store, frameworkId, taskId)) {
            return new TaskPlace(Stage.WAITING, text, null);
        }
        TaskView task = store.task(frameworkId, taskId).first().orElse(null);
        return new TaskPlace(stage(task), text, task);
    }

    private static Stage stage(TaskView task) {
        if (task == null) {
            return Stage.UNKNOWN;
        }
        if (TaskUpdate.isFinal(task.state())) {
            return Stage.ENDED;
        }
        return task.startedNs() > 0 ? Stage.STARTED : Stage.PLACED;
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

    /**
     * Channel at which the agent of the task lets its sandbox be read.
     *
     * @param store to look in.
     * @return the channel.
     * @throws CommandException when there is none; the message says why.
     */
    String sandboxChannel(StateStore store) {
        return switch (stage) {
            case UNKNOWN -> throw nothing(" is not known: there never was one, or it is forgotten");
            case WAITING -> throw nothing(" waits for resources: it has written nothing yet; -f waits for it");
            case PLACED -> throw nothing(" is about to start: it has written nothing yet; -f waits for it");
            case STARTED -> sandboxChannel(store, task.agentId(), text);
            case ENDED -> {
                if (task.agentId() == 0) {
                    throw nothing(" ended before it was placed (" + task.state() + "): it has written nothing");
                }
                yield sandboxChannel(store, task.agentId(), text);
            }
        };
    }

    private CommandException nothing(String why) {
        return new CommandException(ExitCodes.FAILED, text + why);
    }

    /**
     * Channel at which an agent lets sandboxes be read.
     *
     * @param store   to look in.
     * @param agentId of the agent.
     * @param text    what is to be read, for the error.
     * @return the channel.
     * @throws CommandException when it lets nobody read them.
     */
    static String sandboxChannel(StateStore store, long agentId, String text) {
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
}

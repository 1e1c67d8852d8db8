package io.kernos.cli;

import io.kernos.master.store.StateStore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Waits until a task has started or ended, and tells what it waits for. */
final class StartWait {
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(100);
    /** The store follows the log: a task that was just submitted or placed may be missing for a moment. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(3);

    private final StateStore store;
    private final Consumer<String> teller;
    private TaskPlace.Stage told;
    private long soundNs = System.nanoTime();

    StartWait(StateStore store, Consumer<String> teller) {
        this.store = store;
        this.teller = teller;
    }

    /**
     * Waits.
     *
     * @param frameworkId of the task.
     * @param taskId      of the task.
     * @return the task, which has started or ended, or is not known.
     * @throws CommandException when the master ends meanwhile.
     */
    TaskPlace await(long frameworkId, long taskId) {
        while (true) {
            TaskPlace place = TaskPlace.of(store, frameworkId, taskId);
            boolean isAlive = store.status().masterAlive();
            boolean isSound = isAlive && place.stage() != TaskPlace.Stage.UNKNOWN;
            soundNs = isSound ? System.nanoTime() : soundNs;
            boolean isOutOfPatience = System.nanoTime() - soundNs >= PATIENCE_NS;
            switch (place.stage()) {
                case STARTED, ENDED -> {
                    return place;
                }
                case UNKNOWN -> {
                    if (isOutOfPatience) {
                        return place;
                    }
                }
                case WAITING -> tell(place, " waits for resources; its output follows");
                case PLACED ->
                    tell(place, " is about to start on agent " + place.task().agentId());
            }
            if (isOutOfPatience) {
                throw new CommandException(
                        ExitCodes.NO_CLUSTER, place.text() + " was waited for, but its master has ended");
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private void tell(TaskPlace place, String what) {
        if (told != place.stage()) {
            told = place.stage();
            teller.accept(place.text() + what);
        }
    }
}

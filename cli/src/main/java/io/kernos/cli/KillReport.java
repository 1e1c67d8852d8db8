package io.kernos.cli;

import io.kernos.client.TaskUpdate;
import io.kernos.master.store.StateStore;
import io.kernos.master.store.TaskView;
import io.kernos.transport.codecs.TaskState;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Why a kill found nothing to end.
 *
 * @param problem in one word, for programs: UNKNOWN, ENDED, or NOT_LIVE where only that is known.
 * @param message for people, behind what the tasks are called.
 * @param state   in which the task ended; null where several are meant, or it did not.
 * @param endedMs when it ended, in milliseconds since the epoch; 0: as above.
 */
record KillReport(String problem, String message, TaskState state, long endedMs) {
    /** Where there is no state store to look in. */
    static KillReport withoutStore() {
        return new KillReport("NOT_LIVE", "no such task lives: there never was one, or it has ended", null, 0);
    }

    /**
     * Looks for the reason.
     *
     * @param store to look in.
     * @param ids   of the tasks.
     * @return the reason.
     */
    static KillReport of(StateStore store, TaskIds ids) {
        List<TaskView> tasks = new ArrayList<>();
        if (ids.count() == 1) {
            tasks.addAll(store.task(ids.frameworkId(), ids.firstTaskId()).items());
        } else {
            store.tasks().items().stream().filter(ids::has).forEach(tasks::add);
            store.history().items().stream().filter(ids::has).forEach(tasks::add);
        }
        return of(ids, tasks);
    }

    static KillReport of(TaskIds ids, List<TaskView> tasks) {
        if (tasks.isEmpty()) {
            String what = ids.count() == 0
                    ? "no such framework has tasks"
                    : ids.count() == 1 ? "no such task" : "no such tasks";
            return new KillReport("UNKNOWN", what + ": there never was one, or it is forgotten", null, 0);
        }
        if (tasks.size() == 1) {
            return ofOne(tasks.getFirst());
        }
        Map<TaskState, Integer> counts = new EnumMap<>(TaskState.class);
        tasks.stream()
                .map(TaskView::state)
                .filter(TaskUpdate::isFinal)
                .forEach(state -> counts.merge(state, 1, Integer::sum));
        if (counts.isEmpty()) {
            return new KillReport("ENDED", "have just ended", null, 0);
        }
        String states = counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        return new KillReport("ENDED", "all that are known have ended already: " + states, null, 0);
    }

    private static KillReport ofOne(TaskView task) {
        if (!TaskUpdate.isFinal(task.state())) {
            return new KillReport("ENDED", "has just ended", null, 0);
        }
        long endedMs = task.endedNs() > 0 ? task.endedNs() / 1_000_000 : task.updatedMs();
        return new KillReport(
                "ENDED",
                "has ended already: " + task.state() + " at " + Quantities.time(endedMs),
                task.state(),
                endedMs);
    }
}

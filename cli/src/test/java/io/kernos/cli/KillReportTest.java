package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kernos.master.store.TaskView;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;

class KillReportTest {
    private static final long ENDED_MS = 1_700_000_000_000L;

    @Test
    void shouldSayHowAndWhenATaskEnded() {
        KillReport report = KillReport.of(new TaskIds(3, 7, 1), List.of(task(7, TaskState.FINISHED)));
        assertEquals("has ended already: FINISHED at " + Quantities.time(ENDED_MS), report.message());
        assertEquals(new KillReport("ENDED", report.message(), TaskState.FINISHED, ENDED_MS), report);
    }

    @Test
    void shouldSayThatATaskIsUnknown() {
        KillReport report = KillReport.of(new TaskIds(3, 7, 1), List.of());
        assertEquals("UNKNOWN", report.problem());
        assertEquals("no such task: there never was one, or it is forgotten", report.message());
    }

    @Test
    void shouldCountHowSeveralEnded() {
        List<TaskView> tasks =
                List.of(task(7, TaskState.KILLED), task(8, TaskState.FINISHED), task(9, TaskState.FINISHED));
        assertEquals(
                "all that are known have ended already: 2 FINISHED, 1 KILLED",
                KillReport.of(new TaskIds(3, 7, 5), tasks).message());
    }

    @Test
    void shouldKnowWhichTasksAreMeant() {
        assertEquals(true, new TaskIds(3, 0, 0).has(task(9, TaskState.KILLED)));
        assertEquals(true, new TaskIds(3, 8, 2).has(task(9, TaskState.KILLED)));
        assertEquals(false, new TaskIds(3, 8, 1).has(task(9, TaskState.KILLED)));
        assertEquals(false, new TaskIds(4, 0, 0).has(task(9, TaskState.KILLED)));
    }

    private static TaskView task(long taskId, TaskState state) {
        return new TaskView(
                3,
                taskId,
                1,
                1,
                0,
                "task",
                state,
                TaskReason.NONE,
                "",
                0,
                false,
                1,
                1,
                1,
                1,
                1,
                ENDED_MS * 1_000_000,
                1,
                1,
                List.of(),
                true);
    }
}

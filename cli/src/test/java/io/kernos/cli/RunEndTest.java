package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import org.junit.jupiter.api.Test;

class RunEndTest {
    @Test
    void shouldSayNothingWhenTheCommandEndedByItself() {
        assertEquals(new RunEnd(0, null), end(TaskState.FINISHED, TaskReason.COMMAND_EXITED, 0, ""));
        assertEquals(new RunEnd(3, null), end(TaskState.FAILED, TaskReason.COMMAND_EXITED, 3, "exited with code 3"));
    }

    @Test
    void shouldSayInOneFormHowItEndedOtherwise() {
        assertEquals(
                new RunEnd(137, "task 3.1 failed: killed by SIGKILL"),
                end(TaskState.FAILED, TaskReason.COMMAND_EXITED, -9, "killed by SIGKILL"));
        assertEquals(
                new RunEnd(137, "task 3.1 failed: it needs more memory than --mem allows: it reached its memory limit"),
                end(TaskState.FAILED, TaskReason.CONTAINER_LIMITATION_MEMORY, 0, "it reached its memory limit"));
        assertEquals(
                new RunEnd(143, "task 3.1 killed: as somebody asked: killed by SIGTERM"),
                end(TaskState.KILLED, TaskReason.KILL_REQUESTED, -15, "killed by SIGTERM"));
        assertEquals(
                new RunEnd(125, "task 3.1 killed: as somebody asked"),
                end(TaskState.KILLED, TaskReason.KILL_REQUESTED, 0, ""));
        assertEquals(
                new RunEnd(125, "task 3.1 lost: agent removed"), end(TaskState.LOST, TaskReason.AGENT_REMOVED, 0, ""));
        assertEquals(
                new RunEnd(125, "task 3.1 failed: could not execute the command x"),
                end(TaskState.FAILED, TaskReason.CONTAINER_LAUNCH_FAILED, 0, "could not execute the command x"));
        assertEquals(
                new RunEnd(125, "task 3.1 error: user 'x' is not known"),
                end(TaskState.ERROR, TaskReason.TASK_INVALID, 0, "user 'x' is not known"));
    }

    @Test
    void shouldSayThatItsTimeWasUp() {
        assertEquals(
                new RunEnd(124, "task 3.1 killed: after 1.0s, as --timeout says: killed by SIGTERM"),
                RunEnd.of(
                        new RunEnd.Facts("3.1", TaskState.KILLED, TaskReason.KILL_REQUESTED, -15, "killed by SIGTERM"),
                        1_000));
        assertEquals(
                new RunEnd(124, "task 3.1 finished: after 1.0s, as --timeout says"),
                RunEnd.of(new RunEnd.Facts("3.1", TaskState.FINISHED, TaskReason.COMMAND_EXITED, 0, ""), 1_000));
    }

    private static RunEnd end(TaskState state, TaskReason reason, int exitStatus, String message) {
        return RunEnd.of(new RunEnd.Facts("3.1", state, reason, exitStatus, message), 0);
    }
}

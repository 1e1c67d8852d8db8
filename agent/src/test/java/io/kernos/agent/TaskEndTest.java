package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kernos.isolation.ContainerExit;
import io.kernos.transport.codecs.TaskReason;
import io.kernos.transport.codecs.TaskState;
import org.junit.jupiter.api.Test;

class TaskEndTest {
    private static final int SIGKILL = 9;
    private static final int SIGSEGV = 11;

    @Test
    void shouldFinishWhenOnlyDescendantsWereKilledForMemory() {
        TaskEnd end = TaskEnd.of(exit(0, 0, true), false);

        assertEquals(TaskState.FINISHED, end.state());
        assertEquals(TaskReason.COMMAND_EXITED, end.reason());
        assertEquals(0, end.exitStatus());
        assertEquals(
                "exited with code 0, but it reached its memory limit, and processes of it were killed", end.message());
    }

    @Test
    void shouldTellTheMemoryLimitWhenTheCommandWasKilled() {
        TaskEnd end = TaskEnd.of(exit(-1, SIGKILL, true), false);

        assertEquals(TaskState.FAILED, end.state());
        assertEquals(TaskReason.CONTAINER_LIMITATION_MEMORY, end.reason());
        assertEquals("it reached its memory limit: killed by SIGKILL", end.message());
    }

    @Test
    void shouldTellTheMemoryLimitWhenTheCommandFailedForItsChildWasKilled() {
        TaskEnd end = TaskEnd.of(exit(137, 0, true), false);

        assertEquals(TaskState.FAILED, end.state());
        assertEquals(TaskReason.CONTAINER_LIMITATION_MEMORY, end.reason());
        assertEquals(137, end.exitStatus());
    }

    @Test
    void shouldTellTheSignalWhenTheCommandDiedOfAnother() {
        TaskEnd end = TaskEnd.of(exit(-1, SIGSEGV, true), false);

        assertEquals(TaskState.FAILED, end.state());
        assertEquals(TaskReason.COMMAND_EXITED, end.reason());
        assertEquals(
                "killed by SIGSEGV, but it reached its memory limit, and processes of it were killed", end.message());
    }

    @Test
    void shouldSayNothingWhenAllWasWell() {
        assertEquals("", TaskEnd.of(exit(0, 0, false), false).message());
    }

    private static ContainerExit exit(int code, int signal, boolean oomKilled) {
        return new ContainerExit(code, signal, oomKilled, false, 0, 0, 0, 8);
    }
}

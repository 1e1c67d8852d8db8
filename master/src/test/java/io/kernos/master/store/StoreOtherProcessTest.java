package io.kernos.master.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreOtherProcessTest {
    private static final int TASKS = 500;

    @TempDir
    Path folder;

    @Test
    void shouldSeeUpdatesInAnotherProcess() throws IOException {
        try (StoreRig rig = new StoreRig(folder)) {
            putTasks(rig, TASKS, TaskState.RUNNING);
            rig.run();
            try (ReaderProcess reader = ReaderProcess.start(folder)) {
                assertEquals("500", reader.ask("tasks"));
                putTasks(rig, 30 * TASKS, TaskState.RUNNING);
                rig.run();
                assertEquals("15000", reader.ask("tasks"));
            }
        }
    }

    @Test
    void shouldGoOnWhenAReaderIsKilledWithALockHeld() throws IOException, InterruptedException {
        try (StoreRig rig = new StoreRig(folder)) {
            putTasks(rig, TASKS, TaskState.STAGING);
            rig.retire(Records.task(2, 1, TaskState.FINISHED, "in the history"));
            rig.run();
            try (ReaderProcess reader = ReaderProcess.start(folder)) {
                assertEquals("holding", reader.ask("1"));
                reader.kill();
            }
            putTasks(rig, TASKS, TaskState.RUNNING);
            rig.run();
            try (StateStore store = StateStore.open(folder)) {
                assertEquals(1, store.count(StoreCounter.LOCK_WAITS));
                assertEquals(0, store.count(StoreCounter.LOCK_REBUILDS));
                rig.retire(Records.task(2, 2, TaskState.FINISHED, "while it waits"));
                rig.clock.advance(StoreContext.LOCK_PATIENCE_MS_DEFAULT + 1);
                rig.run();
                assertEquals(1, store.count(StoreCounter.LOCK_REBUILDS));
                assertTrue(store.tasks().items().stream().allMatch(task -> task.state() == TaskState.RUNNING));
                assertEquals(TASKS, store.tasks().items().size());
                assertEquals(2, store.history().items().size());
                assertEquals(rig.position(), store.status().logPosition());
            }
        }
    }

    @Test
    void shouldBeginNewFilesWhenAReaderAsksForThem() throws IOException {
        try (StoreRig rig = new StoreRig(folder)) {
            putTasks(rig, TASKS, TaskState.RUNNING);
            rig.run();
            try (StoreMark mark = StoreMark.open(folder);
                    StateStore store = StateStore.open(folder)) {
                assertEquals(TASKS, store.tasks().items().size());
                mark.wantRebuild(1);
                rig.run();
                assertEquals(TASKS, store.tasks().items().size());
                assertEquals(1, store.count(StoreCounter.LOCK_REBUILDS));
                mark.wantRebuild(1);
                rig.run();
                assertEquals(1, store.count(StoreCounter.LOCK_REBUILDS));
            }
        }
    }

    private static void putTasks(StoreRig rig, int count, TaskState state) {
        for (int i = 0; i < count; i++) {
            rig.put(Records.task(1, i, state, ""));
        }
    }
}

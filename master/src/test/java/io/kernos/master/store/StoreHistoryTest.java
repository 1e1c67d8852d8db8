package io.kernos.master.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.testing.LoggedErrors;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreHistoryTest {
    private static final int CAPACITY = 1_000;
    private static final long SEED = 20_261_124;

    @TempDir
    Path folder;

    @Test
    void shouldDropTheOldestWhenTheHistoryIsFull() {
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 0, 3 * CAPACITY + 7);
            rig.run();
            assertHistory(2 * CAPACITY + 7, 3 * CAPACITY + 7);
            try (StateStore store = StateStore.open(folder)) {
                assertEquals(2 * CAPACITY + 7, store.count(StoreCounter.HISTORY_DROPS));
                assertTrue(store.task(1, 0).first().isEmpty());
            }
        }
    }

    @Test
    void shouldKeepTheHistoryOverARestartAndTakeRepeatedTasksOnce() {
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 0, 20);
            rig.run();
        }
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 15, 25);
            rig.run();
            assertHistory(0, 25);
        }
    }

    @Test
    void shouldKeepTasksThatEndWhileTheMapsCannotBeWritten() {
        LoggedErrors.expect("the state store cannot be written");
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 0, 10);
            rig.run();
            rig.breakMaps();
            retire(rig, 10, 20);
            rig.run();
            rig.clock.advance(1_000);
            rig.run();
            retire(rig, 20, 30);
            rig.run();

            assertHistory(0, 30);
        }
        try (StoreRig rig = new StoreRig(folder)) {
            rig.run();
            assertHistory(0, 30);
        }
    }

    @Test
    void shouldKeepTheNewestWhenTheHistoryIsMadeSmaller() {
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 0, 20);
            rig.run();
        }
        try (StoreRig rig = new StoreRig(StoreRig.context(folder).historyCapacity(5))) {
            rig.run();
            assertHistory(15, 20);
            retire(rig, 20, 22);
            rig.run();
            assertHistory(17, 22);
        }
    }

    @Test
    void shouldKeepTheHistoryWhenTheMasterWasKilled() throws IOException {
        Path killed = folder.resolve("killed");
        Path left = folder.resolve("left");
        try (StoreRig rig = new StoreRig(killed)) {
            retire(rig, 0, 20);
            rig.run();
            copy(killed, left);
        }
        try (StoreRig rig = new StoreRig(left)) {
            rig.run();
            try (StateStore store = StateStore.open(left)) {
                assertEquals(20, store.history().items().size());
                assertEquals(20, store.count(StoreCounter.HISTORY_RESTORES));
            }
        }
    }

    @Test
    void shouldStartWithoutTheHistoryWhenItsFileIsGarbage() throws IOException {
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 0, 20);
            rig.run();
        }
        byte[] garbage = new byte[8_192];
        new Random(SEED).nextBytes(garbage);
        Files.write(log(1), garbage);
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 20, 21);
            rig.run();
            assertHistory(20, 21);
            try (StateStore store = StateStore.open(folder)) {
                assertEquals(1, store.count(StoreCounter.HISTORY_LOSSES), "seed " + SEED);
            }
        }
    }

    @Test
    void shouldKeepWhatIsBeforeATornEntry() throws IOException {
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 0, 20);
            rig.run();
        }
        try (FileChannel channel = FileChannel.open(log(1), StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 1);
        }
        try (StoreRig rig = new StoreRig(folder)) {
            retire(rig, 19, 22);
            rig.run();
            assertHistory(0, 22);
        }
        try (StoreRig rig = new StoreRig(folder)) {
            rig.run();
            assertHistory(0, 22);
        }
    }

    @Test
    void shouldKeepOnlyTwoFilesHoweverManyTasksEnd() throws IOException {
        try (StoreRig rig = new StoreRig(StoreRig.context(folder).historyCapacity(10))) {
            retire(rig, 0, 97);
            rig.run();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("history-"))
                    .sorted()
                    .toList();
            assertEquals(List.of("history-10", "history-9"), names);
        }
        try (StoreRig rig = new StoreRig(StoreRig.context(folder).historyCapacity(10))) {
            rig.run();
            assertHistory(87, 97);
        }
    }

    @Test
    void shouldThrowGarbageAwayWhenMapsOfTheLastStartAreTorn() throws IOException {
        try (StoreRig rig = new StoreRig(folder)) {
            rig.put(Records.framework(1, "a"));
            rig.run();
        }
        byte[] garbage = new byte[65_536];
        new Random(SEED).nextBytes(garbage);
        for (RecordKind kind : RecordKind.values()) {
            Files.write(StoreFolder.generation(folder, 1).resolve(kind.fileName()), garbage);
        }
        Files.write(folder.resolve(StoreMark.FILE_NAME), garbage);
        try (StoreRig rig = new StoreRig(folder)) {
            rig.put(Records.framework(2, "b"));
            rig.run();
            try (StateStore store = StateStore.open(folder)) {
                assertEquals(2, store.frameworks().first().orElseThrow().frameworkId(), "seed " + SEED);
            }
        }
    }

    private Path log(long number) {
        return folder.resolve("history-" + number);
    }

    private static void retire(StoreRig rig, int from, int to) {
        for (int i = from; i < to; i++) {
            rig.retire(Records.task(1, i, TaskState.FINISHED, ""));
        }
    }

    private void assertHistory(long from, long to) {
        try (StateStore store = StateStore.open(folder)) {
            List<Long> ids =
                    store.history().items().stream().map(TaskView::taskId).toList();
            assertEquals(LongStream.range(from, to).boxed().toList(), ids);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (Files.isDirectory(entry)) {
                    copy(entry, to.resolve(entry.getFileName()));
                } else {
                    Files.copy(entry, to.resolve(entry.getFileName()));
                }
            }
        }
    }
}

package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.FrameworkSubscribedDecoder;
import io.kernos.transport.codecs.RefusedDecoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class RestartTest {
    private static final int SEGMENT_BYTES = 512 * 1024;
    private static final int FILLING_BYTES = 32 * 1024;
    private static final String LOG_FILES = "0-";
    private static final String FIRST_OF_THE_LOG = "0-0.rec";
    /** Two snapshots of two recordings each, one more while it is written, and what they need of the log. */
    private static final int MOST_FILES = 10;

    @Test
    void shouldKnowAllAgainWhenItStartsFromTheLog(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            master.start();
            long frameworkId = submitTasks(master, 0, 1, 10);
            master.stop();

            master.start();
            assertKnown(master, frameworkId, 1, 10);
        }
    }

    @Test
    void shouldKnowAllAgainWhenItStartsFromASnapshotAndTheLogBehindIt(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            MasterNode node = master.start();
            long frameworkId = submitTasks(master, 0, 1, 10);
            assertTrue(node.snapshot(TestMaster.TIMEOUT_MS));
            submitTasks(master, frameworkId, 2, 20);
            MasterControl.snapshot(Path.of(master.aeronDirectory()), TestMaster.TIMEOUT_MS);
            assertEquals(2, node.snapshotCount());
            submitTasks(master, frameworkId, 3, 25);
            master.stop();

            master.start();
            assertKnown(master, frameworkId, 3, 25);
        }
    }

    @Test
    void shouldKnowAllAgainWhenItStartsFromTheSnapshotOfItsEnd(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            MasterContext context = master.context();
            context.consensus().snapshotOnClose(true);
            master.start(context);
            long frameworkId = submitTasks(master, 0, 1, 10);
            master.stop();

            master.start();
            assertKnown(master, frameworkId, 1, 10);
            submitTasks(master, frameworkId, 2, 20);
            master.stop();

            master.start();
            assertKnown(master, frameworkId, 2, 20);
        }
    }

    @Test
    void shouldKnowAllAgainWhenItsPartsAreSpreadOtherwise(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            MasterNode node = master.start(master.context().threading(Threading.DEDICATED));
            long frameworkId = submitTasks(master, 0, 1, 10);
            assertTrue(node.snapshot(TestMaster.TIMEOUT_MS));
            submitTasks(master, frameworkId, 2, 20);
            master.stop();

            master.start(master.context().threading(Threading.SHARED));
            assertKnown(master, frameworkId, 2, 20);
            submitTasks(master, frameworkId, 3, 30);
            master.stop();

            master.start(master.context().threading(Threading.DEDICATED));
            assertKnown(master, frameworkId, 3, 30);
        }
    }

    @ParameterizedTest
    @EnumSource(Threading.class)
    void shouldRefuseAFolderOfTheLogThatCannotBeUsed(Threading threading, @TempDir Path folder) throws IOException {
        try (TestMaster master = new TestMaster(folder)) {
            MasterContext context = master.context().threading(threading);
            Files.createDirectories(context.conclude().clusterDirectory().getParent());
            Files.createFile(context.clusterDirectory());

            assertThrows(RuntimeException.class, () -> MasterNode.launch(context));
        }
    }

    @Test
    void shouldTakeSnapshotsByItselfWhenTheIntervalIsOver(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            MasterContext context = master.context();
            context.consensus().snapshotIntervalMs(1);
            MasterNode node = master.start(context);
            submitTasks(master, 0, 1, 10);
            try (TestSession session = master.connect()) {
                session.await(() -> node.snapshotCount() > 0, "no snapshot");
                session.subscribe(0);
                long before = node.snapshotCount();
                while (node.snapshotCount() == before) {
                    makeNews(session);
                }
            }
        }
    }

    @Test
    void shouldKnowAllAgainWhenTheLogBeforeOldSnapshotsIsRemoved(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            MasterNode node = master.start(smallSegments(master));
            long frameworkId = submitTasks(master, 0, 1, 10);
            try (TestSession session = master.connect()) {
                session.await(() -> fillsASegmentAndIsRemoved(node, session, folder), "the log is never removed");
                session.await(
                        () -> files(folder, "") <= MOST_FILES, "snapshots are never removed: " + files(folder, ""));
            }
            submitTasks(master, frameworkId, 2, 20);
            master.stop();

            MasterNode again = master.start(smallSegments(master));
            assertKnown(master, frameworkId, 2, 20);
            submitTasks(master, frameworkId, 3, 25);
            assertTrue(again.snapshot(TestMaster.TIMEOUT_MS));
            master.stop();

            master.start(smallSegments(master));
            assertKnown(master, frameworkId, 3, 25);
        }
    }

    @Test
    void shouldKeepAllOfTheLogWhenToldTo(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            MasterContext context = smallSegments(master);
            context.consensus().snapshotsKept(0);
            MasterNode node = master.start(context);
            try (TestSession session = master.connect()) {
                while (node.snapshotCount() < 5) {
                    fillsASegmentAndIsRemoved(node, session, folder);
                }
            }
            master.stop();
            assertTrue(files(folder, LOG_FILES) > 4);
            assertEquals(10, files(folder, "") - files(folder, LOG_FILES));
        }
    }

    private static MasterContext smallSegments(TestMaster master) {
        MasterContext context = master.context();
        context.consensus().logTermBytes(SEGMENT_BYTES).logSegmentBytes(SEGMENT_BYTES);
        return context;
    }

    private static boolean fillsASegmentAndIsRemoved(MasterNode node, TestSession session, Path folder) {
        UnsafeBuffer filling = new UnsafeBuffer(new byte[FILLING_BYTES]);
        for (int sent = 0; sent <= SEGMENT_BYTES; sent += FILLING_BYTES) {
            session.send(filling, 0, FILLING_BYTES);
            session.await(RefusedDecoder.TEMPLATE_ID);
        }
        assertTrue(node.snapshot(TestMaster.TIMEOUT_MS));
        return files(folder, FIRST_OF_THE_LOG) == 0;
    }

    /** How many files of recordings there are whose names begin so. */
    private static long files(Path folder, String prefix) {
        String[] names = folder.resolve("archive").toFile().list((at, name) -> name.endsWith(".rec"));
        return Stream.of(names).filter(name -> name.startsWith(prefix)).count();
    }

    @Test
    void shouldSayWhoIsThereWhenTheFolderIsInUse(@TempDir Path folder) {
        try (TestMaster master = new TestMaster(folder)) {
            master.start();
            MasterContext second = TestMaster.context(folder, FreePorts.find(6));
            IllegalStateException error = assertThrows(IllegalStateException.class, () -> MasterNode.launch(second));
            assertTrue(error.getMessage().contains("is in use by another master"), error.getMessage());

            MasterContext third = TestMaster.context(folder.resolve("other"), FreePorts.find(6));
            third.transport().aeronDirectory(master.aeronDirectory());
            error = assertThrows(IllegalStateException.class, () -> MasterNode.launch(third));
            assertTrue(error.getMessage().contains("is in use by the media driver of process"), error.getMessage());
        }
    }

    /** Grows the log by a refused submit. What comes while a snapshot is taken waits for the next one. */
    private static void makeNews(TestSession session) {
        int before = session.received().size();
        session.submit(0, 1, 1, 1);
        session.await(() -> session.received().size() > before, "no answer");
    }

    /** Comes (back) as a framework, tells a template, and submits tasks up to an id; returns the framework's id. */
    private static long submitTasks(TestMaster master, long knownId, int templateId, long upTo) {
        try (TestSession session = master.connect()) {
            long frameworkId = session.subscribe(knownId);
            session.registerTemplate(frameworkId, templateId);
            session.submit(frameworkId, upTo - 4, 5, templateId);
            session.await(TasksSubmittedDecoder.TEMPLATE_ID);
            return frameworkId;
        }
    }

    private static void assertKnown(TestMaster master, long frameworkId, int lastTemplateId, long lastTaskId) {
        try (TestSession session = master.connect()) {
            session.subscribeOnly(frameworkId);
            FrameworkSubscribedDecoder subscribed = session.subscribed();
            assertEquals(frameworkId, subscribed.frameworkId());
            assertEquals(lastTaskId, subscribed.lastTaskId());
            assertEquals(lastTemplateId, subscribed.lastTemplateId());
        }
    }
}

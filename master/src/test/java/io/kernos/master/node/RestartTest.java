package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.FrameworkSubscribedDecoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class RestartTest {

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

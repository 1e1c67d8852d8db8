package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.testing.LoggedErrors;
import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a journal goes on when the disk fails while it is written anew. */
class JournalRewriteTest {
    private static final long COMPACT_BYTES = 1 << 16;

    @TempDir
    Path folder;

    private final CoreHarness harness = new CoreHarness();
    private boolean isOpenFailing;
    private boolean isForceFailing;

    @Test
    void shouldGoOnInTheNewFileWhenItsNameCannotBeForcedToTheDisk() throws IOException {
        LoggedErrors.expect("cannot make the new journal");
        try (FileJournal journal = new FileJournal(folder, COMPACT_BYTES, this::open)) {
            AgentCore core = start(journal);
            isForceFailing = true;

            assertFalse(journal.rewrite(log -> core.snapshot(log, 9)));
            launch(core, 2);
        }
        assertEquals(2, liveCountWhenOpenedAgain());
    }

    @Test
    void shouldBeAsBeforeWhenTheFolderCannotBeOpened() throws IOException {
        try (FileJournal journal = new FileJournal(folder, COMPACT_BYTES, this::open)) {
            AgentCore core = start(journal);
            isOpenFailing = true;

            assertThrows(IOException.class, () -> journal.rewrite(log -> core.snapshot(log, 9)));
            launch(core, 2);
        }
        assertEquals(2, liveCountWhenOpenedAgain());
    }

    @Test
    void shouldSayThatAllIsDurableWhenItIs() throws IOException {
        try (FileJournal journal = new FileJournal(folder, COMPACT_BYTES, this::open)) {
            AgentCore core = start(journal);
            assertTrue(journal.rewrite(log -> core.snapshot(log, 9)));
        }
    }

    private FolderSync open(Path path) throws IOException {
        if (isOpenFailing) {
            throw new IOException("too many open files");
        }
        return new FolderSync() {
            @Override
            public void force() throws IOException {
                if (isForceFailing) {
                    throw new IOException("input/output error");
                }
            }

            @Override
            public void close() {
                // Nothing is open.
            }
        };
    }

    private AgentCore start(FileJournal journal) {
        AgentCore core = new AgentCore(journal, harness, harness, Counting.NONE, 1_000, 4_000, 100);
        JournalStart.open(journal, folder, core, 5);
        UnsafeBuffer template = TestMessages.template(1, 1, 100, "/bin/true");
        core.onDefineTemplate(template, 0, template.capacity());
        launch(core, 1);
        return core;
    }

    private static void launch(AgentCore core, long taskId) {
        UnsafeBuffer launch = TestMessages.launch(1, taskId, 1);
        core.onLaunch(launch, 0, launch.capacity(), 6);
    }

    private int liveCountWhenOpenedAgain() throws IOException {
        try (FileJournal journal = new FileJournal(folder, COMPACT_BYTES)) {
            AgentCore core = new AgentCore(journal, harness, harness, Counting.NONE, 1_000, 4_000, 100);
            JournalStart.open(journal, folder, core, 5);
            return core.liveCount();
        }
    }
}

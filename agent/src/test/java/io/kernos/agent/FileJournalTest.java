package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.isolation.ContainerExit;
import io.kernos.testing.LoggedErrors;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJournalTest {
    @TempDir
    Path folder;

    private final CoreHarness harness = new CoreHarness();

    private AgentCore open(FileJournal journal) {
        AgentCore core = new AgentCore(journal, harness, harness, Counting.NONE, 1_000, 4_000, 100);
        JournalStart.open(journal, folder, core, 5);
        return core;
    }

    private FileJournal journal() {
        return new FileJournal(folder, 1 << 16);
    }

    private static void define(AgentCore core) {
        UnsafeBuffer template = TestMessages.template(1, 1, 100, "/bin/true");
        core.onDefineTemplate(template, 0, template.capacity());
    }

    private static void launch(AgentCore core, long taskId) {
        UnsafeBuffer launch = TestMessages.launch(1, taskId, 1);
        core.onLaunch(launch, 0, launch.capacity(), 6);
    }

    @Test
    void shouldRestoreTasksWhenOpenedAgainAndAgain() throws IOException {
        try (FileJournal journal = journal()) {
            AgentCore core = open(journal);
            core.onRegistered(4, 40);
            define(core);
            launch(core, 1);
            launch(core, 2);
        }
        for (int life = 0; life < 3; life++) {
            try (FileJournal journal = journal()) {
                AgentCore core = open(journal);
                assertEquals(2 + life, core.liveCount());
                assertEquals(4, core.agentId());
                launch(core, 3 + life);
            }
        }
    }

    @Test
    void shouldGoOnWhenLastRecordIsTorn() throws IOException {
        try (FileJournal journal = journal()) {
            AgentCore core = open(journal);
            define(core);
            launch(core, 1);
            launch(core, 2);
        }
        Path file = folder.resolve(FileJournal.FILE);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 5));
        try (FileJournal journal = journal()) {
            AgentCore core = open(journal);
            assertEquals(1, core.liveCount());
            assertFalse(core.journalDamaged());
            launch(core, 3);
        }
        try (FileJournal journal = journal()) {
            assertEquals(2, open(journal).liveCount());
        }
    }

    @Test
    void shouldKeepCopyWhenDamagedAndKnowItInTheNextLifeToo() throws IOException {
        LoggedErrors.expect("is damaged at byte");
        try (FileJournal journal = journal()) {
            AgentCore core = open(journal);
            define(core);
            launch(core, 1);
            launch(core, 2);
        }
        Path file = folder.resolve(FileJournal.FILE);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 70] ^= 1;
        Files.write(file, bytes);
        for (int life = 0; life < 2; life++) {
            try (FileJournal journal = journal()) {
                assertTrue(open(journal).journalDamaged());
            }
        }
        assertTrue(Files.exists(folder.resolve("journal.damaged")));
    }

    @Test
    void shouldBeginAnewWhenGrown() throws IOException {
        try (FileJournal journal = journal()) {
            AgentCore core = open(journal);
            core.onTime(1, 1);
            core.onRecoveryComplete();
            define(core);
            long taskId = 0;
            while (!journal.wantsRewrite()) {
                launch(core, ++taskId);
                core.onKill(1, taskId, 0);
                core.onStarted(1, taskId, 1, 1, 1, 1);
                core.onExited(1, taskId, new ContainerExit(0, 9, false, false, 0, 0, 0, 1));
                core.onStatusAck(1, taskId, TaskState.KILLED);
            }
            launch(core, ++taskId);
            journal.rewrite(log -> core.snapshot(log, 9));
            assertFalse(journal.wantsRewrite());
            assertTrue(Files.size(folder.resolve(FileJournal.FILE)) < 1_000);
            launch(core, ++taskId);
        }
        try (FileJournal journal = journal()) {
            AgentCore core = open(journal);
            assertEquals(2, core.liveCount());
            assertNull(core.task(1, 1));
        }
    }

    @Test
    void shouldRefuseWhenLaterVersionWroteIt() throws IOException {
        byte[] header = JournalFormat.header().array();
        header[8] = 9;
        header[12] = ~9;
        Files.write(folder.resolve(FileJournal.FILE), header, StandardOpenOption.CREATE);
        try (FileJournal journal = journal()) {
            UnsupportedOperationException thrown =
                    assertThrows(UnsupportedOperationException.class, () -> open(journal));
            assertTrue(thrown.getMessage().contains("version 9"));
        }
    }
}

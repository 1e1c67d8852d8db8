package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kernos.isolation.ContainerExit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class JournalStartTest {
    @TempDir
    Path folder;

    private final Logger logger = (Logger) LoggerFactory.getLogger(JournalStart.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private Level level;

    @BeforeEach
    void record() {
        level = logger.getLevel();
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void restore() {
        logger.detachAppender(lines);
        logger.setLevel(level);
    }

    @Test
    void shouldTellHowManyTasksLiveWhenAJournalIsOpenedAgain() throws IOException {
        openAndAdd(core -> {
            core.onRegistered(4, 40);
            UnsafeBuffer template = TestMessages.template(1, 1, 100, "/bin/true");
            core.onDefineTemplate(template, 0, template.capacity());
            launch(core, 1);
            launch(core, 2);
            core.onExited(1, 1, new ContainerExit(0, 0, false, false, 0, 0, 0, 7));
        });
        assertEquals(List.of(), told());

        openAndAdd(core -> {});
        assertEquals(List.of("2 tasks, 1 of them live"), told());
    }

    private interface Action {
        void on(AgentCore core);
    }

    private void openAndAdd(Action action) throws IOException {
        CoreHarness harness = new CoreHarness();
        try (FileJournal journal = new FileJournal(folder, 1 << 16)) {
            AgentCore core = new AgentCore(journal, harness, harness, Counting.NONE, 1_000, 4_000, 100);
            JournalStart.open(journal, folder, core, 5);
            action.on(core);
        }
    }

    private static void launch(AgentCore core, long taskId) {
        UnsafeBuffer launch = TestMessages.launch(1, taskId, 1);
        core.onLaunch(launch, 0, launch.capacity(), 6);
    }

    private List<String> told() {
        return lines.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .map(line -> line.replaceFirst(".* records: ", ""))
                .toList();
    }
}

package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.codecs.FrameworkSubscribedDecoder;
import io.kernos.transport.codecs.MessageHeaderDecoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class KillTest {
    private static final int KILLS = 3;
    private static final int SUBMITS = 100;
    private static final int TASKS = 10;

    @Test
    void shouldHaveLostNothingItAnsweredWhenItIsKilledAndStartedAgain(@TempDir Path folder) throws Exception {
        int port = FreePorts.find(6);
        String aeronDirectory = MasterContext.aeronDirectoryOf(folder).toString();
        long frameworkId = 0;
        long answeredId = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (MasterProcess master = MasterProcess.start(folder, port);
                    TestSession session = TestSession.connect(aeronDirectory)) {
                session.subscribeOnly(frameworkId);
                FrameworkSubscribedDecoder subscribed = session.subscribed();
                frameworkId = subscribed.frameworkId();
                long knownId = subscribed.lastTaskId();
                assertTrue(knownId >= answeredId, "answered up to " + answeredId + ", known up to " + knownId);
                assertEquals(0, knownId % TASKS, "a submit is known as a whole or not at all");
                assertEquals(kill, subscribed.lastTemplateId());
                session.registerTemplate(frameworkId, kill + 1);
                answeredId = submit(session, frameworkId, kill + 1, knownId);
                master.kill();
            }
        }
    }

    /** Kills come in the midst of submits: the last that was answered is the last that must be known. */
    private static long submit(TestSession session, long frameworkId, int templateId, long from) {
        for (int i = 0; i < SUBMITS; i++) {
            session.submit(frameworkId, from + (long) i * TASKS + 1, TASKS, templateId);
        }
        long last = 0;
        while (last < from + (long) SUBMITS / 2 * TASKS) {
            byte[] message = session.await(TasksSubmittedDecoder.TEMPLATE_ID);
            TasksSubmittedDecoder submitted = new TasksSubmittedDecoder()
                    .wrapAndApplyHeader(new UnsafeBuffer(message), 0, new MessageHeaderDecoder());
            last = submitted.firstTaskId() + submitted.count() - 1;
        }
        return last;
    }
}

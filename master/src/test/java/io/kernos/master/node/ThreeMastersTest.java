package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.IdleProfile;
import io.kernos.transport.codecs.FrameworkSubscribedDecoder;
import io.kernos.transport.codecs.TasksSubmittedDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ThreeMastersTest {
    private static final int MASTERS = 3;
    private static final int PORTS = 5;

    @Test
    void shouldKnowWhatWasAnsweredAndGoOnWhenTheLeaderWasClosed(@TempDir Path folder) {
        int port = FreePorts.find(MASTERS * PORTS);
        List<MasterNode> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < MASTERS; i++) {
                nodes.add(MasterNode.launch(context(folder, port, i)));
            }
            MasterNode first = leader(nodes);
            long frameworkId = submit(first);

            nodes.remove(first);
            first.close();
            MasterNode second = leader(nodes);
            try (TestSession session =
                    TestSession.connect(second.context().transport().aeronDirectory())) {
                session.subscribeOnly(frameworkId);
                FrameworkSubscribedDecoder subscribed = session.subscribed();
                assertEquals(frameworkId, subscribed.frameworkId());
                assertEquals(10, subscribed.lastTaskId());
                assertEquals(1, subscribed.lastTemplateId());
                session.submit(frameworkId, 11, 10, 1);
                session.await(TasksSubmittedDecoder.TEMPLATE_ID);
            }
        } finally {
            CloseHelper.closeAll(nodes);
        }
    }

    private static MasterContext context(Path folder, int port, int memberId) {
        StringBuilder members = new StringBuilder();
        for (int i = 0; i < MASTERS; i++) {
            members.append(i == 0 ? "" : ",").append("localhost:").append(port + i * PORTS);
        }
        MasterContext context = new MasterContext()
                .directory(folder.resolve("master-" + memberId))
                .memberId(memberId)
                .members(members.toString())
                .relayEnabled(false)
                .idleProfile(IdleProfile.ECO);
        context.consensus().leaderHeartbeatTimeoutMs(2_000).startupCanvassTimeoutMs(10_000);
        return context;
    }

    private static MasterNode leader(List<MasterNode> nodes) {
        long deadlineNs = System.nanoTime() + TestMaster.TIMEOUT_MS * 1_000_000;
        while (System.nanoTime() - deadlineNs < 0) {
            for (MasterNode node : nodes) {
                if (node.awaitLeader(1)) {
                    return node;
                }
            }
        }
        throw new AssertionError("no leader in time");
    }

    private static long submit(MasterNode leader) {
        try (TestSession session =
                TestSession.connect(leader.context().transport().aeronDirectory())) {
            long frameworkId = session.subscribe(0);
            session.registerTemplate(frameworkId, 1);
            session.submit(frameworkId, 1, 10, 1);
            session.await(TasksSubmittedDecoder.TEMPLATE_ID);
            assertTrue(frameworkId > 0);
            return frameworkId;
        }
    }
}

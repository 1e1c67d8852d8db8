package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.agent.AgentContext;
import io.kernos.agent.AgentNode;
import io.kernos.client.KernosClient;
import io.kernos.client.SessionContext;
import io.kernos.client.Submission;
import io.kernos.client.TaskTemplate;
import io.kernos.master.node.MasterContext;
import io.kernos.master.node.MasterNode;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.TransportContext;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A master, and an agent that keeps fewer templates than are in use. */
@Timeout(300)
class ForgottenTemplatesTest {
    private static final long TIMEOUT_MS = 120_000;
    private static final int KEPT = 2;
    private static final int USED = 5;
    private static final int ROUNDS = 4;

    @TempDir
    Path folder;

    @Test
    void shouldRunEachTaskOnceWhenAgentForgetsTemplates() throws IOException {
        LocalPorts ports = LocalPorts.of(0);
        String relay = "localhost:" + ports.relay();
        try (MasterNode master = MasterNode.launch(new MasterContext()
                .directory(folder.resolve("master"))
                .members("localhost:" + ports.master())
                .transport(new TransportContext().aeronDirectory(null).relayEndpoint(relay))
                .idleProfile(IdleProfile.BALANCED))) {
            assertTrue(master.awaitLeader(TIMEOUT_MS));
            AgentNode agent = AgentNode.launch(new AgentContext()
                    .workDirectory(folder.resolve("agent"))
                    .aeronDirectory(master.context().transport().aeronDirectory())
                    .relayEndpoints(List.of(relay))
                    .cpusMilli(4_000)
                    .maxTemplates(KEPT)
                    .reconnectMs(20, 100)
                    .idleProfile(IdleProfile.BALANCED));
            try {
                assertEquals(runAll(ports), record());
            } finally {
                agent.close(true);
            }
        }
    }

    /** Returns the ids of the tasks that were submitted. */
    private List<String> runAll(LocalPorts ports) {
        SessionContext context = new SessionContext().ingressEndpoints("0=localhost:" + ports.master());
        List<Submission> submissions = new ArrayList<>();
        try (KernosClient client = KernosClient.connect(context, TIMEOUT_MS)) {
            int[] templateIds = new int[USED];
            for (int i = 0; i < USED; i++) {
                templateIds[i] = client.registerTemplate(template(i), TIMEOUT_MS);
            }
            for (int i = 0; i < ROUNDS * USED; i++) {
                submissions.add(client.submit(templateIds[i % USED], 1, update -> {}, TIMEOUT_MS));
            }
            for (Submission submission : submissions) {
                assertTrue(submission.await(TIMEOUT_MS));
                assertEquals(TaskState.FINISHED, submission.state(0));
            }
        }
        return submissions.stream()
                .map(submission -> Long.toString(submission.firstTaskId()))
                .sorted()
                .toList();
    }

    private TaskTemplate template(int number) {
        return TaskTemplate.builder()
                .command("/bin/sh", "-c", "echo $KERNOS_TASK_ID >> \"$RECORD\"")
                .environment("RECORD", folder.resolve("record").toString())
                .environment("NUMBER", Integer.toString(number))
                .cpusMilli(500)
                .memoryBytes(16 << 20)
                .build();
    }

    private List<String> record() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("record"))) {
            return lines.sorted().toList();
        }
    }
}

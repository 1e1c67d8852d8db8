package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.codecs.RefusalCode;
import io.kernos.transport.codecs.TaskState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** An agent with a real supervisor and a master that does not take it as it is. */
class AgentRefusedTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(MasterLink.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path folder;

    private TestRelay relay;
    private AgentNode agent;

    @BeforeEach
    void start() {
        log.start();
        logger.addAppender(log);
        relay = new TestRelay(folder, "aeron");
        agent = AgentNode.launch(new AgentContext()
                .workDirectory(folder.resolve("agent"))
                .aeronDirectory(relay.aeronDirectory())
                .relayEndpoints(List.of(relay.endpoint()))
                .statusRetryMs(200)
                .reconnectMs(10, 50)
                .idleProfile(IdleProfile.BALANCED));
        relay.awaitRegistration(1);
    }

    @AfterEach
    void stop() {
        agent.close(true);
        relay.close();
        logger.detachAppender(log);
    }

    @Test
    void shouldSayWhyWhenItIsRefused() {
        relay.refuse(RefusalCode.LIMIT_REACHED, "the limit maxAgents=1 is reached; raise it");
        relay.awaitRegistration(2);
        agent.close(true);

        List<String> said =
                log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertTrue(
                said.stream()
                        .anyMatch(line -> line.contains(
                                "the master refuses this agent: LIMIT_REACHED: the limit maxAgents=1 is reached")),
                () -> said.toString());
        assertFalse(said.stream().anyMatch(line -> line.contains("did not answer")), () -> said.toString());
    }

    @Test
    void shouldEndItsTasksAndJoinAnewWhenTheClusterIsAnother() {
        relay.define(1, 500, "/bin/sleep", "1000");
        relay.launch(1, 1);
        relay.awaitRunning(1);
        relay.statuses.clear();

        relay.clusterId++;
        relay.registerAgain();
        relay.awaitRegistration(2);

        assertEquals(1, relay.refusals);
        assertEquals(0, relay.registeredAs);
        assertEquals(0, relay.registeredOf);
        assertEquals(Map.of(), relay.listed);
        assertEquals(List.of(), relay.statuses, "the end of a task that is none of its");
        relay.define(1, 500, "/bin/true");
        relay.launch(1, 1);
        assertEquals(TaskState.FINISHED, relay.awaitEnd(1).state());
        relay.registerAgain();
        relay.awaitRegistration(3);
        assertEquals(relay.clusterId, relay.registeredOf);
    }
}

package io.kernos.agent;

import io.aeron.Aeron;
import io.kernos.isolation.Containerizer;
import org.agrona.CloseHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent is made of, in the hands of its duty cycle.
 */
record AgentParts(
        Aeron aeron,
        AgentCounters counters,
        FileJournal journal,
        Containerizer containerizer,
        ContainerLauncher launcher,
        AgentCore core,
        SupervisorKeeper supervisor,
        MasterLink link,
        SandboxServer sandboxServer) {

    private static final Logger LOG = LoggerFactory.getLogger(AgentParts.class);

    /** Ends the supervisor with all tasks when that is wanted; else it goes on by itself. */
    void closeOrderly(boolean stopTasks) {
        if (!stopTasks) {
            return;
        }
        try {
            containerizer.shutdown();
        } catch (RuntimeException ex) {
            LOG.error("cannot end the supervisor: {}", ex.getMessage());
        }
    }

    void close() {
        CloseHelper.closeAll(containerizer, link, sandboxServer, journal);
    }
}

package io.kernos.cli;

import io.kernos.agent.AgentContext;
import io.kernos.transport.IdleProfile;
import java.nio.file.Path;

/**
 * Settings of a cluster on one machine.
 *
 * @param home        its folder, made and checked.
 * @param idleProfile how its threads idle.
 * @param ports       of its parts.
 * @param cpusMilli   processors to offer, or {@link AgentContext#DISCOVER}.
 * @param memoryBytes memory to offer, or {@link AgentContext#DISCOVER}.
 * @param sandboxMaxCount how many sandboxes of ended tasks are kept at most.
 */
record LocalClusterContext(
        Path home, IdleProfile idleProfile, LocalPorts ports, long cpusMilli, long memoryBytes, int sandboxMaxCount) {
    /** How many sandboxes of ended tasks are kept where no option says otherwise. */
    static final int SANDBOXES = 10_000;

    /** Name of the master's folder in that of the cluster. */
    static final String MASTER_FOLDER = "master";

    /** Name of the agent's folder in that of the cluster. */
    static final String AGENT_FOLDER = "agent";

    Path masterDirectory() {
        return home.resolve(MASTER_FOLDER);
    }

    Path agentDirectory() {
        return home.resolve(AGENT_FOLDER);
    }

    Path logFile() {
        return home.resolve("kernos.log");
    }
}

package io.kernos.cli;

import io.kernos.agent.AgentContext;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.SettingException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/**
 * Settings of a cluster on one machine.
 *
 * @param home        its folder, made and checked.
 * @param idleProfile how its threads idle.
 * @param ports       of its parts.
 * @param cpusMilli   processors to offer, or {@link AgentContext#DISCOVER}.
 * @param memoryBytes memory to offer, or {@link AgentContext#DISCOVER}.
 * @param user        that tasks run as whose framework names nobody; empty: whoever runs the cluster.
 * @param sandboxMaxCount how many sandboxes of ended tasks are kept at most.
 */
record LocalClusterContext(
        Path home,
        IdleProfile idleProfile,
        LocalPorts ports,
        long cpusMilli,
        long memoryBytes,
        String user,
        int sandboxMaxCount) {
    private static final long MOST_CPUS_MILLI = 1_000_000_000L;

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

    /** Refuses what no agent can be started with, before anything is made. */
    void check() {
        if (cpusMilli == 0 || cpusMilli > MOST_CPUS_MILLI) {
            throw new SettingException("--cpus", Quantities.cpus(cpusMilli), "use 0.001 to 1000000");
        }
        if (memoryBytes != AgentContext.DISCOVER) {
            Quantities.requireUsable("--mem", memoryBytes);
        }
        String self = System.getProperty("user.name");
        if (user.isEmpty() || user.equals(self)) {
            return;
        }
        if (!self.equals("root")) {
            throw new SettingException("--user", user, "only root can run tasks as another user: leave it out");
        }
        if (!isKnown(user)) {
            throw new SettingException("--user", user, "is not known on this machine: create it, or name another");
        }
    }

    private static boolean isKnown(String user) {
        try {
            FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
            return true;
        } catch (IOException ex) {
            return false;
        }
    }

    Path logFile() {
        return home.resolve("kernos.log");
    }
}

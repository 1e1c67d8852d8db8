package io.kernos.agent;

import java.util.Map;

/**
 * What an agent tells of itself when it registers.
 *
 * @param instanceId     random, one a life of the agent's process.
 * @param hostname       name of the machine.
 * @param cpusMilli      processors, thousandths.
 * @param memoryBytes    memory.
 * @param diskBytes      disk.
 * @param gpusMilli      GPUs, thousandths.
 * @param firstPort      first port, 0 for none.
 * @param lastPort       last port, inclusive.
 * @param attributes     names and values.
 * @param sandboxChannel where clients read sandboxes; empty for nowhere.
 */
record AgentDescription(
        long instanceId,
        String hostname,
        long cpusMilli,
        long memoryBytes,
        long diskBytes,
        long gpusMilli,
        int firstPort,
        int lastPort,
        Map<String, String> attributes,
        String sandboxChannel) {

    /** Copies the attributes. */
    AgentDescription {
        attributes = Map.copyOf(attributes);
    }
}

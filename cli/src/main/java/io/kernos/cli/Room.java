package io.kernos.cli;

import io.kernos.master.store.AgentView;
import io.kernos.master.store.RangeView;
import io.kernos.transport.ResourceKind;
import io.kernos.transport.codecs.AgentState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much a task asks for, or an agent has in all.
 *
 * @param cpusMilli   thousandths of a processor.
 * @param memoryBytes bytes of memory.
 * @param diskBytes   bytes of disk.
 * @param portCount   how many ports.
 */
record Room(long cpusMilli, long memoryBytes, long diskBytes, long portCount) {
    /**
     * What an agent has when nothing runs on it.
     *
     * @param agent to look at.
     * @return its room.
     */
    static Room of(AgentView agent) {
        long[] totals = new long[ResourceKind.SCALAR_COUNT];
        for (AgentView.Amount amount : agent.amounts()) {
            if (amount.kind() < totals.length) {
                totals[amount.kind()] = amount.total();
            }
        }
        long ports = agent.ranges().stream()
                .filter(range -> range.kind() == ResourceKind.PORTS)
                .mapToLong(Room::length)
                .sum();
        return new Room(totals[ResourceKind.CPUS], totals[ResourceKind.MEMORY], totals[ResourceKind.DISK], ports);
    }

    private static long length(RangeView range) {
        return range.end() - range.begin() + 1;
    }

    /** Whether this much has room in another. */
    boolean fits(Room whole) {
        return cpusMilli <= whole.cpusMilli
                && memoryBytes <= whole.memoryBytes
                && diskBytes <= whole.diskBytes
                && portCount <= whole.portCount;
    }

    /**
     * Says what is wrong where no agent could ever hold a task that asks for this.
     *
     * @param all agents that there are.
     * @return what is asked for, what there is, and what comes of it; null where an agent is large enough.
     */
    String complaint(List<AgentView> all) {
        List<AgentView> agents = all.stream()
                .filter(agent -> agent.state() != AgentState.REMOVED)
                .toList();
        if (agents.stream().map(Room::of).anyMatch(this::fits)) {
            return null;
        }
        if (agents.isEmpty()) {
            return "there is no agent: the task waits until one comes that has " + this;
        }
        AgentView largest = agents.stream()
                .max(Comparator.comparing(
                        Room::of, Comparator.comparingLong(Room::cpusMilli).thenComparingLong(Room::memoryBytes)))
                .orElseThrow();
        return "no agent is large enough: the task asks for " + this + "; the largest, agent " + largest.agentId()
                + " on " + largest.hostname() + ", has " + Room.of(largest)
                + "; the task waits until a larger one comes";
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        parts.add(Quantities.cpus(cpusMilli) + " cpus");
        parts.add(Quantities.bytes(memoryBytes) + " of memory");
        if (diskBytes > 0) {
            parts.add(Quantities.bytes(diskBytes) + " of disk");
        }
        if (portCount > 0) {
            parts.add(portCount + " ports");
        }
        return String.join(", ", parts);
    }
}

package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.kernos.master.store.AgentView;
import io.kernos.master.store.RangeView;
import io.kernos.transport.ResourceKind;
import io.kernos.transport.codecs.AgentState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoomTest {
    private static final long GIB = 1L << 30;

    @Test
    void shouldSayNothingWhenOneAgentIsLargeEnough() {
        List<AgentView> agents =
                List.of(agent(1, AgentState.ACTIVE, 2_000, GIB), agent(2, AgentState.ACTIVE, 4_000, GIB));
        assertNull(new Room(4_000, GIB, 0, 1_001).complaint(agents));
    }

    @Test
    void shouldNameWhatIsAskedForAndTheLargestAgentWhenNoneIsLargeEnough() {
        List<AgentView> agents =
                List.of(agent(1, AgentState.ACTIVE, 2_000, GIB), agent(2, AgentState.ACTIVE, 4_000, GIB));
        assertEquals(
                "no agent is large enough: the task asks for 4.5 cpus, 64m of memory; the largest, agent 2 on host2,"
                        + " has 4 cpus, 1g of memory, 1001 ports; the task waits until a larger one comes",
                new Room(4_500, 64 << 20, 0, 0).complaint(agents));
    }

    @Test
    void shouldCountPortsAndDisk() {
        List<AgentView> agents = List.of(agent(1, AgentState.ACTIVE, 2_000, GIB));
        assertEquals(false, new Room(1, 1, 0, 1_002).complaint(agents) == null);
        assertEquals(false, new Room(1, 1, 1, 0).complaint(agents) == null);
    }

    @Test
    void shouldCountAgentsThatMayComeBackAndNoneThatAreRemoved() {
        Room asked = new Room(1_000, 1, 0, 0);
        assertNull(asked.complaint(List.of(agent(1, AgentState.DISCONNECTED, 2_000, GIB))));
        assertEquals(
                "there is no agent: the task waits until one comes that has 1 cpus, 1 of memory",
                asked.complaint(List.of(agent(1, AgentState.REMOVED, 2_000, GIB))));
    }

    private static AgentView agent(long agentId, AgentState state, long cpusMilli, long memoryBytes) {
        return new AgentView(
                agentId,
                "host" + agentId,
                state,
                1,
                1,
                1,
                0,
                1,
                0,
                List.of(
                        new AgentView.Amount(ResourceKind.CPUS, cpusMilli, cpusMilli, 0),
                        new AgentView.Amount(ResourceKind.MEMORY, memoryBytes, 0, 0)),
                List.of(new RangeView(ResourceKind.PORTS, 31_000, 32_000)),
                Map.of(),
                "");
    }
}

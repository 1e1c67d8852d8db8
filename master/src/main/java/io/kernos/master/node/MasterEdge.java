package io.kernos.master.node;

import io.aeron.Aeron;
import io.kernos.master.relay.RelayAgent;
import io.kernos.master.relay.RelayContext;
import io.kernos.transport.EpochTime;
import java.util.ArrayList;
import java.util.List;
import org.agrona.CloseHelper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;

/** What a master does beside its cluster: the relay for its agents, where it has one, and asking for snapshots. */
final class MasterEdge implements AutoCloseable {
    private final MasterContext context;
    private final Aeron aeron;
    private final Agent agent;

    /**
     * Connects the relay to the media driver.
     *
     * @param context of the master.
     * @param control of the consensus module.
     * @param driver  to be invoked while an answer of it is awaited; null where it has a thread.
     */
    MasterEdge(MasterContext context, ModuleControl control, AgentInvoker driver) {
        this.context = context;
        List<Agent> agents = new ArrayList<>();
        agents.add(new SnapshotAgent(
                control, SystemEpochClock.INSTANCE, context.consensus().snapshotIntervalMs()));
        if (context.relayEnabled()) {
            aeron = Aeron.connect(new Aeron.Context()
                    .aeronDirectoryName(context.transport().aeronDirectory())
                    .useConductorAgentInvoker(true)
                    .driverAgentInvoker(driver)
                    .clientName("kernos-relay")
                    .errorHandler(context.errorHandler()));
            agents.add(new RelayAgent(relayContext(), aeron, SystemNanoClock.INSTANCE, EpochTime.CLOCK));
        } else {
            aeron = null;
        }
        agent = new CompositeAgent(agents);
    }

    Agent agent() {
        return agent;
    }

    /** With one master the relay reaches it through shared memory; with several it must find the leader. */
    private RelayContext relayContext() {
        return new RelayContext()
                .transport(context.transport())
                .idleProfile(context.idleProfile())
                .name("master-" + context.memberId())
                .ingressEndpoints(
                        context.memberList().size() == 1
                                ? null
                                : context.memberList().ingressEndpoints())
                .errorHandler(context.errorHandler())
                .conclude();
    }

    /** Once its agent was closed. */
    @Override
    public void close() {
        CloseHelper.quietClose(aeron);
    }
}

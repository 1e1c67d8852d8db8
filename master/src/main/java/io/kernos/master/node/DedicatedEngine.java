package io.kernos.master.node;

import io.aeron.archive.Archive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.service.ClusteredServiceContainer;
import io.aeron.driver.MediaDriver;
import io.kernos.master.cluster.MasterService;
import java.util.ArrayDeque;
import java.util.Deque;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;

/** Each part on a thread of its own. */
final class DedicatedEngine implements ClusterEngine {
    private final MasterContext context;
    private final ClusterLaunch launch;
    private final MasterService service;
    /** What to close, the last opened first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    DedicatedEngine(MasterContext context, ClusterLaunch launch, MasterService service) {
        this.context = context;
        this.launch = launch;
        this.service = service;
    }

    @Override
    public ModuleControl open() {
        keep(MediaDriver.launch(launch.driver()));
        keep(Archive.launch(launch.archive()));
        keep(ClusteredServiceContainer.launch(launch.serviceContainer(service)));
        ConsensusModule module = keep(ConsensusModule.launch(launch.consensusModule()));
        ModuleControl control = new ModuleControl(module.context(), service::snapshotPosition);
        MasterEdge edge = keep(new MasterEdge(context, control, null));
        AgentRunner runner =
                keep(new AgentRunner(context.idleProfile().strategy(), context.errorHandler(), null, edge.agent()));
        AgentRunner.startOnThread(runner);
        return control;
    }

    private <T extends AutoCloseable> T keep(T part) {
        opened.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            CloseHelper.close(context.errorHandler(), opened.pop());
        }
    }
}

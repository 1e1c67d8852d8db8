package io.kernos.master.node;

import io.aeron.Aeron;
import io.aeron.archive.Archive;
import io.aeron.cluster.ConsensusModule;
import io.aeron.driver.MediaDriver;
import io.kernos.master.cluster.MasterService;
import java.util.concurrent.CountDownLatch;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;

/**
 * Media driver, archive, consensus module and edge in turn. Whatever waits in one of them has those go on that it waits
 * for: the module invokes the archive and the driver, the archive and all clients on this thread the driver.
 */
final class SharedDutyCycle implements Agent {
    private final CountDownLatch driverUp = new CountDownLatch(1);
    private final CountDownLatch containerUp = new CountDownLatch(1);
    private final CountDownLatch moduleUp = new CountDownLatch(1);
    private final CountDownLatch moduleEnded = new CountDownLatch(1);
    private final MasterContext context;
    private final ClusterLaunch launch;
    private final MasterService service;
    private MediaDriver driver;
    private Archive archive;
    private AgentInvoker ground;
    private Aeron aeron;
    private ConsensusModule module;
    private ModuleControl control;
    private MasterEdge edge;
    private volatile Throwable failure;
    private volatile boolean isEnding;

    SharedDutyCycle(MasterContext context, ClusterLaunch launch, MasterService service) {
        this.context = context;
        this.launch = launch;
        this.service = service;
    }

    CountDownLatch driverUp() {
        return driverUp;
    }

    CountDownLatch moduleUp() {
        return moduleUp;
    }

    CountDownLatch moduleEnded() {
        return moduleEnded;
    }

    void containerUp() {
        containerUp.countDown();
    }

    /** Has the module and the edge end, while the driver and the archive go on. */
    void endModule() {
        isEnding = true;
    }

    ModuleControl control() {
        return control;
    }

    /** Throws what made the start fail. */
    void requireNoFailure() {
        if (failure != null) {
            LangUtil.rethrowUnchecked(failure);
        }
    }

    @Override
    public void onStart() {
        try {
            startGround();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void startGround() {
        driver = MediaDriver.launch(launch.invokedDriver());
        archive = Archive.launch(launch.invokedArchive(driver.sharedAgentInvoker()));
        ground = new AgentInvoker(context.errorHandler(), null, new Ground(driver, archive));
        ground.start();
        driverUp.countDown();
    }

    private void fail(Throwable reason) {
        failure = reason;
        driverUp.countDown();
        moduleUp.countDown();
    }

    @Override
    public int doWork() throws Exception {
        int workCount = ground == null ? 0 : ground.invoke();
        if (isEnding) {
            return workCount + endModuleOnce();
        }
        if (failure != null) {
            return workCount;
        }
        if (module == null) {
            return containerUp.getCount() == 0 ? startModule() : workCount;
        }
        return workCount
                + module.conductorAgentInvoker().invoke()
                + edge.agent().doWork();
    }

    /** Returns once the state machine has recovered, which the module waits for. */
    private int startModule() {
        try {
            aeron = launch.moduleClient(ground);
            module = ConsensusModule.launch(launch.invokedConsensusModule(aeron, ground));
            control = new ModuleControl(module.context(), service::snapshotPosition);
            edge = new MasterEdge(context, control, driver.sharedAgentInvoker());
            edge.agent().onStart();
            moduleUp.countDown();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
        return 1;
    }

    private int endModuleOnce() {
        if (moduleEnded.getCount() == 0) {
            return 0;
        }
        closeModule();
        moduleEnded.countDown();
        return 1;
    }

    private void closeModule() {
        if (edge != null) {
            closeAgent(edge.agent());
        }
        CloseHelper.closeAll(context.errorHandler(), edge, module, aeron);
        edge = null;
        module = null;
        aeron = null;
    }

    private void closeAgent(Agent agent) {
        try {
            agent.onClose();
        } catch (RuntimeException e) {
            context.errorHandler().onError(e);
        }
    }

    @Override
    public void onClose() {
        closeModule();
        moduleEnded.countDown();
        CloseHelper.closeAll(context.errorHandler(), archive, driver);
    }

    @Override
    public String roleName() {
        return "kernos-cluster";
    }

    /** What the others stand on. */
    private record Ground(MediaDriver driver, Archive archive) implements Agent {
        @Override
        public int doWork() {
            return driver.sharedAgentInvoker().invoke() + archive.invoker().invoke();
        }

        @Override
        public String roleName() {
            return "kernos-ground";
        }
    }
}

package io.kernos.master.node;

import io.aeron.cluster.service.ClusteredServiceContainer;
import io.kernos.master.cluster.MasterService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;

/**
 * All parts but the state machine on one thread. That has its own, for the consensus module waits for it at
 * times, and a driver or an archive that did not go on meanwhile would be waited for in a circle.
 */
final class SharedEngine implements ClusterEngine {
    private static final long CHECK_MS = 10;

    private final MasterContext context;
    private final ClusterLaunch launch;
    private final MasterService service;
    private final SharedDutyCycle dutyCycle;
    private final AgentRunner runner;
    private ClusteredServiceContainer container;
    private boolean isStarted;

    SharedEngine(MasterContext context, ClusterLaunch launch, MasterService service) {
        this.context = context;
        this.launch = launch;
        this.service = service;
        dutyCycle = new SharedDutyCycle(context, launch, service);
        runner = new AgentRunner(context.idleProfile().strategy(), context.errorHandler(), null, dutyCycle);
    }

    @Override
    public ModuleControl open() {
        isStarted = true;
        AgentRunner.startOnThread(runner);
        await(dutyCycle.driverUp());
        dutyCycle.requireNoFailure();
        container = ClusteredServiceContainer.launch(launch.serviceContainer(service));
        dutyCycle.containerUp();
        await(dutyCycle.moduleUp());
        dutyCycle.requireNoFailure();
        return dutyCycle.control();
    }

    /** The container is closed while the driver and the archive still run, for it tells them so. */
    @Override
    public void close() {
        if (isStarted) {
            dutyCycle.endModule();
            await(dutyCycle.moduleEnded());
        }
        CloseHelper.close(context.errorHandler(), container);
        CloseHelper.close(context.errorHandler(), runner);
    }

    private void await(CountDownLatch latch) {
        boolean isInterrupted = false;
        while (!runner.isClosed()) {
            try {
                if (latch.await(CHECK_MS, TimeUnit.MILLISECONDS)) {
                    break;
                }
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

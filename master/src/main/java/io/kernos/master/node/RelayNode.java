package io.kernos.master.node;

import io.aeron.Aeron;
import io.aeron.driver.MediaDriver;
import io.kernos.master.relay.RelayAgent;
import io.kernos.master.relay.RelayContext;
import io.kernos.transport.DriverFactory;
import io.kernos.transport.EpochTime;
import io.kernos.transport.SettingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.agrona.CloseHelper;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.SystemNanoClock;

/**
 * A relay as one process with a media driver of its own: for clusters whose agents are too many for the relays that the
 * masters embed. It may be stopped and started at any time; its agents register again.
 */
public final class RelayNode implements AutoCloseable {
    private final RelayContext context;
    private final CountDownLatch terminated = new CountDownLatch(1);
    /** What to close, the last opened first. */
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    private RelayNode(RelayContext context) {
        this.context = context;
    }

    /**
     * Start a relay; returns at once, while it looks for the master.
     *
     * @param context its settings; concluded here, with its transport.
     * @return the relay; close it to end it.
     * @throws SettingException when a setting is wrong.
     */
    public static RelayNode launch(RelayContext context) {
        SettingException.check(
                context.ingressEndpoints() != null, "ingressEndpoints", null, "name the masters of the cluster");
        context.transport().conclude();
        RelayNode node = new RelayNode(context.conclude());
        try {
            node.open();
            return node;
        } catch (RuntimeException | Error e) {
            node.close();
            throw e;
        }
    }

    private void onError(Throwable error) {
        context.errorHandler().onError(error);
        if (error instanceof AgentTerminationException) {
            terminated.countDown();
        }
    }

    /** Wait until the relay ends by itself, which it does when it cannot go on, or is closed. */
    public void awaitTermination() {
        try {
            terminated.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void open() {
        Leftovers.removeDriver(context.transport().aeronDirectory());
        opened.push(MediaDriver.launch(
                DriverFactory.context(context.transport(), context.idleProfile(), context.errorHandler())));
        Aeron aeron = Aeron.connect(new Aeron.Context()
                .aeronDirectoryName(context.transport().aeronDirectory())
                .useConductorAgentInvoker(true)
                .clientName("kernos-relay")
                .errorHandler(context.errorHandler()));
        opened.push(aeron);
        RelayAgent relay = new RelayAgent(context, aeron, SystemNanoClock.INSTANCE, EpochTime.CLOCK);
        AgentRunner runner = new AgentRunner(context.idleProfile().strategy(), this::onError, null, relay);
        opened.push(runner);
        AgentRunner.startOnThread(runner);
    }

    /**
     * The settings, concluded.
     *
     * @return the settings.
     */
    public RelayContext context() {
        return context;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            CloseHelper.close(context.errorHandler(), opened.pop());
        }
        terminated.countDown();
    }
}

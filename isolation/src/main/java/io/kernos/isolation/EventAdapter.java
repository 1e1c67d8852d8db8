package io.kernos.isolation;

import io.kernos.linux.SupervisorListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the supervisor says to the listener of the poll. */
final class EventAdapter implements SupervisorListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(EventAdapter.class);

    private final LinuxContainerizer owner;
    private ContainerListener listener;

    EventAdapter(LinuxContainerizer owner) {
        this.owner = owner;
    }

    void listener(ContainerListener value) {
        listener = value;
    }

    @Override
    public void onHello(long instance, int pid, int containers) {
        LOGGER.debug("supervisor {} is process {} and holds {} containers", instance, pid, containers);
    }

    @Override
    public void onStarting(long frameworkId, long taskId, long cookie) {
        if (frameworkId == IsolationProbe.FRAMEWORK_ID) {
            return;
        }
        HeldContainer held = owner.held(frameworkId, taskId, cookie);
        held.restored = false;
        held.unclaimed = true;
    }

    @Override
    public void onStarted(
            long frameworkId,
            long taskId,
            long cookie,
            int pid,
            boolean listed,
            long epochNs,
            long receivedNs,
            long startedNs) {
        if (frameworkId == IsolationProbe.FRAMEWORK_ID) {
            return;
        }
        HeldContainer held = owner.held(frameworkId, taskId, cookie);
        if (held.restored || held.running) {
            listener.onRecovered(frameworkId, taskId, pid, epochNs);
        } else {
            held.running = true;
            held.unclaimed = false;
            listener.onStarted(frameworkId, taskId, pid, epochNs, receivedNs, startedNs);
        }
    }

    @Override
    public void onFailed(long frameworkId, long taskId, long cookie, int stage, int errno) {
        if (frameworkId == IsolationProbe.FRAMEWORK_ID) {
            owner.forgetProbe(frameworkId, taskId);
            return;
        }
        HeldContainer held = owner.held(frameworkId, taskId, cookie);
        held.ended = true;
        LaunchStage at = LaunchStage.ofCode(stage);
        listener.onFailed(frameworkId, taskId, at, errno, held.failure(at, errno));
    }

    @Override
    public void onRefused(long frameworkId, long taskId, int stage, int errno) {
        HeldContainer held = owner.known(frameworkId, taskId);
        if (held == null || held.running) {
            LOGGER.warn("the supervisor refused a request for {}/{}: stage {}", frameworkId, taskId, stage);
            return;
        }
        held.ended = true;
        held.listed = true;
        LaunchStage at = LaunchStage.ofCode(stage);
        listener.onFailed(frameworkId, taskId, at, errno, held.failure(at, errno));
    }

    @Override
    public void onExited(
            long frameworkId,
            long taskId,
            long cookie,
            int waitStatus,
            boolean lost,
            long userUs,
            long systemUs,
            long maxRssBytes,
            long epochNs) {
        if (frameworkId == IsolationProbe.FRAMEWORK_ID) {
            owner.forgetProbe(frameworkId, taskId);
            return;
        }
        HeldContainer held = owner.held(frameworkId, taskId, cookie);
        held.ended = true;
        held.lost = lost;
        held.leftNothing = held.ownPids && !lost;
        listener.onExited(frameworkId, taskId, held.exit(waitStatus, lost, userUs, systemUs, maxRssBytes, epochNs));
    }

    @Override
    public void onListEnd() {
        owner.onListEnd(listener);
    }

    @Override
    public void onDisconnected(String reason) {
        listener.onDisconnected(reason);
    }
}

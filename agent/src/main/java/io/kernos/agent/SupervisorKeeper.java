package io.kernos.agent;

import io.kernos.isolation.ContainerExit;
import io.kernos.isolation.ContainerListener;
import io.kernos.isolation.Containerizer;
import io.kernos.isolation.LaunchStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the agent in touch with its supervisor: passes on what that tells, and when it is gone finds or starts another.
 */
final class SupervisorKeeper implements ContainerListener {
    private static final Logger LOG = LoggerFactory.getLogger(SupervisorKeeper.class);
    private static final long RETRY_MS = 1_000;

    private final Containerizer containerizer;
    private final AgentCore core;
    private final Counting counting;
    private boolean connected;
    private long supervisorId;
    private long retryAtMs;

    SupervisorKeeper(Containerizer containerizer, AgentCore core, Counting counting) {
        this.containerizer = containerizer;
        this.core = core;
        this.counting = counting;
    }

    /** Finds the supervisor, or starts one; what it holds is told by the next duty cycles. */
    void recover() {
        containerizer.recover();
        connected = true;
        long found = containerizer.supervisorId();
        if (supervisorId != 0 && supervisorId != found) {
            counting.add(AgentCounter.SUPERVISOR_RESTARTS, 1);
        }
        supervisorId = found;
    }

    int doWork(long nowMs) {
        if (connected) {
            return containerizer.poll(this);
        }
        if (nowMs < retryAtMs) {
            return 0;
        }
        try {
            recover();
        } catch (RuntimeException ex) {
            retryAtMs = nowMs + RETRY_MS;
            LOG.error("cannot start a supervisor: {}; trying again in {} ms", ex.getMessage(), RETRY_MS);
        }
        return 1;
    }

    @Override
    public void onStarted(
            long frameworkId, long taskId, int pid, long startedEpochNs, long receivedNs, long startedNs) {
        core.onStarted(frameworkId, taskId, pid, startedEpochNs, receivedNs, startedNs);
    }

    @Override
    public void onFailed(long frameworkId, long taskId, LaunchStage stage, int errno, String message) {
        core.onFailed(frameworkId, taskId, stage, errno, message);
    }

    @Override
    public void onExited(long frameworkId, long taskId, ContainerExit exit) {
        core.onExited(frameworkId, taskId, exit);
    }

    @Override
    public void onRecovered(long frameworkId, long taskId, int pid, long startedEpochNs) {
        core.onRecovered(frameworkId, taskId, pid, startedEpochNs);
    }

    @Override
    public void onRecoveryComplete() {
        core.onRecoveryComplete();
    }

    @Override
    public void onDisconnected(String reason) {
        LOG.error("the supervisor is gone: {}", reason);
        connected = false;
        core.onDisconnected(reason);
    }
}

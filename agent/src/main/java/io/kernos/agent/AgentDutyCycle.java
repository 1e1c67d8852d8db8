package io.kernos.agent;

import io.aeron.Aeron;
import io.kernos.linux.Linux;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All of the agent in one duty cycle.
 */
final class AgentDutyCycle implements Agent {
    /** Longest grace that tasks get when the agent stops with its tasks. */
    static final int STOP_GRACE_MS = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(AgentDutyCycle.class);
    private static final long STOP_TIMEOUT_MS = 8_000;
    private static final long HOUSEKEEPING_MS = 100;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AgentParts parts;
    private final AgentInvoker conductor;
    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final boolean shortTimers;
    private boolean journalWasDamaged;
    private long stopDeadlineMs;
    private long housekeepingAtMs;

    private volatile boolean stopTasks;
    private volatile boolean abandoned;
    private volatile boolean registered;
    private volatile long agentId;
    private volatile int liveCount;

    AgentDutyCycle(AgentParts parts, Aeron aeron, NanoClock clock, EpochNanoClock epochClock, boolean shortTimers) {
        this.parts = parts;
        this.conductor = aeron.conductorAgentInvoker();
        this.clock = clock;
        this.epochClock = epochClock;
        this.shortTimers = shortTimers;
        this.journalWasDamaged = parts.core().journalDamaged();
        this.agentId = parts.core().agentId();
        this.liveCount = parts.core().liveCount();
    }

    @Override
    public void onStart() {
        if (shortTimers) {
            Linux.timerSlackNs(1);
        }
    }

    @Override
    public int doWork() {
        long nowMs = TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
        int workCount = conductor.invoke();
        if (parts.aeron().isClosed()) {
            LOG.error("the media driver is gone: the agent ends, its tasks go on");
            throw new AgentTerminationException();
        }
        workCount += parts.core().onTime(nowMs, epochClock.nanoTime());
        workCount += parts.supervisor().doWork(nowMs);
        workCount += parts.link().doWork(nowMs);
        workCount += parts.sandboxServer().doWork(nowMs);
        if (nowMs >= housekeepingAtMs) {
            housekeepingAtMs = nowMs + HOUSEKEEPING_MS;
            keepJournalShort();
        }
        if (stopTasks) {
            stopTasks(nowMs);
        }
        publish();
        return workCount;
    }

    private void keepJournalShort() {
        boolean repaired = journalWasDamaged && !parts.core().journalDamaged();
        if (!repaired && !parts.journal().wantsRewrite()) {
            return;
        }
        try {
            long createdMs = TimeUnit.NANOSECONDS.toMillis(epochClock.nanoTime());
            boolean durable = parts.journal().rewrite(log -> parts.core().snapshot(log, createdMs));
            parts.counters().add(AgentCounter.JOURNAL_COMPACTIONS, 1);
            parts.counters().add(AgentCounter.JOURNAL_FAILURES, durable ? 0 : 1);
        } catch (IOException ex) {
            LOG.error("cannot write the journal anew: {}", ex.toString());
        }
        journalWasDamaged = false;
    }

    private void stopTasks(long nowMs) {
        AgentCore core = parts.core();
        if (stopDeadlineMs == 0) {
            stopDeadlineMs = nowMs + STOP_TIMEOUT_MS;
        }
        // Each time, for the master may launch others until it has heard that the agent is gone
        core.killAll(STOP_GRACE_MS);
        boolean told = core.unacknowledgedCount() == 0 || parts.link().state() != LinkState.REGISTERED;
        if (core.liveCount() == 0 && told || nowMs >= stopDeadlineMs) {
            stopped.countDown();
        }
    }

    private void publish() {
        AgentCore core = parts.core();
        boolean newRegistered = parts.link().state() == LinkState.REGISTERED;
        if (core.liveCount() != liveCount) {
            liveCount = core.liveCount();
        }
        if (core.agentId() != agentId) {
            agentId = core.agentId();
            parts.launcher().agentId(agentId);
        }
        if (newRegistered != registered) {
            registered = newRegistered;
        }
    }

    /** Kills all tasks, and returns when they ended and the master knows, or when that takes too long. */
    void stopTasksAndWait() throws InterruptedException {
        stopTasks = true;
        if (!stopped.await(STOP_TIMEOUT_MS + 1_000, TimeUnit.MILLISECONDS)) {
            LOG.warn("tasks did not end within {} ms: killing them with their supervisor", STOP_TIMEOUT_MS);
        }
    }

    /** Ends as if the process had been killed. */
    void abandon() {
        abandoned = true;
    }

    boolean registered() {
        return registered;
    }

    long agentId() {
        return agentId;
    }

    int liveCount() {
        return liveCount;
    }

    @Override
    public void onClose() {
        registered = false;
        if (!abandoned) {
            parts.closeOrderly(stopTasks);
        }
        parts.close();
    }

    @Override
    public String roleName() {
        return "kernos-agent";
    }
}

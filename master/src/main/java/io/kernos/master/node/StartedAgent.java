package io.kernos.master.node;

import java.util.concurrent.CountDownLatch;
import org.agrona.concurrent.Agent;

/**
 * An agent whose start can be waited for: one that opens files for a second must not be interrupted at it, which a
 * runner does when it is closed and nothing moves.
 */
final class StartedAgent implements Agent {
    private final Agent agent;
    private final CountDownLatch started = new CountDownLatch(1);

    StartedAgent(Agent agent) {
        this.agent = agent;
    }

    /** Wait until it started, or failed to. */
    void awaitStart() {
        try {
            started.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onStart() {
        try {
            agent.onStart();
        } finally {
            started.countDown();
        }
    }

    @Override
    public int doWork() throws Exception {
        return agent.doWork();
    }

    @Override
    public void onClose() {
        agent.onClose();
    }

    @Override
    public String roleName() {
        return agent.roleName();
    }
}

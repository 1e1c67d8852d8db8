package io.kernos.master.node;

import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.IdleStrategy;

/** While one part of a thread waits, those that it may wait for go on; parks only when they have nothing to do. */
final class InvokingIdleStrategy implements IdleStrategy {
    private final AgentInvoker others;
    private final IdleStrategy whenIdle;

    InvokingIdleStrategy(AgentInvoker others, IdleStrategy whenIdle) {
        this.others = others;
        this.whenIdle = whenIdle;
    }

    @Override
    public void idle(int workCount) {
        whenIdle.idle(workCount + others.invoke());
    }

    @Override
    public void idle() {
        idle(0);
    }

    @Override
    public void reset() {
        whenIdle.reset();
    }

    @Override
    public String alias() {
        return "invoking";
    }
}

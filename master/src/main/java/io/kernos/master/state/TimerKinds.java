package io.kernos.master.state;

/** What the timers are for. */
final class TimerKinds {
    /** A framework's failover timeout ends. */
    static final int FRAMEWORK_REMOVAL = 0;

    /** A framework is told the next part of much. */
    static final int FRAMEWORK_TICK = 1;

    /** A disconnected agent's tasks become unreachable, or, later, it is removed. */
    static final int AGENT = 2;

    static final int COUNT = 3;

    private TimerKinds() {}
}

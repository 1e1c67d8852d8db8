package io.kernos.client;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * Runs a duty cycle, on a thread of its own or on the threads of callers that wait, and lets those wait for what it
 * brings. The lock is fair: a duty cycle that never idles still lets callers in between two turns.
 */
final class SessionDriver implements AutoCloseable {
    /** A condition may come to hold without a turn that did anything: room for a message, for one. */
    private static final long MAX_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition turn = lock.newCondition();
    private final IntSupplier dutyCycle;
    private final SessionContext context;
    private final NanoClock clock;
    private final Thread thread;
    private volatile boolean isRunning = true;

    SessionDriver(IntSupplier dutyCycle, SessionContext context, boolean ownThread) {
        this.dutyCycle = dutyCycle;
        this.context = context;
        clock = context.nanoClock();
        thread = ownThread ? new Thread(this::run, "kernos-client-" + context.frameworkName()) : null;
        if (ownThread) {
            thread.setDaemon(true);
        }
    }

    void start() {
        if (thread != null) {
            thread.start();
        }
    }

    private void run() {
        IdleStrategy idle = context.idleProfile().strategy();
        while (isRunning) {
            idle.idle(turn());
        }
    }

    /** One turn of the duty cycle. */
    int turn() {
        lock.lock();
        try {
            int workCount = isRunning ? dutyCycle.getAsInt() : 0;
            if (workCount > 0) {
                turn.signalAll();
            }
            return workCount;
        } catch (RuntimeException ex) {
            context.errorHandler().onError(ex);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** What holds while nobody else touches the session. */
    void locked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a condition holds, which is evaluated with the session locked and may act on it.
     *
     * @return false when the time ran out first.
     */
    boolean await(BooleanSupplier condition, long timeoutMs) {
        long deadlineNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        return thread == null || Thread.currentThread() == thread
                ? awaitByTurns(condition, deadlineNs)
                : awaitThread(condition, deadlineNs);
    }

    private boolean awaitByTurns(BooleanSupplier condition, long deadlineNs) {
        IdleStrategy idle = context.idleProfile().strategy();
        while (!holds(condition)) {
            if (clock.nanoTime() - deadlineNs >= 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            idle.idle(turn());
        }
        return true;
    }

    private boolean holds(BooleanSupplier condition) {
        lock.lock();
        try {
            return condition.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitThread(BooleanSupplier condition, long deadlineNs) {
        lock.lock();
        try {
            while (!condition.getAsBoolean()) {
                long remainingNs = deadlineNs - clock.nanoTime();
                if (remainingNs <= 0) {
                    return false;
                }
                turn.awaitNanos(Math.min(remainingNs, MAX_WAIT_NS));
            }
            return true;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the duty cycle; nothing runs afterwards. */
    @Override
    public void close() {
        locked(() -> isRunning = false);
        if (thread != null && Thread.currentThread() != thread) {
            joinThread();
        }
    }

    private void joinThread() {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

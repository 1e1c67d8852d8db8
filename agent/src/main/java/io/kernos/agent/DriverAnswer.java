package io.kernos.agent;

import io.aeron.Aeron;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * What the media driver is asked for while the agent starts, on the thread that starts it: nobody else turns the
 * client's conductor yet.
 */
final class DriverAnswer {
    private DriverAnswer() {}

    /**
     * Waits for an answer, for as long as the client lets its driver be silent.
     *
     * @param aeron  client whose conductor is turned here.
     * @param answer gives null until it is there.
     * @param what   is asked for, and what may be wrong, for the error.
     * @return the answer.
     * @throws IllegalStateException when there is none in time.
     */
    static <T> T await(Aeron aeron, Supplier<T> answer, String what) {
        Runnable turn = () -> {
            aeron.conductorAgentInvoker().invoke();
            aeron.context().idleStrategy().idle();
        };
        return await(answer, turn, SystemNanoClock.INSTANCE, aeron.context().driverTimeoutMs(), what);
    }

    static <T> T await(Supplier<T> answer, Runnable turn, NanoClock clock, long timeoutMs, String what) {
        long beganNs = clock.nanoTime();
        T given = answer.get();
        while (given == null) {
            if (clock.nanoTime() - beganNs >= TimeUnit.MILLISECONDS.toNanos(timeoutMs)) {
                throw new IllegalStateException(
                        "the media driver gave nothing within " + timeoutMs + " ms for " + what);
            }
            turn.run();
            given = answer.get();
        }
        return given;
    }
}

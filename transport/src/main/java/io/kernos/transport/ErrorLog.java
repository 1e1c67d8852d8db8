package io.kernos.transport;

import io.aeron.exceptions.AeronException;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;

/**
 * Writes unexpected errors to a log: what Aeron takes for a warning as one line, all else with its trace. The same
 * error is written at most once in ten seconds, for a duty cycle that fails does so a thousand times a second. Any
 * thread may call it.
 */
public final class ErrorLog implements ErrorHandler {
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(10);

    private final Logger logger;
    private final NanoClock clock;
    private String last = "";
    private long lastNs;
    private long suppressed;

    /**
     * A handler for errors.
     *
     * @param logger to write to.
     */
    public ErrorLog(Logger logger) {
        this(logger, SystemNanoClock.INSTANCE);
    }

    /**
     * A handler for errors.
     *
     * @param logger to write to.
     * @param clock  that tells how long ago the last was.
     */
    public ErrorLog(Logger logger, NanoClock clock) {
        this.logger = logger;
        this.clock = clock;
    }

    @Override
    public synchronized void onError(Throwable error) {
        long nowNs = clock.nanoTime();
        String text = error.toString();
        if (text.equals(last) && nowNs - lastNs < QUIET_NS) {
            suppressed++;
            return;
        }
        if (error instanceof AeronException known && known.category() == AeronException.Category.WARN) {
            logger.warn("{} ({} like the last were not logged)", known.getMessage(), suppressed);
        } else {
            logger.error("unexpected error ({} like the last were not logged)", suppressed, error);
        }
        last = text;
        lastNs = nowNs;
        suppressed = 0;
    }
}

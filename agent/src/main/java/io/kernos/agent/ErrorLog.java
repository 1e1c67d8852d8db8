package io.kernos.agent;

import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs unexpected errors, each kind at most once in a while: a duty cycle that fails does so a thousand times a second.
 */
final class ErrorLog implements ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorLog.class);
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(10);

    private String last = "";
    private long lastNs;
    private long suppressed;

    @Override
    public synchronized void onError(Throwable error) {
        long nowNs = System.nanoTime();
        String text = error.toString();
        if (text.equals(last) && nowNs - lastNs < QUIET_NS) {
            suppressed++;
            return;
        }
        LOG.error("unexpected error ({} like the last were not logged)", suppressed, error);
        last = text;
        lastNs = nowNs;
        suppressed = 0;
    }
}

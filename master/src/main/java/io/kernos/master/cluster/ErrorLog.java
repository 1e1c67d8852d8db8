package io.kernos.master.cluster;

import io.aeron.exceptions.AeronException;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;

/** Writes errors of duty cycles to a log: what Aeron takes for a warning as one line, all else with its trace. */
public final class ErrorLog implements ErrorHandler {
    private final Logger logger;

    /**
     * A handler for errors.
     *
     * @param logger to write to.
     */
    public ErrorLog(Logger logger) {
        this.logger = logger;
    }

    @Override
    public void onError(Throwable error) {
        if (error instanceof AeronException known && known.category() == AeronException.Category.WARN) {
            logger.warn("{}", known.getMessage());
        } else {
            logger.error("error in a duty cycle", error);
        }
    }
}

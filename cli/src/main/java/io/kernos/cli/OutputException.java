package io.kernos.cli;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Standard output or error cannot be written to any more, so that nobody sees what comes. */
final class OutputException extends CommandException {
    private static final long serialVersionUID = 1L;
    private static final String BROKEN_PIPE = "Broken pipe";

    OutputException(String stream, IOException cause) {
        super(
                isBrokenPipe(cause) ? ExitCodes.BROKEN_PIPE : ExitCodes.FAILED,
                stream + " cannot be written to: " + cause.getMessage(),
                new UncheckedIOException(cause));
    }

    /** Whether the other end of a pipe is gone, as that of {@code head} is once it has enough: no complaint. */
    boolean isQuiet() {
        return exitCode() == ExitCodes.BROKEN_PIPE;
    }

    private static boolean isBrokenPipe(IOException cause) {
        return BROKEN_PIPE.equals(cause.getMessage());
    }
}

package io.kernos.cli;

/** The process was told to end while this was under way: there is nothing to say about it. */
final class EndedException extends CommandException {
    private static final long serialVersionUID = 1L;
    private static final int SIGTERM = 15;

    EndedException() {
        super(ExitCodes.SIGNAL + SIGTERM, "told to end");
    }
}

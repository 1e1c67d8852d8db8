package io.kernos.cli;

/** What the command's exit status says. */
final class ExitCodes {
    /** Done. */
    static final int OK = 0;

    /** Not done: the message says why. */
    static final int FAILED = 1;

    /** The command line is wrong. */
    static final int USAGE = 2;

    /** No cluster was found where it was looked for. */
    static final int NO_CLUSTER = 3;

    /** {@code run}: the time given to the task ran out; it was killed. */
    static final int TIMED_OUT = 124;

    /** {@code run}: the command could not be run, or what became of it is not known. */
    static final int NOT_RUN = 125;

    /** {@code run}: a signal ended the task; its number is added to this. */
    static final int SIGNAL = 128;

    /** Nobody reads the output any more, as where SIGPIPE ends a program. */
    static final int BROKEN_PIPE = SIGNAL + 13;

    private ExitCodes() {}
}

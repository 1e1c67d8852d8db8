package io.kernos.cli.node;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a process until it is told to end, or ends by itself. */
final class Foreground {
    private static final int ENDED_BY_ITSELF = 1;
    private static final int ENDED_BY_SIGNAL = 143;
    private static final long CHECK_MS = 500;

    /**
     * A node that was started.
     *
     * @param facts   of it, told to the user.
     * @param node    to be closed at the end.
     * @param running whether it goes on.
     */
    record Started(Map<String, Object> facts, AutoCloseable node, BooleanSupplier running) {}

    private final CommandSpec command;
    private final CountDownLatch told = new CountDownLatch(1);
    private Started started;

    private Foreground(CommandSpec command) {
        this.command = command;
    }

    /**
     * Starts a node, tells that it is up, and waits. SIGTERM and SIGINT close the node, also while it starts; the
     * process then ends with 143 or 130.
     *
     * @param command   that runs it.
     * @param startLine tells that it is up.
     * @param start     starts the node.
     * @return the exit status when the node ended by itself.
     */
    static int run(CommandSpec command, StartLine startLine, Supplier<Started> start) {
        Foreground foreground = new Foreground(command);
        Runtime.getRuntime().addShutdownHook(new Thread(foreground::onSignal, "kernos-end"));
        Started started = foreground.start(start);
        if (foreground.isTold()) {
            return ENDED_BY_SIGNAL;
        }
        startLine.print(command, started.facts());
        return foreground.await(started.running());
    }

    private synchronized Started start(Supplier<Started> start) {
        if (!isTold()) {
            started = start.get();
        }
        return started;
    }

    private boolean isTold() {
        return told.getCount() == 0;
    }

    private int await(BooleanSupplier running) {
        try {
            while (running.getAsBoolean()) {
                if (told.await(CHECK_MS, TimeUnit.MILLISECONDS)) {
                    return ENDED_BY_SIGNAL;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        command.commandLine().getErr().println("kernos: " + command.name() + " cannot go on: see what it logged");
        return ENDED_BY_ITSELF;
    }

    private void onSignal() {
        told.countDown();
        close();
    }

    /** A start that is under way is waited for: what it has opened by then is known only at its end. */
    private synchronized void close() {
        try {
            if (started != null) {
                started.node().close();
            }
        } catch (Exception e) {
            command.commandLine().getErr().println("kernos: " + command.name() + " did not end cleanly: " + e);
        }
    }
}

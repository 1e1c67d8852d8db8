package io.kernos.cli.node;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a process until it is told to end, or ends by itself. */
final class Foreground {
    private static final int ENDED_BY_ITSELF = 1;
    private static final long CHECK_MS = 500;

    private final CommandSpec command;
    private final AutoCloseable node;
    private final BooleanSupplier running;
    private final CountDownLatch told = new CountDownLatch(1);

    private Foreground(CommandSpec command, AutoCloseable node, BooleanSupplier running) {
        this.command = command;
        this.node = node;
        this.running = running;
    }

    /**
     * Tells that the node is up and waits. SIGTERM and SIGINT close the node; the process then ends with 143 or 130.
     *
     * @param command that runs it.
     * @param facts   of the node, told to the user.
     * @param node    to be closed at the end.
     * @param running whether it goes on.
     * @return the exit status when the node ended by itself.
     */
    static int run(CommandSpec command, Map<String, Object> facts, AutoCloseable node, BooleanSupplier running) {
        Foreground foreground = new Foreground(command, node, running);
        Runtime.getRuntime().addShutdownHook(new Thread(foreground::onSignal, "kernos-end"));
        foreground.tell(facts);
        return foreground.await();
    }

    private void tell(Map<String, Object> facts) {
        command.commandLine()
                .getOut()
                .println(command.qualifiedName() + " is up, in process "
                        + ProcessHandle.current().pid());
        facts.forEach((name, value) -> command.commandLine().getOut().printf("  %-9s %s%n", name, value));
        command.commandLine().getOut().flush();
    }

    private int await() {
        try {
            while (running.getAsBoolean()) {
                if (told.await(CHECK_MS, TimeUnit.MILLISECONDS)) {
                    return 0;
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
        try {
            node.close();
        } catch (Exception e) {
            command.commandLine().getErr().println("kernos: " + command.name() + " did not end cleanly: " + e);
        }
    }
}

package io.kernos.cli;

import io.kernos.client.KernosException;
import io.kernos.client.SandboxClient;
import java.io.OutputStream;
import java.util.function.Supplier;

/** Copies one output of a task as it grows, on a thread of its own, until the task has ended. */
final class OutputFollower {
    private static final long TIMEOUT_MS = 60_000;

    private final Supplier<SandboxClient> sandboxes;
    private final String file;
    private final Supplier<? extends OutputStream> out;
    private volatile boolean goesOn = true;
    private volatile RuntimeException failure;
    private Thread thread;

    OutputFollower(Supplier<SandboxClient> sandboxes, String file, Supplier<? extends OutputStream> out) {
        this.sandboxes = sandboxes;
        this.file = file;
        this.out = out;
    }

    void start(String channel, long frameworkId, long taskId) {
        thread = Thread.ofPlatform().daemon().name("follow-" + file).start(() -> {
            try (SandboxClient client = sandboxes.get()) {
                client.follow(channel, frameworkId, taskId, file, 0, out.get(), () -> goesOn, TIMEOUT_MS);
            } catch (RuntimeException ex) {
                failure = ex;
            }
        });
    }

    /** Whether what it copies to cannot be written to any more. */
    boolean isGone() {
        return failure instanceof OutputException;
    }

    /**
     * Waits until all is copied.
     *
     * @param timeoutMs milliseconds to wait at most.
     * @throws OutputException when it could not be written.
     * @throws KernosException when it could not be read.
     */
    void finish(long timeoutMs) {
        if (thread == null) {
            return;
        }
        try {
            thread.join(timeoutMs);
            goesOn = false;
            thread.join(timeoutMs);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        if (failure == null && thread.isAlive()) {
            throw new KernosException("the task's " + file + " is not complete: its agent did not answer in time");
        }
        if (failure instanceof OutputException gone) {
            throw gone;
        }
        if (failure != null) {
            throw new KernosException("the task's " + file + " is not complete: " + failure.getMessage(), failure);
        }
    }
}

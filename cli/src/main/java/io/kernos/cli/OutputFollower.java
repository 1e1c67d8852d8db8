package io.kernos.cli;

import io.kernos.client.KernosException;
import io.kernos.client.SandboxClient;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Copies one output of a task as it grows, on a thread of its own, until the task has ended. */
final class OutputFollower {
    private static final long TIMEOUT_MS = 60_000;
    private static final long LOOK_MS = 100;

    private final Supplier<SandboxClient> sandboxes;
    private final String file;
    private final Supplier<? extends OutputStream> out;
    private volatile boolean goesOn = true;
    private volatile RuntimeException failure;
    private WatchedOutput watched;
    private Thread thread;

    OutputFollower(Supplier<SandboxClient> sandboxes, String file, Supplier<? extends OutputStream> out) {
        this.sandboxes = sandboxes;
        this.file = file;
        this.out = out;
    }

    void start(String channel, long frameworkId, long taskId) {
        watched = new WatchedOutput(out.get());
        thread = Thread.ofPlatform().daemon().name("follow-" + file).start(() -> {
            try (SandboxClient client = sandboxes.get()) {
                client.follow(channel, frameworkId, taskId, file, 0, watched, () -> goesOn, TIMEOUT_MS);
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
     * Waits until all is copied, for as long as something moves or its reader takes its time.
     *
     * @param timeoutMs milliseconds for which nothing may come.
     * @throws OutputException when it could not be written.
     * @throws KernosException when it could not be read.
     */
    void finish(long timeoutMs) {
        if (thread == null) {
            return;
        }
        boolean isWhole = awaitEnd(timeoutMs);
        if (failure instanceof OutputException gone) {
            throw gone;
        }
        if (failure != null) {
            throw new KernosException("the task's " + file + " is not complete: " + failure.getMessage(), failure);
        }
        if (!isWhole) {
            throw new KernosException("the task's " + file + " is not complete: nothing more came from its agent for "
                    + timeoutMs + " ms");
        }
    }

    /** Whether the copying came to its end by itself. */
    private boolean awaitEnd(long timeoutMs) {
        try {
            while (!thread.join(Duration.ofMillis(LOOK_MS))) {
                if (watched.isStalled(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), timeoutMs)) {
                    goesOn = false;
                    thread.join(timeoutMs);
                    return false;
                }
            }
            return true;
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

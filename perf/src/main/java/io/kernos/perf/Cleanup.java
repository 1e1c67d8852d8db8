package io.kernos.perf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Something to undo, once: when it is closed, or when the process is told to end before. */
final class Cleanup implements AutoCloseable {
    private final Runnable action;
    private final Thread hook;
    private boolean isDone;

    Cleanup(Runnable action) {
        this.action = action;
        hook = new Thread(this::run, "kernos-perf-cleanup");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private synchronized void run() {
        if (!isDone) {
            isDone = true;
            action.run();
        }
    }

    @Override
    public void close() {
        run();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process ends: the hook runs, and finds nothing left to do.
            return;
        }
    }

    /** Removes a folder and all in it. */
    static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + folder, e);
        }
    }
}

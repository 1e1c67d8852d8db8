package io.kernos.perf;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Another framework that submits tasks at a fixed rate, on a thread of its own. */
final class BackgroundLoad implements AutoCloseable {
    private final TaskSource source;
    private final Thread thread;
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    private BackgroundLoad(TaskSource source, int ratePerS, int seconds) {
        this.source = source;
        thread = new Thread(() -> run(ratePerS, seconds), "kernos-perf-load");
    }

    static BackgroundLoad start(LocalUp up, long cpusMilli, int ratePerS, int seconds) throws IOException {
        BackgroundLoad load = new BackgroundLoad(TaskSource.open(up, "perf-load", cpusMilli), ratePerS, seconds);
        load.thread.start();
        return load;
    }

    private void run(int ratePerS, int seconds) {
        try {
            source.runAtFixedTimes(TimeUnit.SECONDS.toNanos(1) / ratePerS, ratePerS * seconds);
        } catch (IOException e) {
            failure.set(e);
        }
    }

    /** Waits for its last task, and fails where it failed. */
    void await() throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        if (failure.get() != null) {
            throw new IOException("the load failed: " + failure.get().getMessage(), failure.get());
        }
    }

    @Override
    public void close() throws IOException {
        await();
        source.close();
    }
}

package io.kernos.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * An output of which another thread can tell whether anything still moves: it is written to by one, and watched by one.
 * Who writes and is kept waiting, as by a reader that takes its time, is not stalled.
 */
final class WatchedOutput extends FilterOutputStream {
    private volatile long writtenBytes;
    private volatile boolean isWriting;
    private long seenBytes = -1;
    private long seenMs;

    WatchedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    public void write(byte[] bytes, int offset, int length) throws IOException {
        isWriting = true;
        try {
            out.write(bytes, offset, length);
            writtenBytes += length;
        } finally {
            isWriting = false;
        }
    }

    @Override
    public void flush() throws IOException {
        isWriting = true;
        try {
            out.flush();
        } finally {
            isWriting = false;
        }
    }

    /**
     * Whether nothing has come for a time, though it would have been taken.
     *
     * @param nowMs     time in milliseconds, of any clock that does not go back.
     * @param timeoutMs how many milliseconds nothing may come.
     * @return true if so; never the first time.
     */
    boolean isStalled(long nowMs, long timeoutMs) {
        long bytes = writtenBytes;
        if (isWriting || bytes != seenBytes) {
            seenBytes = bytes;
            seenMs = nowMs;
            return false;
        }
        return nowMs - seenMs >= timeoutMs;
    }
}

package io.kernos.agent;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** The bytes of a journal's file, for tests. */
final class MemoryJournal implements JournalLog {
    private final ByteBuffer frame = ByteBuffer.allocate(JournalFormat.MAX_FRAME_BYTES);
    byte[] bytes = JournalFormat.header().array().clone();
    int lastFrameBytes;
    boolean failing;
    int failures;

    @Override
    public boolean append(DirectBuffer buffer, int offset, int length) {
        if (failing) {
            failures++;
            return false;
        }
        JournalFormat.frame(frame, buffer, offset, length);
        int position = bytes.length;
        lastFrameBytes = frame.remaining();
        bytes = Arrays.copyOf(bytes, position + lastFrameBytes);
        frame.get(bytes, position, lastFrameBytes);
        return true;
    }

    /** As a new life of the agent finds it. */
    static JournalFormat.Scan replay(byte[] bytes, AgentCore core) {
        JournalFormat.Scan scan = JournalFormat.scan(bytes, core::replay);
        core.onReplayed(scan.damaged());
        return scan;
    }
}

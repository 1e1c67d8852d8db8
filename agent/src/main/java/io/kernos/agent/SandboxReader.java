package io.kernos.agent;

import io.kernos.linux.ConfinedFile;
import io.kernos.linux.Errno;
import io.kernos.linux.LinuxException;
import io.kernos.transport.Limits;
import io.kernos.transport.codecs.SandboxStatus;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads pieces of files in sandboxes, and of nothing else.
 */
final class SandboxReader {
    private final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(Limits.MAX_CHUNK_BYTES));
    private final Sandboxes sandboxes;
    private SandboxStatus status = SandboxStatus.UNKNOWN_TASK;
    private long fileLength;
    private int dataLength;

    SandboxReader(Sandboxes sandboxes) {
        this.sandboxes = sandboxes;
    }

    /**
     * Reads a piece; the outcome is told by the other methods until the next read.
     *
     * @param frameworkId whose task it is.
     * @param taskId      which.
     * @param file        name in its sandbox.
     * @param fileOffset  first byte, at least 0.
     * @param length      at most; what is beyond the longest chunk is left out.
     */
    void read(long frameworkId, long taskId, String file, long fileOffset, int length) {
        fileLength = 0;
        dataLength = 0;
        Path folder = sandboxes.path(frameworkId, taskId);
        if (fileOffset < 0 || length < 0) {
            status = SandboxStatus.REFUSED;
            return;
        }
        try (ConfinedFile open = ConfinedFile.open(folder, file)) {
            fileLength = open.lengthBytes();
            dataLength = open.read(fileOffset, buffer, 0, Math.min(length, Limits.MAX_CHUNK_BYTES));
            status = SandboxStatus.DATA;
        } catch (LinuxException ex) {
            status = switch (ex.errno()) {
                case Errno.EACCES, Errno.EINVAL -> SandboxStatus.REFUSED;
                case Errno.ENOENT ->
                    Files.isDirectory(folder) ? SandboxStatus.UNKNOWN_FILE : SandboxStatus.UNKNOWN_TASK;
                default -> SandboxStatus.FAILED;
            };
        }
    }

    SandboxStatus status() {
        return status;
    }

    long fileLength() {
        return fileLength;
    }

    DirectBuffer data() {
        return buffer;
    }

    int dataLength() {
        return dataLength;
    }
}

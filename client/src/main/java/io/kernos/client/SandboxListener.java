package io.kernos.client;

import io.kernos.transport.codecs.SandboxStatus;
import org.agrona.DirectBuffer;

/** Hears the answers to the reads of a {@link SandboxReader}. */
@FunctionalInterface
public interface SandboxListener {
    /**
     * A piece of a file.
     *
     * @param correlationId of the read.
     * @param status        how it went; without data unless it is {@link SandboxStatus#DATA}.
     * @param fileOffset    where the piece begins in the file.
     * @param fileLength    length of the whole file now.
     * @param isEnded       whether nothing will be added to the file.
     * @param buffer        that holds the piece, valid during the call.
     * @param offset        at which it begins.
     * @param length        in bytes; 0 when the file ends at the offset that was asked for.
     */
    void onChunk(
            long correlationId,
            SandboxStatus status,
            long fileOffset,
            long fileLength,
            boolean isEnded,
            DirectBuffer buffer,
            int offset,
            int length);
}

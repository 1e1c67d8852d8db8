package io.kernos.master.node;

import io.aeron.CncFileDescriptor;
import io.aeron.CommonContext;
import io.aeron.archive.ArchiveMarkFile;
import io.aeron.cluster.service.ClusterMarkFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Removes what a killed master left that says it is still active, so that its successor starts at once. Only to be
 * used while the {@link io.kernos.transport.FolderLock} is held, which proves that it is dead.
 */
final class Leftovers {
    private static final long DRIVER_TIMEOUT_MS = TimeUnit.SECONDS.toMillis(10);

    private Leftovers() {}

    static void remove(MasterContext context) {
        try {
            Files.deleteIfExists(context.archiveDirectory().resolve(ArchiveMarkFile.FILENAME));
            Files.deleteIfExists(context.clusterDirectory().resolve(ClusterMarkFile.FILENAME));
            Files.deleteIfExists(context.clusterDirectory().resolve(ClusterMarkFile.markFilenameForService(0)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove what a killed master left in " + context.directory(), e);
        }
        removeDriver(context.transport().aeronDirectory());
    }

    /** Remove the folder of a media driver that is dead; throws when it is alive. */
    static void removeDriver(String aeronDirectory) {
        Path directory = Path.of(aeronDirectory);
        if (!Files.exists(directory)) {
            return;
        }
        long pid = driverPid(directory);
        boolean isAlive = pid > 0
                && CommonContext.isDriverActive(directory.toFile(), DRIVER_TIMEOUT_MS, message -> {})
                && ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
        if (isAlive) {
            throw new IllegalStateException("aeronDirectory=" + directory + " is in use by the media driver of process "
                    + pid + ": stop it, or name another folder");
        }
        IoUtil.delete(directory.toFile(), true);
    }

    /** Process of the driver whose folder it is; 0 when that cannot be told. */
    private static long driverPid(Path directory) {
        Path file = directory.resolve(CncFileDescriptor.CNC_FILE);
        if (!Files.exists(file) || sizeOf(file) < CncFileDescriptor.END_OF_METADATA_OFFSET) {
            return 0;
        }
        MappedByteBuffer mapped = IoUtil.mapExistingFile(file.toFile(), CncFileDescriptor.CNC_FILE);
        try {
            UnsafeBuffer metadata = CncFileDescriptor.createMetaDataBuffer(mapped);
            return CncFileDescriptor.pid(metadata);
        } finally {
            IoUtil.unmap(mapped);
        }
    }

    private static long sizeOf(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}

package io.kernos.master.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the store asks of the machine it is on. */
final class Machine {
    private static final Logger LOGGER = LoggerFactory.getLogger(Machine.class);
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private Machine() {}

    /** This boot of the machine; a new one each time where the kernel does not tell. */
    static UUID boot() {
        try {
            return UUID.fromString(Files.readString(BOOT_ID).strip());
        } catch (IOException | IllegalArgumentException unknown) {
            return UUID.randomUUID();
        }
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    static long processStartMs() {
        return startMs(ProcessHandle.current());
    }

    /** Whether the process that had this id, and started then, is still there. */
    static boolean isAlive(long pid, long startMs) {
        return ProcessHandle.of(pid).filter(process -> startMs(process) == startMs).isPresent();
    }

    private static long startMs(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    /** Has the file's pages written to the disk. */
    static void flush(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        } catch (IOException e) {
            LOGGER.warn("{} cannot be flushed: {}", file, e.toString());
        }
    }
}

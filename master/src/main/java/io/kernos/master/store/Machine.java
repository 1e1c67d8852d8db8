package io.kernos.master.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** What the store asks of the machine it is on. */
final class Machine {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final UUID UNKNOWN_BOOT = new UUID(0, 0);

    private Machine() {}

    /** This boot of the machine; always the same where the kernel does not tell. */
    static UUID boot() {
        try {
            return UUID.fromString(Files.readString(BOOT_ID).strip());
        } catch (IOException | IllegalArgumentException unknown) {
            return UNKNOWN_BOOT;
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
        return ProcessHandle.of(pid)
                .filter(process -> startMs(process) == startMs)
                .isPresent();
    }

    private static long startMs(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}

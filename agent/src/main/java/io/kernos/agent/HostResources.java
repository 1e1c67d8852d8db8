package io.kernos.agent;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What this machine has to offer, less what it needs for itself.
 */
final class HostResources {
    private static final long GIB = 1L << 30;
    private static final long MEMORY_RESERVE_BYTES = GIB;
    private static final long DISK_RESERVE_BYTES = 5 * GIB;

    private HostResources() {}

    /** Processors that this process may use, in thousandths. */
    static long cpusMilli() {
        return 1000L * Runtime.getRuntime().availableProcessors();
    }

    /**
     * Memory of the machine less 1 GiB, or half of it where it has 2 GiB or less.
     *
     * @param meminfo such as {@code /proc/meminfo}.
     * @throws IllegalArgumentException when it cannot be found out.
     */
    static long memoryBytes(Path meminfo) {
        try {
            for (String line : Files.readAllLines(meminfo)) {
                String[] words = line.split("\\s+");
                if (words.length == 3 && words[0].equals("MemTotal:") && words[1].matches("[0-9]{1,15}")) {
                    return lessReserve(1024 * Long.parseLong(words[1]), MEMORY_RESERVE_BYTES);
                }
            }
        } catch (IOException ex) {
            throw new IllegalArgumentException("memoryBytes cannot be discovered: " + ex + "; set it", ex);
        }
        throw new IllegalArgumentException("memoryBytes cannot be discovered: no MemTotal in " + meminfo + "; set it");
    }

    /**
     * Disk that is free for this user less 5 GiB, or half of it where that is 10 GiB or less.
     *
     * @param folder on the disk.
     * @throws IllegalArgumentException when it cannot be found out.
     */
    static long diskBytes(Path folder) {
        try {
            return lessReserve(Files.getFileStore(folder).getUsableSpace(), DISK_RESERVE_BYTES);
        } catch (IOException ex) {
            throw new IllegalArgumentException("diskBytes cannot be discovered: " + ex + "; set it", ex);
        }
    }

    static long lessReserve(long bytes, long reserveBytes) {
        return bytes > 2 * reserveBytes ? bytes - reserveBytes : bytes / 2;
    }

    static String hostname() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (IOException ex) {
            return "localhost";
        }
    }
}

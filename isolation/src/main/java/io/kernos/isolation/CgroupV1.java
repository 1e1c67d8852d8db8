package io.kernos.isolation;

import io.kernos.linux.Linux;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * One control group of version 1: a folder in each hierarchy.
 */
final class CgroupV1 implements Cgroup {
    private static final byte[] OOM_KILL = "oom_kill".getBytes(StandardCharsets.US_ASCII);
    private static final long LEAST_SHARES = 2;
    private static final long SHARES_A_CPU = 1024;
    private static final long PERIOD_US = 100_000;
    private static final long LEAST_QUOTA_US = 1_000;
    private static final long NO_LIMIT = -1;
    private static final long UNKNOWN = -2;

    private final Map<String, Path> folders;
    private final List<String> planEntries;
    private final Path procs;
    private final ControlFile shares;
    private final ControlFile quota;
    private final ControlFile memoryLimit;
    private final ControlFile swapLimit;
    private final ControlFile oomControl;
    private final ControlFile peak;
    private final ControlFile failures;
    private final ControlFile pids;
    private final ControlFiles files = new ControlFiles();
    private final ControlFile.NumberConsumer killer = CgroupV1::kill;
    private long memoryBytes = UNKNOWN;

    CgroupV1(Map<String, Path> folders, boolean cpuQuota) {
        this.folders = folders;
        planEntries = folders.values().stream()
                .map(folder -> folder.resolve("cgroup.procs").toString())
                .toList();
        Path cpu = folders.get("cpu");
        Path memory = folders.get("memory");
        procs = folders.values().iterator().next().resolve("cgroup.procs");
        shares = files.open(cpu, "cpu.shares");
        quota = cpuQuota ? files.open(cpu, "cpu.cfs_quota_us") : null;
        memoryLimit = files.open(memory, "memory.limit_in_bytes");
        swapLimit = files.open(memory, "memory.memsw.limit_in_bytes");
        oomControl = files.open(memory, "memory.oom_control");
        peak = files.open(memory, "memory.max_usage_in_bytes");
        failures = files.open(memory, "memory.failcnt");
        pids = files.open(folders.get("pids"), "pids.max");
    }

    @Override
    public void limit(long cpusMilli, long memory, long pidsMax) {
        if (shares != null) {
            shares.put(Math.max(LEAST_SHARES, cpusMilli * SHARES_A_CPU / 1000));
        }
        if (quota != null) {
            quota.put(cpusMilli == 0 ? NO_LIMIT : Math.max(LEAST_QUOTA_US, cpusMilli * PERIOD_US / 1000));
        }
        if (memoryLimit != null) {
            limitMemory(memory == 0 ? NO_LIMIT : Math.max(MIN_MEMORY_BYTES, memory));
        }
        if (pids != null) {
            pids.putOrMax(pidsMax);
        }
    }

    /** The limit with swap may at no time be below the one without, so it gives way first and comes back last. */
    private void limitMemory(long bytes) {
        if (bytes == memoryBytes) {
            return;
        }
        memoryBytes = UNKNOWN;
        if (swapLimit != null) {
            swapLimit.put(NO_LIMIT);
        }
        memoryLimit.put(bytes);
        if (swapLimit != null) {
            swapLimit.put(bytes);
        }
        memoryBytes = bytes;
    }

    @Override
    public long oomKills() {
        return oomControl == null ? 0 : oomControl.valueOf(OOM_KILL);
    }

    @Override
    public List<String> planEntries() {
        return planEntries;
    }

    /** Opened anew each time: an open file goes on telling what its first read found, for as long as it is read. */
    @Override
    public int sweep() {
        try (ControlFile file = new ControlFile(procs)) {
            return file.forEachNumber(killer);
        }
    }

    private static void kill(long pid) {
        if (pid > 0) {
            Linux.kill((int) pid, Linux.SIGKILL);
        }
    }

    @Override
    public void reset() {
        if (peak != null) {
            peak.putAlways(0);
        }
        if (failures != null) {
            failures.putAlways(0);
        }
    }

    @Override
    public boolean remove() {
        close();
        boolean removed = true;
        for (Path folder : folders.values()) {
            removed &= CgroupFolders.remove(folder);
        }
        return removed;
    }

    @Override
    public void close() {
        files.close();
    }
}

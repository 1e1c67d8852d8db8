package io.kernos.isolation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * One control group of version 2.
 */
final class CgroupV2 implements Cgroup {
    private static final byte[] OOM_KILL = "oom_kill".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DESCENDANTS = "nr_descendants".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POPULATED = "populated".getBytes(StandardCharsets.US_ASCII);
    private static final long MILLI_A_WEIGHT = 10;
    private static final long MOST_WEIGHT = 10_000;
    private static final long PERIOD_US = 100_000;
    private static final long LEAST_QUOTA_US = 1_000;

    private final Path folder;
    private final List<String> planEntries;
    private final ControlFiles files = new ControlFiles();
    private final ControlFile events;
    private final ControlFile stat;
    private final ControlFile kill;
    private final ControlFile weight;
    private final ControlFile quota;
    private final ControlFile memoryMax;
    private final ControlFile swapMax;
    private final ControlFile memoryEvents;
    private final ControlFile pids;
    private long quotaMilli;

    CgroupV2(Path folder, boolean cpuQuota) {
        this.folder = folder;
        planEntries = List.of(folder.toString());
        events = files.open(folder, "cgroup.events");
        stat = files.open(folder, "cgroup.stat");
        kill = files.open(folder, "cgroup.kill");
        weight = files.open(folder, "cpu.weight");
        quota = cpuQuota ? files.open(folder, "cpu.max") : null;
        memoryMax = files.open(folder, "memory.max");
        swapMax = files.open(folder, "memory.swap.max");
        memoryEvents = files.open(folder, "memory.events");
        pids = files.open(folder, "pids.max");
    }

    @Override
    public void limit(long cpusMilli, long memoryBytes, long pidsMax) {
        if (weight != null) {
            weight.put(Math.clamp(cpusMilli / MILLI_A_WEIGHT, 1, MOST_WEIGHT));
        }
        if (quota != null && quotaMilli != cpusMilli) {
            long us = Math.max(LEAST_QUOTA_US, cpusMilli * PERIOD_US / 1000);
            quota.put((cpusMilli == 0 ? "max" : us) + " " + PERIOD_US);
            quotaMilli = cpusMilli;
        }
        if (memoryMax != null) {
            memoryMax.putOrMax(memoryBytes == 0 ? 0 : Math.max(MIN_MEMORY_BYTES, memoryBytes));
        }
        if (swapMax != null) {
            swapMax.put(0);
        }
        if (pids != null) {
            pids.putOrMax(pidsMax);
        }
    }

    @Override
    public long oomKills() {
        return memoryEvents == null ? 0 : memoryEvents.valueOf(OOM_KILL);
    }

    @Override
    public List<String> planEntries() {
        return planEntries;
    }

    @Override
    public int sweep() {
        if (events.valueOf(POPULATED) == 0) {
            return 0;
        }
        kill.putAlways(1);
        return 1;
    }

    /** What it counts is told by difference; groups that a task made inside would let no other be cloned into it. */
    @Override
    public void reset() {
        if (stat != null && stat.valueOf(DESCENDANTS) != 0) {
            CgroupFolders.removeAllIn(folder);
            CgroupFolders.takeControllersBack(folder);
        }
    }

    @Override
    public boolean remove() {
        close();
        return CgroupFolders.remove(folder);
    }

    @Override
    public void close() {
        files.close();
    }
}

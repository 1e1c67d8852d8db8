package io.kernos.master.node;

import io.aeron.CncFileDescriptor;
import io.aeron.cluster.ClusterControl;
import io.aeron.cluster.ClusterControl.ToggleState;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersReader;

/** What an operator asks of a running master from another process on its machine, through the driver's counters. */
public final class MasterControl {
    private static final int CLUSTER_ID = 0;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private MasterControl() {}

    /**
     * Ask the leader for a snapshot of the whole cluster, and wait until it is taken.
     *
     * @param aeronDirectory folder of the leader's media driver.
     * @param timeoutMs how long to wait at most.
     * @throws IllegalStateException when there is no leader with that driver, or it does not answer in time.
     */
    public static void snapshot(Path aeronDirectory, long timeoutMs) {
        File file = aeronDirectory.resolve(CncFileDescriptor.CNC_FILE).toFile();
        if (!file.exists()) {
            throw new IllegalStateException("no master runs with aeronDirectory=" + aeronDirectory);
        }
        MappedByteBuffer mapped = IoUtil.mapExistingFile(file, CncFileDescriptor.CNC_FILE);
        try {
            DirectBuffer metadata = CncFileDescriptor.createMetaDataBuffer(mapped);
            CountersReader counters = new CountersReader(
                    CncFileDescriptor.createCountersMetaDataBuffer(mapped, metadata),
                    CncFileDescriptor.createCountersValuesBuffer(mapped, metadata));
            snapshot(ClusterControl.findControlToggle(counters, CLUSTER_ID), aeronDirectory, timeoutMs);
        } finally {
            IoUtil.unmap(mapped);
        }
    }

    private static void snapshot(AtomicCounter toggle, Path aeronDirectory, long timeoutMs) {
        if (toggle == null || ToggleState.get(toggle) == ToggleState.INACTIVE) {
            throw new IllegalStateException(
                    "the master with aeronDirectory=" + aeronDirectory + " does not lead: ask the leader");
        }
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        boolean isAsked = false;
        while (!isAsked || ToggleState.get(toggle) != ToggleState.NEUTRAL) {
            isAsked = isAsked || ToggleState.SNAPSHOT.toggle(toggle);
            if (System.nanoTime() - deadlineNs > 0) {
                throw new IllegalStateException("no snapshot within " + timeoutMs + " ms: see the master's log");
            }
            LockSupport.parkNanos(POLL_NS);
        }
    }
}

package io.kernos.master.node;

import io.aeron.cluster.ClusterControl.ToggleState;
import io.aeron.cluster.ConsensusModule;
import io.aeron.cluster.ElectionState;
import io.aeron.cluster.service.Cluster;
import java.util.function.LongSupplier;
import org.agrona.concurrent.status.AtomicCounter;

/** What the counters of a consensus module tell, and what they can ask of it. For any thread. */
final class ModuleControl implements SnapshotTarget {
    private static final long CLOSED = -1;

    private final ConsensusModule.Context module;
    private final LongSupplier snapshotPosition;

    ModuleControl(ConsensusModule.Context module, LongSupplier snapshotPosition) {
        this.module = module;
        this.snapshotPosition = snapshotPosition;
    }

    @Override
    public boolean isLeader() {
        return value(module.electionStateCounter()) == ElectionState.CLOSED.code()
                && value(module.clusterNodeRoleCounter()) == Cluster.Role.LEADER.code();
    }

    @Override
    public boolean isBusy() {
        return value(module.controlToggleCounter()) != ToggleState.NEUTRAL.code();
    }

    @Override
    public long commitPosition() {
        return value(module.commitPositionCounter());
    }

    @Override
    public long snapshotPosition() {
        return snapshotPosition.getAsLong();
    }

    /** How many snapshots the member took since its start. */
    long snapshotCount() {
        return value(module.snapshotCounter());
    }

    @Override
    public boolean request() {
        AtomicCounter toggle = module.controlToggleCounter();
        return !toggle.isClosed() && ToggleState.SNAPSHOT.toggle(toggle);
    }

    /** Value of a counter; -1 once its owner ended, when the counter must not be read any more. */
    private static long value(AtomicCounter counter) {
        return counter.isClosed() ? CLOSED : counter.get();
    }
}

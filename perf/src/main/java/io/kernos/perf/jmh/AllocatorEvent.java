package io.kernos.perf.jmh;

import io.kernos.perf.grid.GridSize;
import io.kernos.perf.grid.OfferCluster;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One event of a cluster of which all is offered, with the decision that follows; each framework has its own role. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class AllocatorEvent {
    /** Machines in the cluster. */
    @Param({"1000", "50000"})
    private int agents;

    /** Frameworks, and roles. */
    @Param({"200", "1000"})
    private int frameworks;

    private OfferCluster cluster;
    private int number;

    /** Made by JMH. */
    public AllocatorEvent() {}

    /** Offers everything. */
    @Setup
    public void fill() {
        cluster = new OfferCluster(new GridSize(agents, frameworks));
        cluster.decide();
    }

    /**
     * An offer is given back, and goes to whoever has least.
     *
     * @return how many decisions were made.
     */
    @Benchmark
    public int recovered() {
        cluster.take(OfferCluster.spread(number++));
        return cluster.turnOver();
    }

    /**
     * An offer is declined, and goes to another framework.
     *
     * @return how many decisions were made.
     */
    @Benchmark
    public int declined() {
        return cluster.decline(OfferCluster.spread(number++));
    }

    /**
     * An agent is disconnected, or is back.
     *
     * @return how many decisions were made.
     */
    @Benchmark
    public int agentDisconnectedOrBack() {
        return cluster.disconnectOrReturn(number++);
    }

    /**
     * A framework is suppressed, or revived.
     *
     * @return how many decisions were made.
     */
    @Benchmark
    public int suppressedOrRevived() {
        return cluster.suppressOrRevive(number++);
    }

    /**
     * A role gets another weight.
     *
     * @return how many decisions were made.
     */
    @Benchmark
    public int reweighed() {
        return cluster.reweigh(number++);
    }
}

package io.kernos.perf.jmh;

import io.kernos.allocator.AllocationHandler;
import io.kernos.allocator.Allocator;
import io.kernos.allocator.AllocatorContext;
import io.kernos.allocator.Resources;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * One decision of a full cluster: a task or an offer comes back, and what it held goes to whoever has least. 100
 * frameworks in 10 roles contend for machines of 64 processors.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class AllocatorDecision {
    private static final int FRAMEWORKS = 100;
    private static final int ROLES = 10;
    private static final int TASKS_AN_AGENT = 64;
    private static final int WAITING_TASKS = 100_000_000;
    private static final long NOW_MS = 1_000;
    private static final Resources MACHINE = Resources.of(64_000, 64L << 30, 1L << 40);
    private static final Resources TASK = Resources.of(1_000, 1L << 30, 1L << 30);

    /** Machines in the cluster. */
    @Param({"1000", "10000"})
    private int agents;

    private Placing placing;
    private Offering offering;

    /** Made by JMH. */
    public AllocatorDecision() {}

    /** Fills two clusters, one with tasks and one with offers. */
    @Setup
    public void fill() {
        placing = new Placing(agents);
        offering = new Offering(agents);
    }

    /**
     * A task ends, and a task that waits takes its place.
     *
     * @return how many decisions were made.
     */
    @Benchmark
    public int placement() {
        return placing.step();
    }

    /**
     * A framework asks for one more task, for which there is no room.
     *
     * @return how many decisions were made: none.
     */
    @Benchmark
    public int submission() {
        return placing.ask();
    }

    /**
     * An offer is given back, and goes to another framework.
     *
     * @return how many decisions were made.
     */
    @Benchmark
    public int offer() {
        return offering.step();
    }

    private static Allocator cluster(AllocationHandler handler, int agents) {
        Allocator allocator = new Allocator(new AllocatorContext().handler(handler));
        for (int role = 0; role < ROLES; role++) {
            allocator.roles().add(role, Allocator.WEIGHT_MILLI_DEFAULT);
        }
        for (int framework = 0; framework < FRAMEWORKS; framework++) {
            allocator.frameworks().add(framework, framework % ROLES);
        }
        for (int agent = 0; agent < agents; agent++) {
            allocator.agents().add(agent, MACHINE);
        }
        return allocator;
    }

    /** A cluster full of tasks; each framework has one demand, numbered as itself, with more that wait. */
    private static final class Placing implements AllocationHandler {
        private final Allocator allocator;
        /** Tasks of each framework on each agent. */
        private final int[] tasks;

        private final int agents;
        private int nextAgent;
        private int nextFramework;

        Placing(int agents) {
            this.agents = agents;
            tasks = new int[agents * FRAMEWORKS];
            allocator = cluster(this, agents);
            for (int framework = 0; framework < FRAMEWORKS; framework++) {
                allocator.frameworks().suppress(framework);
                allocator
                        .demands()
                        .add(framework, framework, framework, TASK, 0, WAITING_TASKS + agents * TASKS_AN_AGENT);
            }
            allocator.allocate(NOW_MS);
        }

        int step() {
            int agent = nextAgent;
            nextAgent = agent + 1 == agents ? 0 : agent + 1;
            int framework = holderOn(agent);
            tasks[agent * FRAMEWORKS + framework]--;
            allocator.grants().recoverUsed(agent, framework, TASK);
            return allocator.allocate(NOW_MS);
        }

        /** Takes the task off again, so that demands do not grow without end. */
        int ask() {
            nextFramework = nextFramework + 1 == FRAMEWORKS ? 0 : nextFramework + 1;
            allocator.demands().grow(nextFramework, 1);
            int decisions = allocator.allocate(NOW_MS);
            allocator.demands().reduce(nextFramework, 1);
            return decisions;
        }

        private int holderOn(int agent) {
            do {
                nextFramework = nextFramework + 1 == FRAMEWORKS ? 0 : nextFramework + 1;
            } while (tasks[agent * FRAMEWORKS + nextFramework] == 0);
            return nextFramework;
        }

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
            tasks[agentIndex * FRAMEWORKS + demandIndex] += count;
        }

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
            throw new IllegalStateException("all frameworks are suppressed");
        }
    }

    /** A cluster of which every machine is offered to somebody. */
    private static final class Offering implements AllocationHandler {
        private final Allocator allocator;
        private final int[] holders;
        private int nextAgent;

        Offering(int agents) {
            holders = new int[agents];
            allocator = cluster(this, agents);
            allocator.allocate(NOW_MS);
        }

        int step() {
            int agent = nextAgent;
            nextAgent = agent + 1 == holders.length ? 0 : agent + 1;
            allocator.grants().recoverOffered(agent, holders[agent], MACHINE);
            return allocator.allocate(NOW_MS);
        }

        @Override
        public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
            throw new IllegalStateException("there are no demands");
        }

        @Override
        public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
            holders[agentIndex] = frameworkIndex;
        }
    }
}

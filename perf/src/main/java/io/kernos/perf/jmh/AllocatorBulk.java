package io.kernos.perf.jmh;

import io.kernos.allocator.AllocationHandler;
import io.kernos.allocator.Allocator;
import io.kernos.allocator.AllocatorContext;
import io.kernos.allocator.Resources;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A million equal tasks placed at once on 20,000 empty machines, of one class or of as many classes as there are
 * frameworks, which then take turns by their shares.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class AllocatorBulk implements AllocationHandler {
    private static final int TASKS = 1_000_000;
    private static final int AGENTS = 20_000;
    private static final int TASKS_AN_AGENT = 50;
    private static final int ROLES = 10;
    private static final long NOW_MS = 1_000;
    private static final Resources MACHINE =
            Resources.of(1_000 * TASKS_AN_AGENT, (long) TASKS_AN_AGENT << 30, 1L << 40);
    private static final Resources TASK = Resources.of(1_000, 1L << 30, 1L << 30);

    /** Frameworks that each have an equal part of the tasks. */
    @Param({"1", "100"})
    private int frameworks;

    private final Resources held = new Resources();
    private Allocator allocator;
    /** Tasks of each framework on each agent. */
    private int[] tasks;

    private int placed;

    /** Made by JMH. */
    public AllocatorBulk() {}

    /** Makes an empty cluster, in which every framework has a demand numbered as itself. */
    @Setup
    public void populate() {
        allocator = new Allocator(new AllocatorContext().handler(this));
        tasks = new int[AGENTS * frameworks];
        for (int role = 0; role < ROLES; role++) {
            allocator.roles().add(role, Allocator.WEIGHT_MILLI_DEFAULT);
        }
        for (int framework = 0; framework < frameworks; framework++) {
            allocator.frameworks().add(framework, framework % ROLES);
            allocator.frameworks().suppress(framework);
            allocator.demands().add(framework, framework, framework, TASK, 0, 0);
        }
        for (int agent = 0; agent < AGENTS; agent++) {
            allocator.agents().add(agent, MACHINE);
        }
    }

    /** Takes all tasks back. */
    @TearDown(Level.Invocation)
    public void end() {
        if (placed != TASKS) {
            throw new IllegalStateException("placed=" + placed + " must be " + TASKS);
        }
        placed = 0;
        for (int at = 0; at < tasks.length; at++) {
            if (tasks[at] > 0) {
                held.clear();
                for (int kind = 0; kind < TASK.scalarKinds(); kind++) {
                    held.scalar(kind, tasks[at] * TASK.scalar(kind));
                }
                allocator.grants().recoverUsed(at / frameworks, at % frameworks, held);
                tasks[at] = 0;
            }
        }
    }

    /**
     * All tasks are asked for and placed.
     *
     * @return how many decisions were told.
     */
    @Benchmark
    @OperationsPerInvocation(TASKS)
    public int placementOfAMillion() {
        for (int framework = 0; framework < frameworks; framework++) {
            allocator.demands().grow(framework, TASKS / frameworks);
        }
        return allocator.allocate(NOW_MS);
    }

    @Override
    public void onPlacement(int demandIndex, int agentIndex, int count, Resources perTask) {
        tasks[agentIndex * frameworks + demandIndex] += count;
        placed += count;
    }

    @Override
    public void onOffer(int frameworkIndex, int agentIndex, Resources granted) {
        throw new IllegalStateException("all frameworks are suppressed");
    }
}

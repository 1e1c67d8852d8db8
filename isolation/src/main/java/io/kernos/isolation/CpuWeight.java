package io.kernos.isolation;

import io.kernos.linux.LinuxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all containers of an agent weigh together when processors are short. By itself a control group weighs as much as
 * one process beside it, however many are in it: the agent's threads alone would then leave its tasks a fraction.
 */
final class CpuWeight {
    private static final long SHARES_A_CPU = 1_024;
    private static final long MOST_SHARES = 262_144;
    private static final long WEIGHT_A_CPU = 100;
    private static final long MOST_WEIGHT = 10_000;

    private CpuWeight() {}

    /** Has a group weigh as much as a process on each processor. One that belongs to somebody else is let be. */
    static void setFor(Path group, int processors) {
        put(group.resolve("cpu.shares"), Math.min(MOST_SHARES, processors * SHARES_A_CPU));
        put(group.resolve("cpu.weight"), Math.min(MOST_WEIGHT, processors * WEIGHT_A_CPU));
    }

    private static void put(Path path, long value) {
        if (!Files.isWritable(path)) {
            return;
        }
        try (ControlFile file = new ControlFile(path)) {
            file.put(value);
        } catch (LinuxException e) {
            throw new LinuxException("have containers weigh " + value + " by " + path, e.errno());
        }
    }
}

package io.kernos.cli;

import java.util.ArrayList;
import java.util.List;

/** What {@code up} does as it was told, though hardly anybody wants it. */
final class UpWarnings {
    /** What a task asks for where its --mem is left out. */
    private static final long TASK_MEMORY_BYTES = 64L << 20;

    private static final int MILLI = 1_000;

    private UpWarnings() {}

    /**
     * Finds them.
     *
     * @param context     of the cluster.
     * @param processors  that this machine has.
     * @param memoryBytes that this machine has.
     * @param isRoot      whether the cluster runs as root.
     * @return one line each.
     */
    static List<String> of(LocalClusterContext context, int processors, long memoryBytes, boolean isRoot) {
        List<String> warnings = new ArrayList<>();
        if (isRoot && context.user().isEmpty()) {
            warnings.add("tasks run as root, and can change any file of this machine: 'kernos up --user nobody' has"
                    + " them run as nobody");
        }
        if (context.cpusMilli() > (long) processors * MILLI) {
            warnings.add("--cpus " + Quantities.cpus(context.cpusMilli()) + " is more than the " + processors
                    + " of this machine: tasks share them");
        }
        if (context.memoryBytes() > memoryBytes) {
            warnings.add("--mem " + Quantities.bytes(context.memoryBytes()) + " is more than the "
                    + Quantities.bytes(memoryBytes)
                    + " of this machine: tasks that use what they ask for may be killed");
        }
        if (context.memoryBytes() >= 0 && context.memoryBytes() < TASK_MEMORY_BYTES) {
            warnings.add("--mem " + Quantities.bytes(context.memoryBytes()) + " is less than a task asks for without"
                    + " --mem: such tasks wait for ever");
        }
        return warnings;
    }
}

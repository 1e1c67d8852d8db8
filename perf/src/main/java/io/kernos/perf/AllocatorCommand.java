package io.kernos.perf;

import io.kernos.perf.jmh.AllocatorDecision;
import java.util.Map;
import picocli.CommandLine.Command;

/** How long one decision of the allocator takes. */
@Command(
        name = "allocator",
        description = {
            "Time and garbage of one event of the allocator and its decision (a task ends or an offer comes back, and",
            "goes to whoever has least; a task is asked for that has no room) with 100 frameworks in 10 roles on 1,000",
            "and 10,000 full agents, by JMH, against a bare posix_spawn to its exec: at most a hundredth of it, and no",
            "garbage."
        },
        mixinStandardHelpOptions = true)
final class AllocatorCommand extends MicroCommand {
    private static final double MOST_OF_A_SPAWN = 0.01;

    AllocatorCommand() {
        super("allocator", AllocatorDecision.class, MOST_OF_A_SPAWN);
    }

    @Override
    Map<String, String> parameters() {
        return Map.of("agents", quick() ? "1000" : "1000,10000");
    }
}

package io.kernos.perf;

import io.kernos.perf.jmh.AllocatorDecision;
import java.util.Map;
import picocli.CommandLine.Command;

/** How long one decision of the allocator takes. */
@Command(
        name = "allocator",
        description = {
            "Time and garbage of one decision of the allocator (a task or an offer comes back and goes to whoever has",
            "least) with 100 frameworks in 10 roles on 1,000 and 10,000 full agents, by JMH,",
            "against a bare posix_spawn: a decision must take at most a hundredth of it, and make no garbage."
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

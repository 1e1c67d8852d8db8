package io.kernos.perf;

import io.kernos.perf.jmh.Codec;
import picocli.CommandLine.Command;

/** How long it takes to write, check and read a message. */
@Command(
        name = "codec",
        header = {"Time and garbage of a message written and read, against a bare spawn.", ""},
        description = "Time and garbage of writing a launch and an update, and of checking and reading them, by JMH, "
                + "against a bare posix_spawn to its exec: each at most a thousandth of it, and no garbage.",
        mixinStandardHelpOptions = true)
final class CodecCommand extends MicroCommand {
    private static final double MOST_OF_A_SPAWN = 0.001;

    CodecCommand() {
        super("codec", Codec.class, MOST_OF_A_SPAWN);
    }
}

package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class FlagNamesTest {
    private static final CommandSpec RUN = new CommandLine(new RunCommand()).getCommandSpec();

    @Test
    void shouldNameTheFlagThatWasGiven() {
        assertEquals("--cpus=0: use more", FlagNames.inWordsOf(RUN, "cpusMilli=0: use more"));
        assertEquals("--mem=0: use more", FlagNames.inWordsOf(RUN, "memoryBytes=0: use more"));
        assertEquals("--role=: must not be empty", FlagNames.inWordsOf(RUN, "role=: must not be empty"));
    }

    @Test
    void shouldLeaveWhatIsNoFlagOfTheCommand() {
        assertEquals("logTermBytes=1: use more", FlagNames.inWordsOf(RUN, "logTermBytes=1: use more"));
        assertEquals("--cpus-milli=0: use more", FlagNames.inWordsOf(RUN, "--cpus-milli=0: use more"));
        assertEquals("no setting", FlagNames.inWordsOf(RUN, "no setting"));
    }
}

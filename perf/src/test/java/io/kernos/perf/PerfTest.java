package io.kernos.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PerfTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"allocator", "grid", "size", "codec", "latency", "tasks", "idle"})
    void shouldSayWhatIsMeasuredWhenAskedForHelp(String benchmark) {
        assertEquals(0, run(benchmark, "--help"));
        assertTrue(out.toString().contains("--quick"), out::toString);
        assertTrue(out.toString().contains("--json"), out::toString);
    }

    @Test
    void shouldRefuseWhenNoBenchmarkIsNamed() {
        assertEquals(2, run());
        assertTrue(err.toString().contains("Which benchmark?"), err::toString);
    }

    @Test
    void shouldRefuseWhenTheBenchmarkIsUnknown() {
        assertEquals(2, run("teleport"));
        assertTrue(err.toString().contains("teleport"), err::toString);
    }

    @Test
    void shouldRefuseWhenTheProfileIsUnknown() {
        assertEquals(2, run("tasks", "--idle", "hot"));
        assertTrue(err.toString().contains("use eco, balanced or spin"), err::toString);
    }

    private int run(String... args) {
        return Perf.run(args, new PrintWriter(out), new PrintWriter(err));
    }
}

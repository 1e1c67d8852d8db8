package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code kernos up} knew and did is there again at the next one. */
@Timeout(300)
class RestartTest {
    private static final long TIMEOUT_MS = 120_000;

    private Path home;
    private Leftovers leftovers;
    private JavaProcess up;

    @BeforeEach
    void startCluster() throws IOException, InterruptedException {
        home = Files.createTempDirectory("kernos-restart-");
        leftovers = Leftovers.of(home);
        start();
    }

    @AfterEach
    void endCluster() throws InterruptedException {
        try {
            up.terminate(TIMEOUT_MS);
        } finally {
            up.close();
        }
        assertEquals(List.of(), leftovers.find());
        IoUtil.delete(home.toFile(), true);
    }

    @Test
    void shouldRememberTheTasksThatItEndedWhenItWasTerminated() throws IOException, InterruptedException {
        submit();
        assertEquals(128 + 15, up.terminate(TIMEOUT_MS));
        assertEquals(List.of(), leftovers.find());

        start();
        assertEquals(2, tasks("\"state\":\"KILLED\""));
        assertEquals("", log("ERROR"));
    }

    @Test
    void shouldTakeOverTheTasksThatRunWhenItWasKilled() throws IOException, InterruptedException {
        submit();
        up.kill();

        start();
        assertEquals(2, tasks("\"state\":\"RUNNING\""));
    }

    private void start() throws IOException, InterruptedException {
        up = JavaProcess.start(home, Kernos.class, "up", "--home", home.toString(), "--port", "0");
        up.awaitLine("kernos is up", TIMEOUT_MS);
    }

    private void submit() throws IOException, InterruptedException {
        kernos("submit", "--home", home.toString(), "--count", "2", "--cpus", "0.1", "--", "sleep", "600");
        for (int i = 0; i < 100 && tasks("\"state\":\"RUNNING\"") < 2; i++) {
            assertTrue(i < 99, "the tasks never ran");
        }
    }

    private long tasks(String words) throws IOException, InterruptedException {
        return kernos("tasks", "--home", home.toString(), "--all", "--json")
                .lines()
                .filter(line -> line.contains(words))
                .count();
    }

    private String kernos(String... args) throws IOException, InterruptedException {
        try (JavaProcess process = JavaProcess.start(home, Kernos.class, args)) {
            assertEquals(ExitCodes.OK, process.await(TIMEOUT_MS), process::errors);
            return process.output();
        }
    }

    private String log(String level) throws IOException {
        return String.join(
                "\n",
                Files.readAllLines(home.resolve("kernos.log")).stream()
                        .filter(line -> line.contains(' ' + level + ' '))
                        .toList());
    }
}

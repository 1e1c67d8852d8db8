package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.Aeron;
import io.aeron.cluster.ClusterControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.AtomicCounter;
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
        Set<Long> processes = processes();
        up.kill();

        start();
        assertEquals(2, tasks("\"state\":\"RUNNING\""));
        assertEquals(processes, processes());

        up.terminate(TIMEOUT_MS);
        assertEquals(Set.of(), processes());
        assertEquals(List.of("begun 1", "begun 2", "ended 1", "ended 2"), record());
        start();
        assertEquals(2, tasks("\"state\":\"KILLED\""));
        assertEquals(2, tasks("\"state\":"));
    }

    @Test
    void shouldLeaveTheTasksThatRunToTheNextStartWhenItsMasterEnds() throws IOException, InterruptedException {
        submit();
        Set<Long> processes = processes();
        endMaster();
        assertEquals(ExitCodes.FAILED, up.await(TIMEOUT_MS), up::output);
        assertTrue(up.errors().contains("kernos: the master ended by itself"), up::errors);
        assertEquals(processes, processes());

        start();
        assertEquals(2, tasks("\"state\":\"RUNNING\""));
        assertEquals(processes, processes());
        assertEquals(List.of("begun 1", "begun 2"), record());
    }

    /** As an error would from which it cannot recover. */
    private void endMaster() {
        Aeron.Context context =
                new Aeron.Context().aeronDirectoryName(ClusterFile.read(home).aeronDirectory());
        try (Aeron aeron = Aeron.connect(context)) {
            AtomicCounter control = ClusterControl.findControlToggle(aeron.countersReader(), 0);
            assertTrue(ClusterControl.ToggleState.ABORT.toggle(control));
        }
    }

    @Test
    void shouldLeaveTheTasksThatRunToTheNextStartWhenOneFails() throws IOException, InterruptedException {
        submit();
        Set<Long> processes = processes();
        up.kill();
        Path inTheWay = home.resolve("cluster.properties");
        Files.delete(inTheWay);
        Files.createDirectory(inTheWay);

        try (JavaProcess failing = up()) {
            assertEquals(ExitCodes.FAILED, failing.await(TIMEOUT_MS), failing::output);
            assertTrue(failing.errors().contains(inTheWay.toString()), failing::errors);
        }
        assertEquals(processes, processes());

        assertFalse(Files.exists(inTheWay), "an empty folder is removed at the end of the start");
        start();
        assertEquals(2, tasks("\"state\":\"RUNNING\""));
        assertEquals(processes, processes());
        assertEquals(List.of("begun 1", "begun 2"), record());
    }

    @Test
    void shouldLeaveNothingWhenAStartFailsAndNoTaskRuns() throws IOException, InterruptedException {
        assertEquals(128 + 15, up.terminate(TIMEOUT_MS));
        Path inTheWay = home.resolve("cluster.properties");
        Files.createDirectories(inTheWay.resolve("folder"));

        try (JavaProcess failing = up()) {
            assertEquals(ExitCodes.FAILED, failing.await(TIMEOUT_MS), failing::output);
        }
        assertEquals(List.of(), leftovers.find());
    }

    private void start() throws IOException, InterruptedException {
        up = up();
        up.awaitLine("kernos is up", TIMEOUT_MS);
    }

    private JavaProcess up() throws IOException {
        return JavaProcess.start(home, Kernos.class, "up", "--home", home.toString(), "--port", "0");
    }

    /** Each says when it begins and when it is told to end. */
    private void submit() throws IOException, InterruptedException {
        String record = " $KERNOS_TASK_ID >> " + home.resolve("record");
        String script = "trap 'echo ended" + record + "; exit' TERM; echo begun" + record + "; sleep 600 & wait";
        kernos("submit", "--home", home.toString(), "--count", "2", "--cpus", "0.1", "--", "sh", "-c", script);
        for (int i = 0; i < 100 && (tasks("\"state\":\"RUNNING\"") < 2 || record().size() < 2); i++) {
            assertTrue(i < 99, "the tasks never ran");
        }
    }

    private List<String> record() throws IOException {
        Path record = home.resolve("record");
        return Files.exists(record)
                ? Files.readAllLines(record).stream().sorted().toList()
                : List.of();
    }

    /** Those of the tasks themselves. */
    private Set<Long> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> arguments.length == 2 && arguments[1].startsWith("trap 'echo ended"))
                        .filter(arguments -> arguments[1].contains(home.toString()))
                        .isPresent())
                .map(ProcessHandle::pid)
                .collect(Collectors.toCollection(TreeSet::new));
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

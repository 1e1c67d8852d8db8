package io.kernos.cli.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.cli.Kernos;
import io.kernos.master.store.StateStore;
import io.kernos.master.store.StoreException;
import io.kernos.transport.codecs.AgentState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.DatagramSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each process in a JVM of its own, as an operator would run them. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NodeCommandsTest {
    private static final int ENDED_BY_SIGTERM = 143;
    private static final int WRONG_SETTING = 2;
    private static final int NO_CLUSTER = 3;
    private static final long POLL_NS = TimeUnit.MILLISECONDS.toNanos(20);

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endAll() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void shouldRunMasterRelayAndAgentUntilTheyAreToldToEnd() throws IOException, InterruptedException {
        Path settings = settings();
        Process master = start("master", settings);
        Map<String, String> masterFacts = facts(master);
        Process relay = start("relay", settings);
        Map<String, String> relayFacts = facts(relay);
        Process agent = start("agent", settings, "--end-tasks", "--json");
        String line = agent.inputReader(StandardCharsets.UTF_8).readLine();
        assertTrue(line.startsWith("{\"command\":\"agent\",\"process\":" + agent.pid() + ",\"host\":\""), line);
        awaitAgent(Path.of(masterFacts.get("store")));

        for (Process process : List.of(agent, relay, master)) {
            process.destroy();
            assertEquals(ENDED_BY_SIGTERM, process.waitFor());
        }
        assertFalse(Files.exists(Path.of(masterFacts.get("driver"))), "the master's driver left its folder");
        assertFalse(Files.exists(Path.of(relayFacts.get("driver"))), "the relay's driver left its folder");
    }

    @Test
    void shouldFindTheClusterByTheSettingsOfItsMasterWhenRunApart() throws IOException, InterruptedException {
        Path settings = settings();
        Said early = say("tasks", settings);
        assertEquals(NO_CLUSTER, early.exitCode(), early.toString());
        assertTrue(early.errors().contains("start it by 'kernos master --settings " + settings), early.toString());
        Process master = start("master", settings);
        Map<String, String> masterFacts = facts(master);
        Process relay = start("relay", settings);
        facts(relay);
        Process agent = start("agent", settings, "--end-tasks");
        facts(agent);
        awaitAgent(Path.of(masterFacts.get("store")));

        assertEquals(new Said(3, "hello\n", ""), say("run", settings, "--", "sh", "-c", "echo hello; exit 3"));
        Said tasks = say("tasks", settings, "--all", "--json");
        assertTrue(
                tasks.output().contains("\"frameworkId\":1") && tasks.output().contains("FAILED"), tasks.toString());
        assertEquals(new Said(0, "hello\n", ""), say("logs", settings, "1.1"));
        assertTrue(say("stat", settings, "--once").output().contains("messages received"));
        assertTrue(say("agents", settings).output().contains("ACTIVE"));

        for (Process process : List.of(agent, relay, master)) {
            process.destroy();
            assertEquals(ENDED_BY_SIGTERM, process.waitFor());
        }
    }

    @Test
    void shouldSayWhatToNameWhenMastersAreElsewhere() throws IOException, InterruptedException {
        Process run = startPlain("run", "--masters", "0=localhost:7700", "--", "true");
        String said = errors(run);
        assertEquals(WRONG_SETTING, run.waitFor());
        assertTrue(said.contains("say by --store which state store"), said);
        assertTrue(said.contains("--settings"), said);
    }

    private record Said(int exitCode, String output, String errors) {}

    private Said say(String command, Path settings, String... arguments) throws IOException, InterruptedException {
        Process process = start(command, settings, arguments);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), output, errors(process));
    }

    @Test
    void shouldSayWhatIsWrongAndEndWhenASettingIsWrong() throws IOException, InterruptedException {
        Path settings = Files.write(folder.resolve("kernos.properties"), List.of("master.directory = " + folder));
        Process master = start("master", settings, "--max-tasks=many");
        String said = new String(master.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(WRONG_SETTING, master.waitFor());
        assertTrue(said.contains("kernos: --max-tasks=many: use 1 to 67,108,864"), said);
    }

    /** The relay is one of its own, the master's is off, so that an agent that comes up came through it. */
    private Path settings() throws IOException {
        int first = freePorts();
        return Files.write(
                folder.resolve("kernos.properties"),
                List.of(
                        "master.directory = " + folder.resolve("master"),
                        "master.members = localhost:" + first,
                        "master.relayEnabled = false",
                        "relay.members = localhost:" + first,
                        "relay.relayEndpoint = localhost:" + (first + 5),
                        "agent.workDirectory = " + folder.resolve("agent"),
                        "agent.relayEndpoints = localhost:" + (first + 5),
                        "agent.cgroups = false",
                        "agent.namespaces = false"));
    }

    /** The first of six ports; the kernel gives the first, and those behind it are rarely taken. */
    private static int freePorts() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return Math.min(socket.getLocalPort(), 65_000);
        }
    }

    private Process start(String command, Path settings, String... flags) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command, "--settings", settings.toString()));
        arguments.addAll(List.of(flags));
        return startPlain(arguments.toArray(String[]::new));
    }

    private Process startPlain(String... arguments) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String argument : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (argument.startsWith("--")) {
                line.add(argument);
            }
        }
        line.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Kernos.class.getName()));
        line.addAll(List.of(arguments));
        Process process = new ProcessBuilder(line).start();
        processes.add(process);
        return process;
    }

    /** What a process says once it is up. */
    private static Map<String, String> facts(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String first = out.readLine();
        assertNotNull(first, () -> "it did not come up: " + errors(process));
        assertTrue(first.contains(" is up, in process " + process.pid()), first);
        Map<String, String> facts = new LinkedHashMap<>();
        while (!facts.containsKey("idle")) {
            String[] words = out.readLine().strip().split(" +", 2);
            facts.put(words[0], words[1]);
        }
        return facts;
    }

    private static String errors(Process process) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            return String.join("\n", reader.lines().toList());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static void awaitAgent(Path store) {
        while (!isAgentThere(store)) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    private static boolean isAgentThere(Path folder) {
        try (StateStore store = StateStore.open(folder)) {
            return store.agents().items().stream().anyMatch(agent -> agent.state() == AgentState.ACTIVE);
        } catch (StoreException notYet) {
            return false;
        }
    }
}

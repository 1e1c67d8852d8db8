package io.kernos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.client.ResourceOffer;
import io.kernos.client.SchedulerListener;
import io.kernos.client.SchedulerSession;
import io.kernos.client.SessionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.IoUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each subcommand as a process of its own, against a cluster that {@code kernos up} runs. */
@Timeout(300)
class EndToEndTest {
    private static final long TIMEOUT_MS = 120_000;

    private static Path home;
    private static Leftovers leftovers;
    private static JavaProcess up;

    private record Result(int exitCode, String output, String errors) {}

    @BeforeAll
    static void startCluster() throws IOException, InterruptedException {
        home = Files.createTempDirectory("kernos-e2e-");
        leftovers = Leftovers.of(home);
        up = start("up", "--port", "0", "--idle", "balanced", "--cpus", "4");
        up.awaitLine("kernos is up", TIMEOUT_MS);
    }

    @AfterAll
    static void endCluster() throws InterruptedException {
        try {
            up.terminate(TIMEOUT_MS);
        } finally {
            up.close();
        }
        assertEquals(List.of(), leftovers.find());
        IoUtil.delete(home.toFile(), true);
    }

    @Test
    void shouldStreamOutputAndReturnTheExitCodeWhenRun() throws IOException, InterruptedException {
        Result result = kernos("run", "--env", "WHO=world", "--", "sh", "-c", "echo hello $WHO; echo oops >&2; exit 3");
        assertEquals(new Result(3, "hello world\n", "oops\n"), result);
    }

    @Test
    void shouldReturnTheSignalWhenOneEndsTheTask() throws IOException, InterruptedException {
        assertEquals(
                128 + 15,
                kernos("run", "--", "sh", "-c", "kill -TERM $$; sleep 60").exitCode());
    }

    @Test
    void shouldSayWhyWhenTheCommandCannotBeExecuted() throws IOException, InterruptedException {
        Result result = kernos("run", "--", "/no/such/program");
        assertTrue(result.exitCode() == ExitCodes.NOT_RUN || result.exitCode() == 127, result.toString());
        assertTrue(result.errors().contains("/no/such/program"), result.toString());
    }

    @Test
    void shouldEndTheTaskWhenItsTimeIsUp() throws IOException, InterruptedException {
        Result result = kernos("run", "--timeout", "500ms", "--", "sleep", "600");
        assertEquals(ExitCodes.TIMED_OUT, result.exitCode(), result.toString());
    }

    @Test
    void shouldEndTheTaskWhenRunIsInterrupted() throws IOException, InterruptedException {
        try (JavaProcess run = start("run", "--name", "patient", "--", "sh", "-c", "echo begun; exec sleep 600")) {
            run.awaitLine("begun", TIMEOUT_MS);
            assertEquals(128 + 15, run.terminate(TIMEOUT_MS), run.errors());
        }
        Result tasks = kernos("tasks", "--state", "killed", "--json");
        assertTrue(tasks.output().contains("\"name\":\"patient\""), tasks.toString());
    }

    @Test
    void shouldRunAllThatIsSubmittedAndShowWhatEachWrote() throws IOException, InterruptedException {
        Result submit = kernos("submit", "--count", "5", "--wait", "--", "sh", "-c", "echo I am $KERNOS_TASK_INDEX");
        assertEquals(0, submit.exitCode(), submit.toString());
        assertTrue(submit.output().endsWith("ended, 5 of 5 well\n"), submit.toString());
        String frameworkId = submit.output().substring(0, submit.output().indexOf('.'));
        assertEquals("I am 3\n", kernos("logs", frameworkId + ".4").output());
        assertEquals(
                "{\"task\":\"" + frameworkId + ".4\",\"file\":\"stdout\",\"line\":\"I am 3\"}\n",
                kernos("logs", "--json", frameworkId + ".4").output());
    }

    @Test
    void shouldShowTasksUntilTheyAreKilled() throws IOException, InterruptedException {
        Result submit = kernos("submit", "--count", "2", "--name", "sleepy", "--", "sleep", "600");
        String ids = submit.output().substring(0, submit.output().indexOf(' '));
        String frameworkId = ids.substring(0, ids.indexOf('.'));
        awaitLines(2, "tasks", "--framework", frameworkId, "--json");
        assertTrue(kernos("frameworks").output().contains("sleepy"));

        Result kill = kernos("kill", ids);
        assertEquals(ids + ": 2 tasks are being ended\n", kill.output(), kill.toString());
        awaitLines(2, "tasks", "--framework", frameworkId, "--state", "killed", "--json");
        Result again = kernos("kill", ids);
        assertEquals(ExitCodes.FAILED, again.exitCode());
        assertEquals("kernos: " + ids + ": all that are known have ended already: 2 KILLED\n", again.errors());
    }

    @Test
    void shouldSayPlainlyThatThereIsNothingToKill() throws IOException, InterruptedException {
        assertEquals(
                new Result(
                        ExitCodes.FAILED,
                        "",
                        "kernos: 999999.1: no such task: there never was one, or it is forgotten\n"),
                kernos("kill", "999999.1"));
        Result json = kernos("kill", "--json", "999999");
        assertTrue(
                json.output().startsWith("{\"tasks\":\"999999\",\"count\":0,\"problem\":\"UNKNOWN\","), json.output());
        assertEquals(ExitCodes.FAILED, json.exitCode());
    }

    @Test
    void shouldFollowATaskThatWaitsFromItsStartToItsEnd() throws IOException, InterruptedException {
        String blocker = submitted("--cpus", "4", "--", "sleep", "600");
        String waiting = submitted("--cpus", "4", "--name", "follower", "--", "sh", "-c", "echo begun; echo ended");
        Result tasks = kernos("tasks", "--state", "pending");
        assertTrue(tasks.output().contains("follower"), tasks.toString());
        try (JavaProcess logs = start("logs", "-f", waiting)) {
            logs.awaitError("kernos: task " + waiting + " waits for resources; its output follows", TIMEOUT_MS);
            kernos("kill", blocker);
            assertEquals(ExitCodes.OK, logs.await(TIMEOUT_MS), logs::errors);
            assertEquals("begun\nended\n", logs.output());
        }
    }

    @Test
    void shouldWarnWhenNoAgentIsLargeEnough() throws IOException, InterruptedException {
        Result submit = kernos("submit", "--json", "--cpus", "4.5", "--", "true");
        String warning =
                "no agent is large enough: the task asks for 4.5 cpus, 64m of memory; the largest, agent 1 on ";
        assertTrue(submit.errors().startsWith("kernos: " + warning), submit.toString());
        assertTrue(submit.output().contains("\"warning\":\"" + warning), submit.toString());
        try (JavaProcess run = start("run", "--cpus", "5", "--", "true")) {
            run.awaitError("kernos: no agent is large enough: the task asks for 5 cpus", TIMEOUT_MS);
            assertEquals(128 + 15, run.terminate(TIMEOUT_MS));
        }
    }

    @Test
    void shouldNameTheFlagThatIsWrong() throws IOException, InterruptedException {
        Result run = kernos("run", "--cpus", "0", "--", "true");
        assertEquals(
                new Result(ExitCodes.USAGE, "", "kernos: --cpus=0: use at least 1 thousandth of a processor\n"), run);
    }

    @Test
    void shouldLeaveNoFolderWhenAStartIsRefused() throws IOException, InterruptedException {
        Path refused = home.resolve("refused");
        for (String[] wrong :
                new String[][] {{"--cpus", "0"}, {"--mem", "0"}, {"--port", "70000"}, {"--user", "no one"}}) {
            try (JavaProcess second =
                    JavaProcess.start(home, Kernos.class, "up", "--home", refused.toString(), wrong[0], wrong[1])) {
                assertEquals(ExitCodes.USAGE, second.await(TIMEOUT_MS), second::errors);
                assertTrue(second.errors().startsWith("kernos: " + wrong[0]), second.errors());
            }
            assertFalse(Files.exists(refused));
        }
    }

    @Test
    void shouldEndTheTaskAndItselfQuietlyWhenNobodyReadsItsOutput() throws IOException, InterruptedException {
        try (JavaProcess run = startPiped("run", "--name", "endless", "--", "yes")) {
            assertEquals("y", run.readLine());
            run.closeOutput();
            assertEquals(ExitCodes.BROKEN_PIPE, run.await(TIMEOUT_MS), run::errors);
            assertEquals("", run.errors());
        }
        Result tasks = kernos("tasks", "--state", "killed", "--json");
        assertTrue(tasks.output().contains("\"name\":\"endless\""), tasks.toString());
    }

    @Test
    void shouldEndWhenNobodyReadsTheCounters() throws IOException, InterruptedException {
        try (JavaProcess stat = startPiped("stat", "--json")) {
            assertTrue(stat.readLine().startsWith("{\"timeMs\":"));
            stat.closeOutput();
            assertEquals(ExitCodes.BROKEN_PIPE, stat.await(TIMEOUT_MS), stat::errors);
        }
    }

    @Test
    void shouldTellATasksNameSoThatItCanBeEndedFromElsewhere() throws IOException, InterruptedException {
        try (JavaProcess run = start("run", "--verbose", "--json", "--", "sleep", "600")) {
            String name = run.awaitError("kernos: task ", TIMEOUT_MS).substring("kernos: task ".length());
            awaitLines(1, "tasks", "--framework", name.substring(0, name.indexOf('.')), "--json");
            assertEquals(ExitCodes.OK, kernos("kill", name).exitCode());
            assertEquals(128 + 15, run.await(TIMEOUT_MS), run::errors);
            assertTrue(
                    run.output().startsWith("{\"frameworkId\":" + name.replace(".", ",\"taskId\":") + ','),
                    run::output);
            assertTrue(run.errors().contains("kernos: task " + name + " killed: as somebody asked"), run::errors);
        }
    }

    @Test
    void shouldNotWaitForATaskThatIsNotKnown() throws IOException, InterruptedException {
        Result known = kernos("submit", "--", "true");
        String frameworkId = known.output().substring(0, known.output().indexOf('.'));
        for (String task : List.of("999999.1", frameworkId + ".2")) {
            Result logs = kernos("logs", "-f", task);
            assertEquals(
                    new Result(
                            ExitCodes.FAILED,
                            "",
                            "kernos: task " + task + " is not known: there never was one, or it is forgotten\n"),
                    logs);
        }
    }

    @Test
    void shouldNameTheFlagOfAnyValueThatIsRefused() throws IOException, InterruptedException {
        String[][] refused = {
            {"--ports", "257", "--ports=257: use at most 256"},
            {"--name", "x".repeat(256), "--name=" + "x".repeat(40) + "...: is 256 bytes long"},
            {"--role", "a b", "--role=a b: use a name without blanks"},
            {"--mem", "1", "--mem=1: is too little to run anything"},
            {"--grace", "2d", "--grace=172800000: use at most a day"}
        };
        for (String[] flag : refused) {
            Result run = kernos("run", flag[0], flag[1], "--", "true");
            assertEquals(ExitCodes.USAGE, run.exitCode(), run.toString());
            assertTrue(run.errors().startsWith("kernos: " + flag[2]), run.toString());
        }
        Result idle = kernos("up", "--idle", "lazy");
        assertTrue(idle.errors().contains("'lazy' is no idle profile: use eco, balanced or spin"), idle.toString());
    }

    @Test
    void shouldGoOnWhereItWasWhenItWasStoppedForAWhile() throws IOException, InterruptedException {
        Path go = home.resolve("go");
        String script = "echo begun; while [ ! -e " + go + " ]; do sleep 0.1; done; echo ended";
        try (JavaProcess run = start("run", "--name", "stopped", "--", "sh", "-c", script)) {
            run.awaitLine("begun", TIMEOUT_MS);
            run.signal("STOP");
            String list = "";
            while (!list.contains("DISCONNECTED")) {
                list = kernos("frameworks").output();
            }
            Files.createFile(go);
            run.signal("CONT");
            assertEquals(ExitCodes.OK, run.await(TIMEOUT_MS), run::errors);
            assertEquals("begun\nended\n", run.output(), run::errors);
            assertEquals("", run.errors());
        }
    }

    @Test
    void shouldTakeLongAndOddNames() throws IOException, InterruptedException {
        assertEquals(0, kernos("run", "--name", "ü".repeat(127), "--", "true").exitCode());
        assertEquals(
                ExitCodes.NOT_RUN,
                kernos("run", "--", "/no/" + "x\n".repeat(200)).exitCode());
    }

    @Test
    void shouldCallAFrameworkDetachedThatLeftItsTasksToRun() throws IOException, InterruptedException {
        String task = submitted("--name", "left", "--", "sleep", "600");
        String state = "";
        while (!state.equals("DETACHED")) {
            state = kernos("frameworks")
                    .output()
                    .lines()
                    .filter(line -> line.contains(" left "))
                    .map(line -> line.strip().split(" +")[2])
                    .findFirst()
                    .orElse("ACTIVE");
            assertTrue(state.equals("ACTIVE") || state.equals("DETACHED"), state);
        }
        kernos("kill", task);
    }

    private static String submitted(String... args) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("submit"));
        all.addAll(List.of(args));
        String said = kernos(all.toArray(String[]::new)).output();
        return said.substring(0, said.indexOf(' '));
    }

    @Test
    void shouldListTheAgentAndTheCounters() throws IOException, InterruptedException {
        Result agents = kernos("agents");
        assertTrue(agents.output().contains("ACTIVE") && agents.output().contains("/4"), agents.toString());
        Result stat = kernos("stat", "--once");
        assertTrue(stat.output().contains("messages received"), stat.toString());
        assertTrue(stat.output().contains("store logPosition"), stat.toString());
    }

    @Test
    void shouldShowAnOfferUntilItsFrameworkIsGone() throws IOException, InterruptedException {
        SessionContext context = new SessionContext()
                .frameworkName("greedy")
                .offers(true)
                .aeronDirectory(ClusterFile.read(home).aeronDirectory());
        long[] offerId = new long[1];
        SchedulerListener listener = new SchedulerListener() {
            @Override
            public void onOffer(ResourceOffer offer) {
                offerId[0] = offer.offerId();
            }
        };
        long frameworkId;
        try (SchedulerSession session = SchedulerSession.open(context, listener)) {
            Result offers = new Result(0, "none yet", "");
            long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
            while (offerId[0] == 0 || !offers.output().contains("{\"offerId\":" + offerId[0] + ",")) {
                assertTrue(System.nanoTime() < deadlineNs, offers.toString());
                session.poll();
                offers = offerId[0] == 0 ? offers : kernos("offers", "--json");
            }
            frameworkId = session.frameworkId();
        }
        awaitLines(0, "offers", "--framework", Long.toString(frameworkId), "--json");
    }

    @Test
    void shouldRefuseASecondClusterInTheSameFolder() throws IOException, InterruptedException {
        Result result = kernos("up", "--port", "0");
        assertEquals(ExitCodes.FAILED, result.exitCode());
        assertTrue(result.errors().contains("runs in " + home + " already, in process " + up.pid()), result.toString());
        assertEquals(1, lines(result.errors()).size(), "one line, no stack trace: " + result);
    }

    @Test
    void shouldSayWhatIsWrongInOneLine() throws IOException, InterruptedException {
        Result task = kernos("logs", "999.1");
        assertEquals("kernos: task 999.1 is not known: there never was one, or it is forgotten\n", task.errors());
        Result usage = kernos("run", "--cpus", "many", "--", "true");
        assertEquals(ExitCodes.USAGE, usage.exitCode());
    }

    /** The store follows the log, so what a command asked for may be seen only by a later look. */
    private static void awaitLines(int count, String... args) throws IOException, InterruptedException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        Result listed = kernos(args);
        while (lines(listed.output()).size() != count) {
            assertTrue(System.nanoTime() < deadlineNs, listed.toString());
            listed = kernos(args);
        }
    }

    private static Result kernos(String... args) throws IOException, InterruptedException {
        try (JavaProcess process = start(args)) {
            int exitCode = process.await(TIMEOUT_MS);
            return new Result(exitCode, process.output(), process.errors());
        }
    }

    private static JavaProcess startPiped(String... args) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(1, List.of("--home", home.toString()));
        return JavaProcess.startPiped(home, Kernos.class, all.toArray(String[]::new));
    }

    private static JavaProcess start(String... args) throws IOException {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(1, List.of("--home", home.toString()));
        return JavaProcess.start(home, Kernos.class, all.toArray(String[]::new));
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }
}

package io.kernos.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.linux.Errno;
import io.kernos.linux.Linux;
import io.kernos.linux.SupervisorClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What holds with any isolation, none included. */
@Timeout(120)
class ContainerizerTest {
    private static final int SIGCONT = 18;
    private static final int SIGSTOP = 19;

    @TempDir
    Path folder;

    Harness harness;

    @BeforeEach
    void start() {
        harness = Harness.start(folder, context());
    }

    ContainerizerContext context() {
        return new ContainerizerContext(folder.resolve("supervisor"));
    }

    @AfterEach
    void stop() {
        harness.close();
    }

    @Test
    void shouldTellExitCodeWhenTaskReturns() {
        ContainerExit exit = harness.run(harness.shell(1, "echo out; echo err >&2; exit 37"));

        assertTrue(exit.exited());
        assertEquals(37, exit.exitCode());
        assertEquals("out", harness.output(1));
        assertEquals("err", Harness.read(harness.sandbox(1).resolve("stderr")));
        assertFalse(exit.oomKilled());
        assertTrue(exit.maxRssBytes() > 0);
    }

    @Test
    void shouldTellSignalWhenTaskKillsItself() {
        ContainerExit exit = harness.run(harness.shell(1, "kill -11 $$"));

        assertTrue(exit.signalled());
        assertEquals(11, exit.signal());
    }

    @Test
    void shouldTellStageAndErrnoWhenCommandIsMissing() {
        Harness.Failure failure = harness.fail(harness.command(1, "/no/such/command"));

        assertEquals(LaunchStage.EXEC, failure.stage());
        assertEquals(Errno.ENOENT, failure.errno());
        assertEquals(
                "could not execute the command /no/such/command: no such file or directory (ENOENT)",
                failure.message());
    }

    @Test
    void shouldTellStageAndErrnoWhenCommandIsNoProgram() throws IOException {
        Path file = Files.writeString(harness.sandbox(1).resolve("text"), "not a program");

        Harness.Failure failure = harness.fail(harness.command(1, file.toString()));

        assertEquals(LaunchStage.EXEC, failure.stage());
        assertEquals(Errno.EACCES, failure.errno());
    }

    @Test
    void shouldTellStageWhenSandboxIsMissing() {
        Path missing = folder.resolve("missing");

        Harness.Failure failure =
                harness.fail(ContainerSpec.builder(Harness.FRAMEWORK, 1, missing, List.of("/bin/true")));

        assertEquals(LaunchStage.SANDBOX, failure.stage());
        assertEquals(
                "could not enter the sandbox in " + missing + ": no such file or directory (ENOENT)",
                failure.message());
    }

    @Test
    void shouldNotFollowLinkWhenStdoutIsOne() throws IOException {
        Path target = folder.resolve("target");
        Files.createSymbolicLink(harness.sandbox(1).resolve("stdout"), target);

        Harness.Failure failure = harness.fail(harness.shell(1, "echo escaped"));

        assertEquals(LaunchStage.STDIO, failure.stage());
        assertFalse(Files.exists(target));
    }

    @Test
    void shouldSearchTasksOwnPathWhenCommandHasNoSlash() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path tool = Files.writeString(bin.resolve("tool"), "#!/bin/sh\necho tool $1\n");
        assertTrue(tool.toFile().setExecutable(true));

        harness.run(harness.command(1, "tool", "x").env(Map.of("PATH", "/nowhere:" + bin)));

        assertEquals("tool x", harness.output(1));
    }

    @Test
    void shouldGiveOnlyItsOwnEnvironmentWhenTaskRuns() {
        harness.run(harness.command(1, "/usr/bin/env").env(Map.of("ONLY", "this one")));

        assertEquals("ONLY=this one", harness.output(1));
    }

    @Test
    void shouldLeakNoDescriptorWhenTaskRuns() {
        harness.run(harness.shell(1, "ls /proc/self/fd | tr '\\n' ' '"));

        // 3 is the folder that ls itself reads.
        assertEquals("0 1 2 3", harness.output(1));
    }

    @Test
    void shouldStartInSandboxWithCleanSignalsWhenTaskRuns() {
        harness.run(harness.shell(1, "pwd; grep -E 'Sig(Blk|Ign)' /proc/self/status; umask"));

        String[] lines = harness.output(1).split("\n", -1);
        assertEquals(harness.sandbox(1).toString(), lines[0]);
        assertEquals("SigBlk:\t0000000000000000", lines[1]);
        assertEquals("SigIgn:\t0000000000000000", lines[2]);
        assertEquals("0022", lines[3]);
    }

    @Test
    void shouldEndWithTermWhenTaskDoesNotHandleIt() {
        harness.launch(harness.command(1, "/bin/sleep", "1000"));
        harness.awaitStarted(1);

        assertTrue(harness.containerizer().signal(Harness.FRAMEWORK, 1, Linux.SIGTERM));

        assertEquals(Linux.SIGTERM, harness.awaitExit(1).signal());
    }

    @Test
    void shouldReachWholeGroupWhenSignalled() {
        String child = "(trap 'echo child; exit' TERM; echo ready; while :; do :; done) &";
        harness.launch(harness.shell(1, "trap 'wait; echo parent; exit 3' TERM; " + child + " wait"));
        harness.await("ready", () -> harness.hasPrinted(1, "ready"));

        harness.containerizer().signal(Harness.FRAMEWORK, 1, Linux.SIGTERM);

        assertEquals(3, harness.awaitExit(1).exitCode());
        assertEquals("ready\nchild\nparent", harness.output(1));
    }

    @Test
    void shouldDieAtOnceWhenDestroyedThoughItIgnoresTerm() {
        harness.launch(harness.shell(1, "trap '' TERM; echo ready; while :; do sleep 1000; done"));
        harness.await("ready", () -> harness.hasPrinted(1, "ready"));
        harness.containerizer().signal(Harness.FRAMEWORK, 1, Linux.SIGTERM);

        harness.containerizer().destroy(Harness.FRAMEWORK, 1);

        ContainerExit exit = harness.awaitExit(1);
        assertTrue(exit.signal() == Linux.SIGKILL || exit.signal() == Linux.SIGTERM, exit.toString());
    }

    @Test
    void shouldHonourLimitsWhenSet() {
        harness.run(harness.shell(1, "ulimit -n; ulimit -c")
                .limits(List.of(
                        new ResourceLimit(ResourceLimit.Kind.OPEN_FILES, 77, 88),
                        new ResourceLimit(ResourceLimit.Kind.CORE_BYTES, 0, 0))));

        assertEquals("77\n0", harness.output(1));
    }

    @Test
    void shouldRefuseWhenKeyIsInUse() {
        harness.launch(harness.command(1, "/bin/sleep", "1000"));

        assertEquals(
                LaunchOutcome.DUPLICATE,
                harness.containerizer().launch(harness.command(1, "/bin/true").build()));
    }

    @Test
    void shouldTakeKeyAgainWhenItsEndWasAcknowledged() {
        harness.run(harness.shell(1, "exit 1"));
        harness.acknowledge(1);
        harness.exits.clear();

        assertEquals(2, harness.run(harness.shell(1, "exit 2")).exitCode());
    }

    @Test
    void shouldTellOfLiveAndEndedWhenAgentComesBack() {
        harness.launch(harness.command(1, "/bin/sleep", "1000"));
        harness.launch(harness.shell(2, "exit 5"));
        harness.awaitStarted(1);
        harness.awaitExit(2);
        harness.fail(harness.command(3, "/no/such/command"));
        harness.run(harness.shell(4, "exit 6"));
        harness.acknowledge(4);
        final int pid = harness.pids.get(1L);

        harness.forgetAll();
        harness.recover();

        assertEquals(Map.of(1L, pid), harness.recovered);
        assertEquals(5, harness.exits.get(2L).exitCode());
        assertEquals(LaunchStage.EXEC, harness.failures.get(3L).stage());
        assertFalse(harness.exits.containsKey(4L));
        harness.containerizer().destroy(Harness.FRAMEWORK, 1);
        assertEquals(Linux.SIGKILL, harness.awaitExit(1).signal());
    }

    @Test
    void shouldTellLostWhenSupervisorIsKilled() {
        harness.launch(harness.command(1, "/bin/sleep", "1000"));
        harness.run(harness.shell(2, "exit 5"));
        harness.awaitStarted(1);
        long before = harness.containerizer().supervisorId();

        Linux.kill(harness.supervisorPid(), Linux.SIGKILL);
        harness.await("disconnection", () -> harness.disconnections == 1);
        harness.exits.clear();
        harness.recover();

        assertTrue(harness.exits.get(1L).lost());
        assertEquals(5, harness.exits.get(2L).exitCode());
        assertTrue(before != harness.containerizer().supervisorId());
        harness.await("death", () -> !Harness.runs(harness.pids.get(1L)));
    }

    @Test
    void shouldTakeLaunchAgainWhenItWasLostWithTheLink() {
        int count = 100;
        int supervisor = harness.supervisorPid();
        Linux.kill(supervisor, SIGSTOP);
        for (int i = 0; i < count; i++) {
            harness.launch(harness.command(i, "/bin/sleep", "1000"));
        }
        // A connection replaces the one before, with what was not yet read from it.
        SupervisorClient other =
                SupervisorClient.connect(harness.context().folder().resolve("supervisor.sock"));
        Linux.kill(supervisor, SIGCONT);
        harness.await("disconnection", () -> harness.disconnections == 1);
        other.close();
        harness.recover();

        int again = 0;
        for (long i = 0; i < count; i++) {
            if (!harness.recovered.containsKey(i) && !harness.pids.containsKey(i)) {
                harness.launch(harness.command(i, "/bin/sleep", "1000"));
                again++;
            }
        }
        assertTrue(again > 0, "none was lost");
        harness.await("all starts", () -> harness.recovered.size() + harness.pids.size() >= count);
        assertEquals(Map.of(), harness.failures);
    }

    @Test
    void shouldRunManyWhenLaunchedAtOnce() {
        int count = 200;
        for (int i = 0; i < count; i++) {
            ContainerSpec spec = harness.shell(i, "exit " + i % 100).build();
            harness.await("room", () -> harness.containerizer().launch(spec) == LaunchOutcome.ACCEPTED);
        }
        harness.await("all ends", () -> harness.exits.size() == count);

        for (long i = 0; i < count; i++) {
            assertEquals(i % 100, harness.exits.get(i).exitCode());
        }
    }
}

package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.Out;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A supervisor that is killed when it has cloned a process that did nothing yet, not even ask to die with it. As a
 * debugger the test has the kernel stop each such process before its first instruction.
 */
@Timeout(120)
class SupervisorDeathTest {
    private static final long PATIENCE_S = 20;
    private static final int PLAIN = 0;
    private static final int ISOLATED = 1 | 2 | 4 | 8 | 32;

    @TempDir
    Path folder;

    private final Debugger debugger = new Debugger();
    private final List<Integer> born = new ArrayList<>();
    private SupervisorHarness supervisor;

    @BeforeEach
    void start() {
        supervisor = new SupervisorHarness(folder);
        boolean usable = Linux.isRoot() && debugger.seize(supervisor.pid);
        if (!usable) {
            System.err.println("SKIPPED: needs root, which may trace processes and make pid namespaces");
        }
        assumeTrue(usable, "needs root, which may trace processes and make pid namespaces");
    }

    /** Whatever went wrong, nothing of it goes on. */
    @AfterEach
    void stop() {
        born.forEach(pid -> Linux.kill(pid, Linux.SIGKILL));
        supervisor.client.close();
        supervisor = new SupervisorHarness(folder);
        supervisor.close();
    }

    private void launch(int flags, List<String> cgroups) {
        supervisor.launch(1, flags, cgroups, List.of("/bin/sleep", "1000"));
    }

    private int awaitBirth(int parent) {
        int child = debugger.awaitBirth(parent);
        born.add(child);
        return child;
    }

    private void killSupervisor() {
        Linux.kill(supervisor.pid, Linux.SIGKILL);
        debugger.awaitEnd(supervisor.pid);
    }

    /** Of a task that is about to be executed the files of its output are there. */
    private void assertEnds(int process) {
        debugger.detach(process);
        Path output = folder.resolve("stdout");
        long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
        while (runs(process) && !Files.exists(output)) {
            assertFalse(System.nanoTime() - deadlineNs > 0, "it goes on though nobody holds it");
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        assertFalse(Files.exists(output), "its task was started though nobody holds it");
    }

    private static boolean runs(int process) {
        try {
            return !Files.readString(Path.of("/proc/" + process + "/stat")).contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PLAIN, ISOLATED})
    void shouldStartNothingWhenSupervisorDiesAfterTheClone(int flags) {
        launch(flags, List.of());
        int container = awaitBirth(supervisor.pid);
        killSupervisor();

        assertEnds(container);
    }

    @Test
    void shouldStartNothingWhenSupervisorDiesAfterANestsClone() throws IOException {
        Path procs = Files.writeString(folder.resolve("procs"), "");
        launch(ISOLATED, List.of(procs.toString()));
        int nest = awaitBirth(supervisor.pid);
        debugger.goOn(supervisor.pid);
        debugger.goOn(nest);
        int container = awaitBirth(nest);
        debugger.interrupt(supervisor.pid);
        killSupervisor();

        assertEnds(container);
        assertEnds(nest);
        assertEquals(2, born.size());
    }

    /** Calls of libc, by its manual pages. */
    public interface Calls {
        /** By its manual page; what an event told is 64 bits long. */
        long ptrace(long request, long process, long address, long data);

        /** The same with room for what is told. */
        long ptrace(long request, long process, long address, @Out long[] data);

        /** By its manual page. */
        int waitpid(int process, @Out int[] status, int options);
    }

    /** A debugger, all of one thread. */
    private static final class Debugger {
        private static final int SEIZE = 0x4206;
        private static final int INTERRUPT = 0x4207;
        private static final int GET_EVENT = 0x4201;
        private static final int CONTINUE = 7;
        private static final int DETACH = 17;
        private static final int ON_FORK_VFORK_CLONE = 2 | 4 | 8;
        private static final int ALL_KINDS = 0x40000000;
        private static final int SIGTRAP = 5;

        private final Calls calls = LibraryLoader.create(Calls.class).load("c");
        private final int[] status = new int[1];

        boolean seize(int process) {
            return calls.ptrace(SEIZE, process, 0, ON_FORK_VFORK_CLONE) == 0;
        }

        /** Waits until a process has made another, and that stands before its first instruction. */
        int awaitBirth(int parent) {
            do {
                await(parent);
                if (status[0] >> 16 == 0) {
                    calls.ptrace(CONTINUE, parent, 0, status[0] >> 8 & 0xFF);
                }
            } while (status[0] >> 16 == 0);
            assertEquals(SIGTRAP, status[0] >> 8 & 0xFF);
            long[] child = new long[1];
            calls.ptrace(GET_EVENT, parent, 0, child);
            await((int) child[0]);
            return (int) child[0];
        }

        void goOn(int process) {
            calls.ptrace(CONTINUE, process, 0, 0);
        }

        void interrupt(int process) {
            calls.ptrace(INTERRUPT, process, 0, 0);
        }

        void detach(int process) {
            calls.ptrace(DETACH, process, 0, 0);
        }

        void awaitEnd(int process) {
            do {
                await(process);
            } while ((status[0] & 0xFF) == 0x7F);
        }

        private void await(int process) {
            assertEquals(process, calls.waitpid(process, status, ALL_KINDS), "wait for process " + process);
        }
    }
}

package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxTest {
    private static final int NO_PROCESS = 0x3fff_fff0;

    @TempDir
    Path folder;

    @Test
    void shouldSayWhatWasAttemptedOnWhatWhenCallFails() {
        Path missing = folder.resolve("missing");

        LinuxException e = assertThrows(LinuxException.class, () -> KernelFile.open(missing));

        assertEquals("open " + missing + ": ENOENT", e.getMessage());
        assertEquals(Errno.ENOENT, e.errno());
    }

    @Test
    void shouldAnswerWhenProcessIsThereOrNot() {
        assertTrue(Linux.exists((int) ProcessHandle.current().pid()));
        assertFalse(Linux.exists(NO_PROCESS));
        assertFalse(Linux.kill(NO_PROCESS, Linux.SIGTERM));
        assertThrows(IllegalArgumentException.class, () -> Linux.kill(-1, Linux.SIGKILL));
    }

    @Test
    void shouldNameEveryErrnoWhenAsked() {
        assertEquals("EPERM", Errno.name(Errno.EPERM));
        assertEquals("ECONNREFUSED", Errno.name(Errno.ECONNREFUSED));
        assertEquals("errno 9999", Errno.name(9999));
        assertEquals("errno -1", Errno.name(-1));
    }

    @Test
    void shouldTakeWaitStatusApartWhenGiven() {
        assertEquals(3, WaitStatus.exitCode(3 << 8));
        assertEquals(0, WaitStatus.signal(3 << 8));
        assertEquals(-1, WaitStatus.exitCode(9));
        assertEquals(9, WaitStatus.signal(9));
        assertEquals(11, WaitStatus.signal(11 | 0x80));
    }

    @Test
    void shouldWriteAndReadWhenFileStaysOpen() throws IOException {
        Path path = Files.writeString(folder.resolve("file"), "");
        try (KernelFile file = KernelFile.open(path)) {
            file.write(Long.MIN_VALUE);
            assertEquals(Long.MIN_VALUE + "\n", file.text(file.read()));
            file.write("max");
            assertTrue(Files.readString(path).startsWith("max\n"));
        }
    }

    @Test
    void shouldOwnLinkItselfWhenGivenToUser() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

        Linux.own(link, Linux.uid(), Linux.gid());

        assertThrows(LinuxException.class, () -> Linux.own(folder.resolve("missing"), Linux.uid(), Linux.gid()));
    }

    @Test
    void shouldRefuseWhenSocketPathIsTooLong() {
        Path deep = folder.resolve("x".repeat(200));

        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> SupervisorProcess.connectIfRunning(deep));

        assertTrue(e.getMessage().contains("choose a work folder with a shorter path"), e.getMessage());
    }

    @Test
    void shouldSetThreadsMannersWhenAsked() throws InterruptedException {
        Thread thread = new Thread(() -> {
            Linux.timerSlackNs(1);
            Linux.pinThread(0);
        });
        thread.setUncaughtExceptionHandler((t, e) -> failure = e);
        thread.start();
        thread.join();
        assertEquals(null, failure);
    }

    private volatile Throwable failure;
}

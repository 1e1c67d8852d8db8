package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.isolation.ContainerUser;
import io.kernos.transport.codecs.SandboxStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesTest {
    private static final long NOW_MS = 1_000_000_000_000L;

    @TempDir
    Path folder;

    private final AtomicLong removed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private Sandboxes sandboxes;

    @BeforeEach
    void make() throws IOException {
        sandboxes = new Sandboxes(folder);
    }

    private Path sandbox(long taskId) throws IOException {
        sandboxes.make(new AgentTask(1, taskId, 1, 0, 0, 0), null, false);
        Path path = sandboxes.path(1, taskId);
        Files.writeString(path.resolve("stdout"), "task " + taskId);
        return path;
    }

    private SandboxCollector collector(Set<Path> live, long maxAgeMs, int maxCount) {
        return new SandboxCollector(sandboxes, live, this::count, maxAgeMs, maxCount);
    }

    private void count(AgentCounter counter, long delta) {
        (counter == AgentCounter.SANDBOXES_REMOVED ? removed : failed).addAndGet(delta);
    }

    @Test
    void shouldPutAwayOldSandboxWhenTaskOfSameIdsComes() throws IOException {
        Path path = sandbox(1);
        sandboxes.make(new AgentTask(1, 1, 1, 0, 0, 0), null, false);
        assertFalse(Files.exists(path.resolve("stdout")));
        collector(Set.of(path), 1, 1).collect(NOW_MS);
        assertEquals(List.of(), sandboxes.trash().names());
    }

    @Test
    void shouldKeepSandboxWhenTaskIsFromBeforeTheRestart() throws IOException {
        Path path = sandbox(1);
        sandboxes.make(new AgentTask(1, 1, 1, 0, 0, 0), null, true);
        assertEquals("task 1", Files.readString(path.resolve("stdout")));
    }

    @Test
    void shouldRemoveOldestWhenThereAreTooMany() throws IOException {
        SandboxCollector collector = collector(Set.of(), Long.MAX_VALUE, 2);
        collector.collect(NOW_MS);
        for (long taskId = 1; taskId <= 4; taskId++) {
            collector.onEnded(sandbox(taskId), NOW_MS + taskId);
        }
        collector.collect(NOW_MS + 10);
        assertFalse(Files.exists(sandboxes.path(1, 1)));
        assertFalse(Files.exists(sandboxes.path(1, 2)));
        assertTrue(Files.exists(sandboxes.path(1, 3)));
        assertEquals(2, removed.get());
    }

    @Test
    void shouldRemoveWhenTooOldAndNotBefore() throws IOException {
        SandboxCollector collector = collector(Set.of(), 1_000, 100);
        collector.collect(NOW_MS);
        Path path = sandbox(1);
        collector.onEnded(path, NOW_MS);
        collector.collect(NOW_MS + 1_000);
        assertTrue(Files.exists(path));
        collector.collect(NOW_MS + 1_001);
        assertFalse(Files.exists(path));
        assertFalse(Files.exists(path.getParent()));
    }

    @Test
    void shouldFindWhatAnEarlierLifeLeftAndSpareTheLiving() throws IOException {
        Path old = sandbox(1);
        Path live = sandbox(2);
        Files.setLastModifiedTime(old, FileTime.fromMillis(NOW_MS - 5_000));
        Files.setLastModifiedTime(live, FileTime.fromMillis(NOW_MS - 5_000));
        collector(Set.of(live), 1_000, 100).collect(NOW_MS);
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(live));
    }

    @Test
    void shouldSpareATaskThatBeganBeforeTheFirstRound() throws IOException {
        SandboxCollector collector = collector(Set.of(), 0, 0);
        Path begun = sandbox(1);
        collector.collect(NOW_MS);
        assertTrue(Files.exists(begun));
    }

    @Test
    void shouldRemoveLinksAndNotWhatTheyName() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "precious");
        Path path = sandbox(1);
        Files.createSymbolicLink(path.resolve("link"), outside);
        SandboxCollector collector = collector(Set.of(), 0, 0);
        collector.onEnded(path, NOW_MS);
        collector.collect(NOW_MS);
        assertFalse(Files.exists(path));
        assertEquals("precious", Files.readString(outside.resolve("precious")));
    }

    @Test
    void shouldSpareTaskWhenItHasTheSandboxOfAnEarlierOne() throws IOException {
        SandboxCollector collector = collector(Set.of(), 0, 0);
        collector.onEnded(sandbox(1), NOW_MS);
        Path begun = sandbox(1);
        collector.collect(NOW_MS + 1);
        assertEquals("task 1", Files.readString(begun.resolve("stdout")));
        collector.onEnded(begun, NOW_MS + 2);
        collector.collect(NOW_MS + 3);
        assertFalse(Files.exists(begun));
        assertEquals(2, removed.get());
    }

    @Test
    void shouldRemoveTheLinkWhenSandboxWasSwappedForOne() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("precious"), "precious");
        Path path = sandbox(1);
        Files.move(path, folder.resolve("aside"));
        Files.createSymbolicLink(path, outside);
        SandboxCollector collector = collector(Set.of(), 0, 0);
        collector.onEnded(path, NOW_MS);
        collector.collect(NOW_MS);
        assertFalse(Files.exists(path, LinkOption.NOFOLLOW_LINKS));
        assertEquals("precious", Files.readString(outside.resolve("precious")));
    }

    @Test
    void shouldTryAgainLaterAndLaterWhenSandboxCannotBeRemoved() throws IOException {
        Path path = sandbox(1);
        Path framework = path.getParent();
        Path outside = Files.move(framework, folder.resolve("outside"));
        Files.createSymbolicLink(framework, outside);
        SandboxCollector collector = collector(Set.of(), 0, 0);
        collector.onEnded(path, NOW_MS);
        collector.collect(NOW_MS);
        collector.collect(NOW_MS + SandboxCollector.MIN_RETRY_MS - 1);
        assertEquals(1, failed.get());
        long second = NOW_MS + SandboxCollector.MIN_RETRY_MS;
        collector.collect(second);
        assertEquals(2, failed.get());
        assertTrue(Files.exists(outside.resolve("1/stdout")));
        Files.delete(framework);
        Files.move(outside, framework);
        collector.collect(second + 2 * SandboxCollector.MIN_RETRY_MS - 1);
        assertTrue(Files.exists(path));
        collector.collect(second + 2 * SandboxCollector.MIN_RETRY_MS);
        assertFalse(Files.exists(path));
        assertEquals(List.of(2L, 1L), List.of(failed.get(), removed.get()));
    }

    @Test
    void shouldReadPiecesAndNothingElse() throws IOException {
        Path path = sandbox(1);
        Files.createSymbolicLink(path.resolve("link"), Path.of("/etc/passwd"));
        Files.createDirectory(path.resolve("folder"));
        SandboxReader reader = new SandboxReader(sandboxes);
        reader.read(1, 1, "stdout", 5, 100);
        assertEquals(SandboxStatus.DATA, reader.status());
        assertEquals(1, reader.dataLength());
        assertEquals(6, reader.fileLength());
        assertEquals('1', reader.data().getByte(0));
        assertEquals(SandboxStatus.REFUSED, statusOf(reader, 1, "link"));
        assertEquals(SandboxStatus.REFUSED, statusOf(reader, 1, "folder"));
        assertEquals(SandboxStatus.REFUSED, statusOf(reader, 1, "../1/stdout"));
        assertEquals(SandboxStatus.REFUSED, statusOf(reader, 1, "/etc/passwd"));
        assertEquals(SandboxStatus.UNKNOWN_FILE, statusOf(reader, 1, "stderr"));
        assertEquals(SandboxStatus.UNKNOWN_TASK, statusOf(reader, 2, "stdout"));
        reader.read(1, 1, "stdout", -1, 100);
        assertEquals(SandboxStatus.REFUSED, reader.status());
        reader.read(1, 1, "stdout", Long.MAX_VALUE, Integer.MAX_VALUE);
        assertEquals(0, reader.dataLength());
    }

    private static SandboxStatus statusOf(SandboxReader reader, long taskId, String file) {
        reader.read(1, taskId, file, 0, 10);
        return reader.status();
    }

    @Test
    void shouldFindUserWithGroupsWhenFilesNameIt() throws IOException {
        Path passwd = Files.writeString(
                folder.resolve("passwd"), "root:x:0:0:root:/root:/bin/sh\nworker:x:1001:1002::/:/bin/sh\nbad:x:y:z:\n");
        Path group = Files.writeString(
                folder.resolve("group"), "worker:x:1002:worker\ndocker:x:998:other,worker\naudio:x:29:other\nbad\n");
        TaskUsers users = new TaskUsers(passwd, group);
        assertEquals(new ContainerUser(1001, 1002, List.of(998)), users.find("worker"));
        assertEquals(null, users.find("bad"));
        assertEquals(null, users.find("nobody"));
        Files.writeString(passwd, "nobody:x:65534:65534::/:/bin/sh\n");
        Files.setLastModifiedTime(passwd, FileTime.fromMillis(NOW_MS));
        assertEquals(new ContainerUser(65534, 65534, List.of()), users.find("nobody"));
        assertEquals(null, users.find("worker"));
    }
}
